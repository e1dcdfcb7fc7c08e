/// Reads a posting list from front to back in the plainest way and compares what its records say of it.
struct PostingListVerifier {
  private let list: PostingList
  private let sections: PostingSections
  private let segment: Segment
  private(set) var documents: [UInt32] = []
  private(set) var frequencies: [UInt32] = []
  /// Positions of all documents, one after the other.
  private(set) var positions: [UInt32] = []
  /// The set of forms of each document; empty where there is one set or none.
  private(set) var codes: [UInt32] = []
  /// Where the bytes of each block, each chunk of positions and each block of codes begin.
  private var blockStarts: [Int] = []
  private var chunkStarts: [Int] = []
  private var codeStarts: [Int] = []
  private var values = GrowableBufferBox()

  /// 128 numbers.
  private final class GrowableBufferBox {
    var numbers = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
    init() { numbers.append(repeating: 0, count: PostingFormat.blockSize) }

    /// Unpacks a block; gives where the next one begins.
    func unpack(_ region: ByteRegion, at offset: Int) throws(SearchError) -> Int {
      try PatchedPacking.unpack(region, at: offset, into: &numbers)
    }
  }

  /// Checks a list; afterwards its contents may be asked for.
  init(_ entry: TermDictionary.Entry, of segment: Segment) throws(SearchError) {
    self.segment = segment
    list = entry.list
    sections = try segment.sections(of: entry).restricted(to: list)
    if list.isInline { try readInline() } else { try read() }
    guard documents.allSatisfy({ $0 < segment.documentCount }) else {
      throw sections.postings.corrupt(at: 0, "document number beyond the segment")
    }
    try verifyRecords()
  }

  // MARK: Reading

  private mutating func readInline() throws(SearchError) {
    var reader = ByteReader(sections.postings)
    documents = [try reader.readUInt32()]
    frequencies = [UInt32(list.positions)]
    var gaps: [UInt32] = []
    for _ in 0..<list.positions { gaps.append(try reader.readUInt32()) }
    guard reader.isAtEnd else { throw sections.postings.corrupt(at: reader.offset, "bytes behind the list") }
    try addPositions(gaps)
  }

  private mutating func read() throws(SearchError) {
    try readPostings()
    let total = frequencies.reduce(UInt64(0)) { $0 + UInt64($1) }
    guard total == list.positions else {
      throw sections.postings.corrupt(at: 0, "\(total) occurrences, \(list.positions) in the dictionary")
    }
    try addPositions(try readGaps())
    if list.codes.count > 0 { try readCodes() }
  }

  private mutating func readPostings() throws(SearchError) {
    let region = sections.postings
    var offset = 0
    var next: UInt64 = 0
    for _ in 0..<PostingFormat.fullBlocks(list.documents) {
      blockStarts.append(offset)
      offset = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize {
        next += UInt64(values.numbers[index])
        try add(document: next, region, offset)
        next += 1
      }
      offset = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize { frequencies.append(values.numbers[index] &+ 1) }
    }
    let rest = list.documents % PostingFormat.blockSize
    if rest > 0 {
      blockStarts.append(offset)
      let parameter = PostingFormat.gapParameter(documents: list.documents, of: segment.documentCount)
      var reader = BitReader(region, at: offset)
      for _ in 0..<rest {
        next += UInt64(try reader.readRice(parameter: parameter))
        try add(document: next, region, offset)
        frequencies.append(try reader.readGamma())
        next += 1
      }
      offset = reader.nextByte
    }
    try requireEnd(region, offset)
    guard !frequencies.contains(0) else { throw region.corrupt(at: 0, "a document without occurrences") }
  }

  private mutating func add(document: UInt64, _ region: ByteRegion, _ offset: Int) throws(SearchError) {
    guard document < UInt64(segment.documentCount) else {
      throw region.corrupt(at: offset, "document number beyond the segment")
    }
    documents.append(UInt32(document))
  }

  private mutating func readGaps() throws(SearchError) -> [UInt32] {
    let region = sections.positions
    var gaps: [UInt32] = []
    var offset = 0
    for _ in 0..<list.positions / UInt64(PostingFormat.blockSize) {
      chunkStarts.append(offset)
      offset = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize { gaps.append(values.numbers[index]) }
    }
    let rest = Int(list.positions % UInt64(PostingFormat.blockSize))
    if rest > 0 {
      chunkStarts.append(offset)
      let parameter = Int(try region.byte(at: offset)) - PostingFormat.restMark
      guard parameter >= 0, parameter <= RiceParameter.largest else {
        throw region.corrupt(at: offset, "Rice parameter \(parameter)")
      }
      var reader = BitReader(region, at: offset + 1)
      for _ in 0..<rest { gaps.append(try reader.readRice(parameter: parameter)) }
      offset = reader.nextByte
    }
    try requireEnd(region, offset)
    return gaps
  }

