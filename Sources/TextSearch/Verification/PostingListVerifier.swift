/// A verifier of a posting list: decodes it from front to back by the simplest code, and compares its skip entries and
/// forms with the result.
struct PostingListVerifier {
  private let list: PostingList
  private let sections: PostingSections
  private let segment: Segment
  private(set) var documents: [UInt32] = []
  private(set) var frequencies: [UInt32] = []
  /// Positions of all documents, in the order of the documents.
  private(set) var positions: [UInt32] = []
  /// The form code of each document; empty if there is one set of forms or none.
  private(set) var codes: [UInt32] = []
  /// Offsets of the blocks, the chunks of positions and the blocks of codes in the bytes of the list.
  private var blockStarts: [Int] = []
  private var chunkStarts: [Int] = []
  private var codeStarts: [Int] = []
  private var values = GrowableBufferBox()

  /// A buffer of 128 numbers, decoded block after block.
  private final class GrowableBufferBox {
    var numbers = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
    init() { numbers.append(repeating: 0, count: PostingFormat.blockSize) }

    /// Unpacks a block and returns the offset of the next one.
    func unpack(_ region: ByteRegion, at offset: Int) throws(SearchError) -> Int {
      try PatchedPacking.unpack(region, at: offset, into: &numbers)
    }
  }

  /// Decodes and checks a list, except for its forms.
  ///
  /// - Throws: `SearchError.corrupt` for the first problem.
  init(_ entry: TermDictionary.Entry, of segment: Segment) throws(SearchError) {
    self.segment = segment
    list = entry.list
    sections = try segment.sections(of: entry).restricted(to: list)
    if list.isInline { try readInline() } else { try read() }
    guard documents.allSatisfy({ $0 < segment.documentCount }) else {
      throw sections.postings.corrupt(at: 0, "a document is beyond the segment")
    }
    try verifySkipEntries()
  }

  // MARK: Reading

  private mutating func readInline() throws(SearchError) {
    var reader = ByteReader(sections.postings)
    documents = [try reader.readUInt32()]
    frequencies = [UInt32(list.positions)]
    var gaps: [UInt32] = []
    for _ in 0..<list.positions { gaps.append(try reader.readUInt32()) }
    // Only the neighbours follow, which `PairsVerifier` checks.
    guard reader.offset + sections.neighbours.count == sections.postings.count else {
      throw sections.postings.corrupt(at: reader.offset, "bytes after the list")
    }
    try addPositions(gaps)
  }

  private mutating func read() throws(SearchError) {
    try readPostings()
    let total = frequencies.reduce(UInt64(0)) { $0 + UInt64($1) }
    guard total == list.positions else {
      throw sections.postings.corrupt(at: 0, "\(total) occurrences, not \(list.positions) as in the dictionary")
    }
    try addPositions(try readGaps())
    if list.codes.count > 0 { try readCodes() }
  }

  private mutating func readPostings() throws(SearchError) {
    let region = sections.postings
    var offset = 0
    var next: UInt64 = 0
    for _ in 0..<list.fullBlocks {
      blockStarts.append(offset)
      offset = try readDocuments(region, at: offset, &next)
      offset = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize { frequencies.append(values.numbers[index] &+ 1) }
    }
    let remainder = list.documents % PostingFormat.blockSize
    if remainder > 0 {
      blockStarts.append(offset)
      let parameter = RiceParameter.ofGaps(documents: list.documents, of: segment.documentCount)
      var reader = BitReader(region, at: offset)
      for _ in 0..<remainder {
        next += UInt64(try reader.readRice(parameter: parameter))
        try add(document: next, region, offset)
        frequencies.append(try reader.readGamma())
        next += 1
      }
      offset = reader.nextByte
    }
    try requireEnd(region, offset)
    if let index = frequencies.firstIndex(of: 0) {
      throw region.corrupt(
        at: blockStarts[index / PostingFormat.blockSize], "document \(documents[index]) has no occurrences")
    }
  }

  /// Decodes the documents of a full block from `next` on; returns the offset after them.
  private mutating func readDocuments(
    _ region: ByteRegion, at offset: Int, _ next: inout UInt64
  ) throws(SearchError) -> Int {
    let (first, head) = (next, Int(try region.byte(at: offset)))
    let isBitSet = head > PostingFormat.bitSetMarker
    var end = offset
    if isBitSet {
      end = try readBits(region, at: offset, records: head - PostingFormat.bitSetMarker, from: next)
      next = UInt64(documents[documents.count - 1]) + 1
    } else {
      end = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize {
        next += UInt64(values.numbers[index])
        try add(document: next, region, offset)
        next += 1
      }
    }
    guard isBitSet == (next - first <= UInt64(PostingFormat.bitSetSpan)) else {
      throw region.corrupt(at: offset, "\(next - first) document numbers in the other layout of blocks")
    }
    return end
  }

