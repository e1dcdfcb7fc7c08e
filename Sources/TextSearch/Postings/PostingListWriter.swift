/// Encodes posting lists one after the other into the posting sections.
///
/// For each list: `begin`, then for each document `add(document:...)` followed by its positions (and, where forms are kept,
/// its forms), `endDocument`, then `end`. Or, faster, a block of documents, then their positions by `add(positionGaps:neighbours:)`,
/// their forms by `addDocument(forms:)`, and `endDocuments`.
struct PostingListWriter: ~Copyable {
  // The sections, as far as no `ByteSink` has taken them: at any time, also within a list.
  var postings = ByteWriter()
  var blocks = ByteWriter()
  var positions = ByteWriter()
  var forms = ByteWriter()
  var codes = ByteWriter()
  var neighbours = ByteWriter()

  /// Documents of the segment.
  private let documentLimit: Int
  private var gaps = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var frequencies = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var chunk = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var bits = BitWriter()
  private var impacts = ImpactAccumulator()
  private var entries: [SkipEntry] = []
  private var collector = FormSetCollector()
  private var list = PostingList()
  /// One before the first document, so that the first gap is the document itself.
  private var previous = UInt32.max
  private var lastPosition: UInt32 = 0
  private var occurrences: UInt32 = 0
  private var hasForms = false
  /// Whether the key has several forms.
  private var hasSets = false
  /// The neighbours of an inline list.
  private var inlineNeighbours = GrowableBuffer<UInt8>(capacity: PostingFormat.inlinePositions)
  /// Where the neighbours of each block begin.
  private var neighbourStarts = GrowableBuffer<UInt32>(capacity: 16)
  /// Address of the positions of the current block.
  private var blockPositions = PositionAddress()

  /// - Parameter documents: number of documents in the segment.
  init(documents: Int) { documentLimit = documents }

  /// Returns a list without postings, for a df-only entry.
  func emptyList(documents: Int, positions count: UInt64) -> PostingList {
    var list = PostingList()
    list.documents = documents
    list.positions = count
    list.postings.offset = UInt64(postings.count)
    list.blocks.offset = UInt64(blocks.count)
    list.positionBytes.offset = UInt64(positions.count)
    list.forms.offset = UInt64(forms.count)
    list.codes.offset = UInt64(codes.count)
    list.neighbourOffset = UInt64(neighbours.count)
    return list
  }

  /// Begins a list of `documents` documents and `positions` positions in all.
  ///
  /// - Parameters:
  ///   - forms: number of forms of the key; 0 where forms are not kept.
  ///   - keepsNeighbours: the codes of the words beside each occurrence are kept.
  mutating func begin(documents: Int, positions count: UInt64, forms: Int = 0, keepsNeighbours: Bool = false) {
    list = emptyList(documents: documents, positions: count)
    list.isInline = documents == 1 && count <= UInt64(PostingFormat.inlinePositions)
    list.hasNeighbours = keepsNeighbours && count <= PostingFormat.maximumNeighbours
    neighbourStarts.removeAll()
    previous = .max
    entries.removeAll(keepingCapacity: true)
    blockPositions = PositionAddress()
    hasForms = forms > 0
    hasSets = forms > 1
    if hasSets { collector.begin(forms: forms, documents: documents) }
  }

  /// Adds a document; its positions follow in ascending order by `add(position:)`.
  @inline(__always)
  mutating func add(document: UInt32, frequency: UInt32, length: UInt8) {
    if list.hasNeighbours, gaps.isEmpty { beginNeighbours() }
    gaps.append(document &- previous &- 1)
    frequencies.append(frequency)
    impacts.add(frequency: Int(frequency), length: length)
    previous = document
    occurrences = 0
  }

