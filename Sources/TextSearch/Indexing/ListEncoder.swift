/// Encodes lists from their sorted occurrences, a block of documents at a time.
///
/// Its loops over the occurrences have no branches that depend on where a document begins, which no processor could predict.
struct ListEncoder: ~Copyable {
  /// Index of the first occurrence of each document of the block, then of the occurrence behind them.
  private var starts = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize + 1)
  private var gaps = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var neighbours = GrowableBuffer<UInt8>(capacity: PostingFormat.blockSize)

  /// Encodes a list.
  ///
  /// - Parameters:
  ///   - lengths: the length code of each document.
  ///   - formCount: number of forms of the term; 0 if the index does not keep them.
  ///   - forms: the form of each occurrence, if there are several.
  mutating func encode(
    _ occurrences: Span<TermOccurrence>, _ lengths: Span<UInt8>, formCount: Int, forms: Span<UInt32>?,
    keepsNeighbours: Bool, into lists: inout PostingListWriter
  ) {
    var end = ListEncoder.readBlock(occurrences, from: 0, &starts)
    let documents = end == occurrences.count ? starts.count - 1 : ListEncoder.countDocuments(occurrences)
    lists.begin(
      documents: documents, positions: UInt64(occurrences.count), forms: formCount, keepsNeighbours: keepsNeighbours)
    var start = 0
    while start < occurrences.count {
      ListEncoder.addDocuments(occurrences, starts, lengths, into: &lists)
      var index = start
      while index < end {
        let next = min(end, index + lists.chunkRoom)
        ListEncoder.readPositions(
          occurrences, index..<next, keepsNeighbours: keepsNeighbours, into: &gaps, neighbours: &neighbours)
        lists.add(positionGaps: gaps, neighbours: neighbours)
        index = next
      }
      if formCount > 1, let forms { ListEncoder.addForms(forms, starts, into: &lists) }
      lists.endDocuments()
      start = end
      if start < occurrences.count { end = ListEncoder.readBlock(occurrences, from: start, &starts) }
    }
  }

  /// Encodes a list from its merged form ranges.
  mutating func encode(
    _ merger: borrowing FormRangeMerger, _ lengths: Span<UInt8>, formCount: Int, keepsNeighbours: Bool,
    into lists: inout PostingListWriter
  ) {
    encode(
      merger.occurrences.span, lengths, formCount: formCount, forms: merger.forms.span,
      keepsNeighbours: keepsNeighbours, into: &lists)
  }

  /// Sets `starts` to the documents from an occurrence on, a block of them at most; returns the index behind their occurrences.
  private static func readBlock(
    _ occurrences: Span<TermOccurrence>, from first: Int, _ starts: inout GrowableBuffer<UInt32>
  ) -> Int {
    starts.set(repeating: 0, count: PostingFormat.blockSize + 1)
    var own = starts.mutableSpan
    var count = 0
    var index = first
    var last = UInt32.max
    while index < occurrences.count {
      let document = occurrences[index].document
      // Overwritten by the next occurrence unless a document begins here.
      own[count] = UInt32(truncatingIfNeeded: index)
      count &+= document != last ? 1 : 0
      last = document
      if count > PostingFormat.blockSize { return index }
      index &+= 1
    }
    own[count] = UInt32(truncatingIfNeeded: index)
    starts.truncate(to: count + 1)
    return index
  }

  /// Returns the number of documents of sorted occurrences.
  private static func countDocuments(_ occurrences: Span<TermOccurrence>) -> Int {
    var documents = 0
    var last = UInt32.max
    for index in occurrences.indices {
      let document = occurrences[index].document
      documents &+= document != last ? 1 : 0
      last = document
    }
    return documents
  }

  private static func addDocuments(
    _ occurrences: Span<TermOccurrence>, _ starts: borrowing GrowableBuffer<UInt32>, _ lengths: Span<UInt8>,
    into lists: inout PostingListWriter
  ) {
    let starts = starts.span
    for number in 0..<starts.count &- 1 {
      let document = occurrences[Int(starts[number])].document
      lists.add(
        document: document, frequency: starts[number &+ 1] &- starts[number], length: lengths[Int(document)])
    }
  }

  /// Sets `gaps` to the positions of some occurrences as they are coded, and `neighbours` to the codes of the words beside them.
  private static func readPositions(
    _ occurrences: Span<TermOccurrence>, _ range: Range<Int>, keepsNeighbours: Bool,
    into gaps: inout GrowableBuffer<UInt32>, neighbours: inout GrowableBuffer<UInt8>
  ) {
    gaps.set(repeating: 0, count: range.count)
    neighbours.set(repeating: 0, count: keepsNeighbours ? range.count : 0)
    var gaps = gaps.mutableSpan
    var neighbours = neighbours.mutableSpan
    // Before the first occurrence there is none, in no document.
    var document = range.lowerBound > 0 ? occurrences[range.lowerBound &- 1].document : .max
    var position = range.lowerBound > 0 ? occurrences[range.lowerBound &- 1].position : 0
    for number in gaps.indices {
      let own = occurrences[range.lowerBound &+ number]
      gaps[number] = own.position &- (own.document == document ? position &+ 1 : 0)
      (document, position) = (own.document, own.position)
      if keepsNeighbours { neighbours[number] = own.neighbours }
    }
  }

  // MARK: Forms

  /// Adds the forms of the documents.
  private static func addForms(
    _ forms: Span<UInt32>, _ starts: borrowing GrowableBuffer<UInt32>, into lists: inout PostingListWriter
  ) {
    let starts = starts.span
    for number in 0..<starts.count &- 1 {
      addForms(forms, Int(starts[number])..<Int(starts[number &+ 1]), into: &lists)
    }
  }

  /// Adds the distinct forms of a document, ascending.
  private static func addForms(_ forms: Span<UInt32>, _ range: Range<Int>, into lists: inout PostingListWriter) {
    var mask: UInt64 = 0
    for index in range {
      guard forms[index] < 64 else { return addManyForms(forms, range, into: &lists) }
      mask |= 1 &<< UInt64(forms[index])
    }
    lists.addDocument(forms: mask)
  }

  /// Adds the distinct forms of a document, ascending, where some number is 64 or more.
  private static func addManyForms(_ forms: Span<UInt32>, _ range: Range<Int>, into lists: inout PostingListWriter) {
    var distinct: Set<UInt32> = []
    for index in range { distinct.insert(forms[index]) }
    for form in distinct.sorted() { lists.add(form: form) }
    lists.endForms()
  }
}