  /// Decodes a bit set of a block's documents, the first number of which is `first`; returns the offset after it.
  private mutating func readBits(
    _ region: ByteRegion, at offset: Int, records: Int, from first: UInt64
  ) throws(SearchError) -> Int {
    let start = documents.count
    for record in 0..<records {
      let address = offset + 1 + BitSetBlock.recordSize * record
      let before = Int(try region.byte(at: address))
      guard before == documents.count - start else {
        throw region.corrupt(at: address, "\(before) documents before a record, not \(documents.count - start)")
      }
      let word: UInt64 = try region.load(at: address + 1)
      for bit in 0..<UInt64(64) where word >> bit & 1 == 1 {
        try add(document: first + UInt64(64 * record) + bit, region, address)
      }
      guard word > 0 || record + 1 < records else {
        throw region.corrupt(at: address, "a record without documents at the end of a bit set")
      }
    }
    guard documents.count - start == PostingFormat.blockSize else {
      throw region.corrupt(at: offset, "a bit set of \(documents.count - start) documents")
    }
    return offset + 1 + BitSetBlock.recordSize * records
  }

  private mutating func add(document: UInt64, _ region: ByteRegion, _ offset: Int) throws(SearchError) {
    guard document < UInt64(segment.documentCount) else {
      throw region.corrupt(at: offset, "document \(document) is beyond the segment")
    }
    documents.append(UInt32(document))
  }

  /// Decodes the positions as the format stores them: the first of each document, then distances minus 1.
  private mutating func readGaps() throws(SearchError) -> [UInt32] {
    let region = sections.positions
    var gaps: [UInt32] = []
    var offset = 0
    for _ in 0..<list.positions / UInt64(PostingFormat.blockSize) {
      chunkStarts.append(offset)
      offset = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize { gaps.append(values.numbers[index]) }
    }
    let remainder = Int(list.positions % UInt64(PostingFormat.blockSize))
    if remainder > 0 {
      chunkStarts.append(offset)
      let parameter = Int(try region.byte(at: offset)) - PostingFormat.tailMarker
      guard parameter >= 0, parameter <= RiceParameter.largest else {
        throw region.corrupt(at: offset, "Rice parameter \(parameter)")
      }
      var reader = BitReader(region, at: offset + 1)
      for _ in 0..<remainder { gaps.append(try reader.readRice(parameter: parameter)) }
      offset = reader.nextByte
    }
    try requireEnd(region, offset)
    return gaps
  }

  /// Adds the positions of all documents.
  private mutating func addPositions(_ gaps: [UInt32]) throws(SearchError) {
    var index = 0
    for frequency in frequencies {
      var next: UInt64 = 0
      for _ in 0..<frequency {
        next += UInt64(gaps[index])
        guard next < UInt64(UInt32.max) else {
          let chunk = index / PostingFormat.blockSize
          throw sections.positions.corrupt(
            at: chunk < chunkStarts.count ? chunkStarts[chunk] : 0, "position \(next) is too large")
        }
        positions.append(UInt32(next))
        next += 1
        index += 1
      }
    }
  }

  private mutating func readCodes() throws(SearchError) {
    let region = sections.codes
    var offset = 0
    for _ in 0..<list.fullBlocks {
      codeStarts.append(offset)
      offset = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize { codes.append(values.numbers[index]) }
    }
    let remainder = list.documents % PostingFormat.blockSize
    if remainder > 0 {
      codeStarts.append(offset)
      var reader = BitReader(region, at: offset)
      for _ in 0..<remainder { codes.append(try reader.readGamma() - 1) }
      offset = reader.nextByte
    }
    try requireEnd(region, offset)
  }

  private func requireEnd(_ region: ByteRegion, _ offset: Int) throws(SearchError) {
    guard offset == region.count else {
      throw region.corrupt(at: offset, "the list has \(region.count) bytes, not \(offset)")
    }
  }

  // MARK: Skip entries