  /// - Parameter neighbours: the codes of the words beside the occurrence (`NeighbourCode`).
  @inline(__always)
  mutating func add(position: UInt32, neighbours codes: UInt8 = 0) {
    if list.hasNeighbours { add(neighbours: codes) }
    chunk.append(occurrences == 0 ? position : position &- lastPosition &- 1)
    lastPosition = position
    occurrences &+= 1
    if chunk.count == PostingFormat.blockSize, !list.isInline { flushChunk() }
  }

  @inline(__always)
  private mutating func add(neighbours codes: UInt8) {
    if list.isInline { inlineNeighbours.append(codes) } else { neighbours.write(codes) }
  }

  /// Positions that the current chunk has room for.
  var chunkRoom: Int { PostingFormat.blockSize - chunk.count }

  /// Adds positions of documents that have been added, at most `chunkRoom`.
  ///
  /// - Parameters:
  ///   - gaps: of each position the distance from the successor of the one before, the first of a document from 0.
  ///   - neighbours: the codes of the words beside each; none where they are not kept.
  mutating func add(
    positionGaps gaps: borrowing GrowableBuffer<UInt32>, neighbours codes: borrowing GrowableBuffer<UInt8>
  ) {
    if list.hasNeighbours, list.isInline { inlineNeighbours.append(codes) }
    if list.hasNeighbours, !list.isInline { neighbours.write(codes.span) }
    chunk.append(gaps)
    if chunk.count == PostingFormat.blockSize, !list.isInline { flushChunk() }
  }

  /// Adds a form that the document holds, by its ordinal among the key's forms; ascending.
  @inline(__always)
  mutating func add(form: UInt32) {
    if hasSets { collector.add(form) }
  }

  /// Adds the forms of a document as a bit for each ordinal, where all are below 64.
  @inline(__always)
  mutating func addDocument(forms: UInt64) {
    if hasSets { collector.addDocument(forms: forms) }
  }

  /// Ends the forms of a document, which have been added one by one.
  mutating func endForms() {
    if hasSets { collector.endDocument() }
  }

  /// Ends documents, a block of them or the last of the list, whose positions and forms have been added.
  mutating func endDocuments() {
    if gaps.count == PostingFormat.blockSize { flushBlock() }
  }

  /// Ends a document, whose positions and forms have been added.
  @inline(__always)
  mutating func endDocument() {
    if hasSets { collector.endDocument() }
    if gaps.count == PostingFormat.blockSize { flushBlock() }
  }

  /// Ends the list and returns its extents and the number of documents of each form; the bytes of an inline list are appended to
  /// `inline`.
  ///
  /// - Parameters:
  ///   - names: the key's forms in byte order; none where forms are not kept.
  ///   - key: of the forms.
  mutating func end(
    inline: inout ByteWriter, forms names: [[UInt8]] = [], key: some Collection<UInt8> = EmptyCollection()
  ) -> (list: PostingList, formCounts: [UInt32]) {
    if list.isInline { writeInline(&inline) } else { writeTail() }
    let formCounts = hasForms ? writeForms(names, key) : []
    writeSkipEntries()
    writeNeighbourStarts(&inline)
    list.postings.count = UInt64(postings.count) - list.postings.offset
    list.blocks.count = UInt64(blocks.count) - list.blocks.offset
    list.positionBytes.count = UInt64(positions.count) - list.positionBytes.offset
    list.forms.count = UInt64(forms.count) - list.forms.offset
    list.codes.count = UInt64(codes.count) - list.codes.offset
    return (list, formCounts)
  }
}

// MARK: Blocks

extension PostingListWriter {
  private mutating func writeInline(_ inline: inout ByteWriter) {
    inline.writeVariable(UInt64(gaps[0]))
    for index in 0..<chunk.count { inline.writeVariable(UInt64(chunk[index])) }
    _ = impacts.take()
    clearBlock()
    chunk.removeAll()
  }

  private mutating func writeTail() {
    if !gaps.isEmpty { flushTail() }
    flushLastChunk()
  }

  private mutating func flushChunk() {
    PatchedPacking.write(chunk, &bits, into: &positions)
    chunk.removeAll()
  }

