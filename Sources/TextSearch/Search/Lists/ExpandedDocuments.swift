/// Collects the documents of an expanded word (a pattern, a similar word, an exact spelling) that stands beside other words.
enum ExpandedDocuments {
  /// Lists up to which the sum of their upper bounds allows skips; the postings of more are all read at once.
  static let fewLists = 8
  /// Postings up to which they are sorted rather than summed up in an array of all documents: this share of the segment's.
  private static let sortedShare = 64

  /// Returns the documents of a part of a segment that match a word.
  ///
  /// If the search has to end, some may be missing.
  ///
  /// - Parameters:
  ///   - lists: those of the word.
  ///   - isConstant: all documents that match have the same input (`SegmentContext.isConstant`).
  static func collect(
    _ lists: [SelectedList], isConstant: Bool, _ context: SegmentContext
  ) throws(SearchError) -> CollectedDocuments {
    let isFew = lists.postings <= context.segment.documentCount / sortedShare
    let collected = CollectedDocuments()
    func append(_ document: Int, _ input: Float) {
      guard input > 0 else { return }
      // Each document comes once, in ascending order.
      _ = collected.append(UInt32(document), isConstant ? 1 : input)
    }
    if isFew {
      for (document, input) in try sums(lists, context) { append(document, input) }
    } else {
      let part = context.documents
      for (document, input) in zip(part, try context.inputs(of: lists, in: part)) { append(document, input) }
    }
    return collected
  }

  /// Returns the sums of the inputs of the documents that some lists hold, ascending.
  private static func sums(
    _ lists: [SelectedList], _ context: SegmentContext
  ) throws(SearchError) -> [(document: Int, input: Float)] {
    var found: [(document: Int, list: Int, input: Float)] = []
    for (number, list) in lists.enumerated() {
      if context.control.mustEnd() { break }
      try context.forEachInput(of: list, in: context.documents) { document, input in
        found.append((document, number, input))
      }
    }
    found.sort { ($0.document, $0.list) < ($1.document, $1.list) }
    var sums: [(document: Int, input: Float)] = []
    for (document, _, input) in found {
      if sums.last?.document == document {
        sums[sums.count - 1].input += input
      } else {
        sums.append((document, input))
      }
    }
    return sums
  }
}

extension SegmentContext {
  /// Returns the input of every document of a range, list by list; not of all lists where the search has to end.
  func inputs(of lists: [SelectedList], in documents: Range<Int>) throws(SearchError) -> [Float] {
    var inputs = [Float](repeating: 0, count: documents.count)
    for list in lists {
      if control.mustEnd() { break }
      try forEachInput(of: list, in: documents) { document, input in inputs[document - documents.lowerBound] += input }
    }
    return inputs
  }

  /// Runs `body` on the documents of a list with the input that each gets from it: weight * frequency / K, in these operations.
  ///
  /// - Parameter documents: those that are read; nil for all.
  @inline(__always)
  func forEachInput(
    of list: SelectedList, in documents: Range<Int>? = nil, _ body: (Int, Float) -> Void
  ) throws(SearchError) {
    let documents = documents ?? 0..<segment.documentCount
    let lengthNorms = lengthNorms[list.language]
    let lengths = try segment.lengthCodes()
    var block = try segment.block(list.entry)
    let first = try block.block(from: 0, reaching: UInt32(documents.lowerBound))
    for number in first..<max(first, block.blockCount) {
      try block.loadDocuments(of: number)
      if block.count > 0, Int(block.documents[0]) >= documents.upperBound { return }
      try block.loadFrequencies(of: number)
      if !list.formWeights.isEmpty { try block.loadCodes(of: number, below: list.formWeights.count) }
      for index in 0..<block.count {
        let document = Int(block.documents[index])
        guard documents.contains(document) else { continue }
        let length = try lengths.byte(at: document)
        let weight = list.formWeights.isEmpty ? list.weight : list.formWeights[Int(block.codes[index])]
        body(document, weight * Float(block.frequencies[index]) * lengthNorms[Int(length)])
      }
    }
  }
}

extension [SelectedList] {
  /// Number of postings.
  var postings: Int { reduce(0) { $0 + $1.entry.list.documents } }
}