  private func verifySkipEntries() throws(SearchError) {
    let entries = try SkipEntries(sections.blocks, documents: list.isInline ? 0 : list.documents)
    var impacts = ImpactAccumulator()
    var groupImpacts = ImpactAccumulator()
    var occurrences = 0
    for block in 0..<entries.count {
      let range = block * PostingFormat.blockSize..<min((block + 1) * PostingFormat.blockSize, documents.count)
      try verifyOffsets(entries, ofBlock: block, postings: range, firstOccurrence: occurrences)
      for index in range {
        impacts.add(
          frequency: Int(frequencies[index]), length: try segment.lengthCode(documents[index]))
        occurrences += Int(frequencies[index])
      }
      let pairs = impacts.take()
      groupImpacts.add(pairs)
      try require(
        try entries.impacts(ofBlock: block), pairs,
        at: sections.blocks.count - PostingFormat.skipEntrySize * (entries.count - block))
      guard entries.groupCount > 0, (block + 1) % PostingFormat.groupSize == 0 || block + 1 == entries.count else {
        continue
      }
      let group = block / PostingFormat.groupSize
      try require(
        try entries.impacts(ofGroup: group), groupImpacts.take(),
        at: 4 * entries.count + PostingFormat.levelOneEntrySize * group)
    }
  }

  /// Checks the last document and the offsets of a skip entry.
  private func verifyOffsets(
    _ entries: SkipEntries, ofBlock block: Int, postings range: Range<Int>, firstOccurrence: Int
  ) throws(SearchError) {
    let chunk = firstOccurrence / PostingFormat.blockSize
    let address = PositionAddress(
      offset: chunk < chunkStarts.count ? chunkStarts[chunk] : -1,
      skipped: UInt64(firstOccurrence % PostingFormat.blockSize))
    let (last, postings) = (try entries.lastDocument(block), try entries.postings(block))
    let (positions, codes) = (try entries.positions(block), try entries.codes(block))
    let isRight =
      last == documents[range.upperBound - 1] && postings == blockStarts[block] && positions == address
      && codes == (codeStarts.isEmpty ? 0 : codeStarts[block])
    guard isRight else { throw sections.blocks.corrupt(at: 4 * block, "skip entry \(block) differs from its block") }
  }

  /// Checks that stored impacts are the bounded impacts of the postings, the last pair repeated.
  ///
  /// - Parameter offset: of the entry that contains them.
  private func require(
    _ found: [ImpactAccumulator.Impact], _ pairs: [ImpactAccumulator.Impact], at offset: Int
  ) throws(SearchError) {
    var expected = ImpactAccumulator.bounded(pairs)
    while let last = expected.last, expected.count < PostingFormat.impactsPerEntry { expected.append(last) }
    guard found == expected else {
      throw sections.blocks.corrupt(at: offset, "the impacts are not the tight bounds of the postings")
    }
  }

  // MARK: Forms

  /// Checks the forms and form codes.
  ///
  /// - Returns: the forms of the key and the number of documents that contain each; none if the index has no forms.
  func verifyForms(key: some Collection<UInt8>) throws(SearchError) -> [(form: [UInt8], documents: UInt64)] {
    guard list.forms.count > 0 else {
      guard codes.isEmpty else { throw sections.codes.corrupt(at: 0, "form codes without forms") }
      return []
    }
    let table = try FormSets(sections.forms, key: key)
    var uses = [UInt64](repeating: 0, count: table.sets.count)
    guard !codes.isEmpty || uses.count == 1 else { throw sections.codes.corrupt(at: 0, "no form codes") }
    if codes.isEmpty { uses[0] = UInt64(documents.count) }
    for (index, code) in codes.enumerated() {
      guard code < uses.count else {
        throw sections.codes.corrupt(at: codeStarts[index / PostingFormat.blockSize], "no set of forms \(code)")
      }
      uses[Int(code)] += 1
    }
    try verifyOrder(table, uses, key)
    var counts = [UInt64](repeating: 0, count: table.forms.count)
    for (set, uses) in zip(table.sets, uses) { for form in set { counts[Int(form)] += uses } }
    guard !counts.contains(0) else { throw sections.forms.corrupt(at: 0, "a form that no document contains") }
    return zip(table.forms, counts).map { ($0, $1) }
  }

  /// Checks that forms are in the order of their bytes, sets in descending order of documents, then in the order of
  /// their members, and that the table is in its only valid encoding.
  private func verifyOrder(_ table: FormSets, _ uses: [UInt64], _ key: some Collection<UInt8>) throws(SearchError) {
    guard zip(table.forms, table.forms.dropFirst()).allSatisfy({ $0.lexicographicallyPrecedes($1) }) else {
      throw sections.forms.corrupt(at: 0, "forms out of order")
    }
    for index in 1..<max(1, uses.count) {
      let isRight =
        uses[index - 1] != uses[index]
        ? uses[index - 1] > uses[index] : table.sets[index - 1].lexicographicallyPrecedes(table.sets[index])
      guard isRight else { throw sections.forms.corrupt(at: 0, "sets of forms out of order") }
    }
    var writer = ByteWriter()
    table.write(key: key, to: &writer)
    try SegmentVerifier.require(writer, sections.forms, "the forms are not in their only valid encoding")
  }
}