  /// Writes the values behind the last full chunk in Rice's code; a marker with the parameter replaces the width of a chunk.
  private mutating func flushLastChunk() {
    guard !chunk.isEmpty else { return }
    let parameter = RiceParameter.best(for: chunk)
    positions.write(UInt8(PostingFormat.tailMarker + parameter))
    for index in 0..<chunk.count { bits.writeRice(chunk[index], parameter: parameter) }
    bits.flush(into: &positions)
    chunk.removeAll()
  }

  private mutating func flushBlock() {
    addSkipEntry()
    if !BitSetBlock.write(gaps: gaps, into: &postings) { PatchedPacking.write(gaps, &bits, into: &postings) }
    for index in 0..<frequencies.count { frequencies[index] -= 1 }
    PatchedPacking.write(frequencies, &bits, into: &postings)
    clearBlock()
  }

  /// Writes the postings behind the last full block: for each the gap in Rice's code and the frequency in Elias's gamma code.
  private mutating func flushTail() {
    if list.documents >= PostingFormat.blockSize { addSkipEntry() } else { _ = impacts.take() }
    let parameter = RiceParameter.ofGaps(documents: list.documents, of: documentLimit)
    for index in 0..<gaps.count {
      bits.writeRice(gaps[index], parameter: parameter)
      bits.writeGamma(frequencies[index])
    }
    bits.flush(into: &postings)
    clearBlock()
  }

  private mutating func beginNeighbours() {
    neighbourStarts.append(UInt32(truncatingIfNeeded: UInt64(neighbours.count) - list.neighbourOffset))
  }

  /// Writes the starts of the blocks' neighbours behind these; those of an inline list go to it.
  private mutating func writeNeighbourStarts(_ inline: inout ByteWriter) {
    guard list.hasNeighbours else { return }
    if list.isInline {
      inline.write(inlineNeighbours.span)
      inlineNeighbours.removeAll()
    } else if list.documents >= PostingFormat.blockSize {
      for block in 0..<neighbourStarts.count { neighbours.write(neighbourStarts[block]) }
    }
  }

  private mutating func addSkipEntry() {
    entries.append(
      SkipEntry(
        last: previous, postings: UInt64(postings.count) - list.postings.offset, positions: blockPositions,
        impacts: impacts.take()))
  }

  private mutating func clearBlock() {
    gaps.removeAll()
    frequencies.removeAll()
    blockPositions = PositionAddress(
      offset: positions.count - Int(list.positionBytes.offset), skipped: UInt64(chunk.count))
  }

  private mutating func writeSkipEntries() {
    guard !entries.isEmpty else { return }
    SkipEntry.write(entries, to: &blocks)
  }

  /// Writes the table of forms and, where there is more than one set, the code of each document; returns the number of
  /// documents of each form.
  private mutating func writeForms(_ names: [[UInt8]], _ key: some Collection<UInt8>) -> [UInt32] {
    let sets = hasSets ? collector.sort() : FormSetCollector.single(documents: list.documents)
    var counts = [UInt32](repeating: 0, count: names.count)
    for set in sets { for form in set.forms { counts[Int(form)] += set.documents } }
    FormSets(forms: names, sets: sets.map(\.forms)).write(key: key, to: &forms)
    guard sets.count > 1 else { return counts }
    let start = codes.count
    var block = 0
    for index in 0..<collector.codes.count {
      if index % PostingFormat.blockSize == 0, !entries.isEmpty {
        entries[block].codes = UInt64(codes.count - start)
        block += 1
      }
      gaps.append(collector.codes[index])
      guard gaps.count == PostingFormat.blockSize else { continue }
      PatchedPacking.write(gaps, &bits, into: &codes)
      gaps.removeAll()
    }
    for index in 0..<gaps.count { bits.writeGamma(gaps[index] + 1) }
    bits.flush(into: &codes)
    gaps.removeAll()
    return counts
  }
}