  private mutating func addPositions(_ gaps: [UInt32]) throws(SearchError) {
    var index = 0
    for frequency in frequencies {
      var next: UInt64 = 0
      for _ in 0..<frequency {
        next += UInt64(gaps[index])
        guard next < UInt64(UInt32.max) else { throw sections.positions.corrupt(at: 0, "position \(next)") }
        positions.append(UInt32(next))
        next += 1
        index += 1
      }
    }
  }

  private mutating func readCodes() throws(SearchError) {
    let region = sections.codes
    var offset = 0
    for _ in 0..<PostingFormat.fullBlocks(list.documents) {
      codeStarts.append(offset)
      offset = try values.unpack(region, at: offset)
      for index in 0..<PostingFormat.blockSize { codes.append(values.numbers[index]) }
    }
    let rest = list.documents % PostingFormat.blockSize
    if rest > 0 {
      codeStarts.append(offset)
      var reader = BitReader(region, at: offset)
      for _ in 0..<rest { codes.append(try reader.readGamma() - 1) }
      offset = reader.nextByte
    }
    try requireEnd(region, offset)
  }

  private func requireEnd(_ region: ByteRegion, _ offset: Int) throws(SearchError) {
    guard offset == region.count else {
      throw region.corrupt(at: offset, "the list has \(region.count) bytes, not \(offset)")
    }
  }

  // MARK: Records

  private func verifyRecords() throws(SearchError) {
    let records = try SkipEntries(sections.blocks, documents: list.isInline ? 0 : list.documents)
    var front = ImpactAccumulator()
    var group = ImpactAccumulator()
    var occurrences = 0
    for block in 0..<records.count {
      let range = block * PostingFormat.blockSize..<min((block + 1) * PostingFormat.blockSize, documents.count)
      try verifyPlaces(records, block, range, occurrences)
      for index in range {
        front.add(
          frequency: Int(frequencies[index]), length: try segment.lengthCode(documents[index]))
        occurrences += Int(frequencies[index])
      }
      let pairs = front.take()
      group.add(pairs)
      try require(try records.front(block), pairs, "front of block \(block)")
      guard records.groupCount > 0, (block + 1) % PostingFormat.groupSize == 0 || block + 1 == records.count else {
        continue
      }
      let number = block / PostingFormat.groupSize
      try require(try records.front(ofGroup: number), group.take(), "front of group \(number)")
    }
  }

  private func verifyPlaces(
    _ records: SkipEntries, _ block: Int, _ range: Range<Int>, _ occurrences: Int
  ) throws(SearchError) {
    let chunk = occurrences / PostingFormat.blockSize
    let place = PositionAddress(
      offset: chunk < chunkStarts.count ? chunkStarts[chunk] : -1,
      skipped: UInt64(occurrences % PostingFormat.blockSize))
    let (last, postings) = (try records.lastDocument(block), try records.postings(block))
    let (positions, codes) = (try records.positions(block), try records.codes(block))
    let isRight =
      last == documents[range.upperBound - 1] && postings == blockStarts[block] && positions == place
      && codes == (codeStarts.isEmpty ? 0 : codeStarts[block])
    guard isRight else { throw sections.blocks.corrupt(at: 4 * block, "record \(block) differs from its block") }
  }

  /// A stored front is the bounded one, its last pair repeated.
  private func require(
    _ found: [ImpactAccumulator.Pair], _ pairs: [ImpactAccumulator.Pair], _ what: String
  ) throws(SearchError) {
    var expected = ImpactAccumulator.bounded(pairs)
    while let last = expected.last, expected.count < PostingFormat.frontSize { expected.append(last) }
    guard found == expected else { throw sections.blocks.corrupt(at: 0, "\(what) does not bound it tightly") }
  }

  // MARK: Forms

  /// The key's forms and how many documents hold each; none where forms are not kept.
  func verifyForms(key: some Collection<UInt8>) throws(SearchError) -> [(form: [UInt8], documents: UInt64)] {
    guard list.forms.count > 0 else {
      guard codes.isEmpty else { throw sections.codes.corrupt(at: 0, "form codes without forms") }
      return []
    }
    let table = try FormSets(sections.forms, key: key)
    var uses = [UInt64](repeating: 0, count: table.sets.count)
    guard !codes.isEmpty || uses.count == 1 else { throw sections.codes.corrupt(at: 0, "no form codes") }
    if codes.isEmpty { uses[0] = UInt64(documents.count) }
    for code in codes {
      guard code < uses.count else { throw sections.codes.corrupt(at: 0, "form code \(code)") }
      uses[Int(code)] += 1
    }
    try verifyOrder(table, uses, key)
    var counts = [UInt64](repeating: 0, count: table.forms.count)
    for (set, uses) in zip(table.sets, uses) { for form in set { counts[Int(form)] += uses } }
    guard !counts.contains(0) else { throw sections.forms.corrupt(at: 0, "a form that no document holds") }
    return zip(table.forms, counts).map { ($0, $1) }
  }

  /// Forms in the order of their bytes; sets by documents, then members; coded in the one way there is.
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
    try SegmentVerifier.require(writer, sections.forms, "forms coded otherwise")
  }
}
