/// Finds the best documents of a single list: the blocks of the highest bounds first, then those that can still reach
/// the hits.
struct TermSearch: ~Copyable {
  private let list: ListScorer
  private let weight: Float
  private let allowed: DocumentSet?
  private let limit: Int
  private var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var scores = GrowableBuffer<Float>(capacity: PostingFormat.blockSize)
  private(set) var scoredDocuments = 0

  init(_ list: ListScorer, _ weight: Float, allowed: DocumentSet?, limit: Int) {
    self.list = list
    self.weight = weight
    self.allowed = allowed
    self.limit = limit
  }

  mutating func search(_ finalists: inout Finalists) throws(SearchError) {
    guard limit > 0 else { return }
    // As many blocks as hits are wanted give as many hits at least.
    var first = TopHits(limit: min(limit, list.blocks.count))
    for block in 0..<list.blocks.count {
      let bound = list.blocks[block].most
      if bound > first.threshold || block < limit { first.add(TopHits.Hit(score: bound, document: UInt32(block))) }
    }
    let blocks = first.sorted
    for block in blocks { try score(Int(block.document), &finalists) }
    guard let least = blocks.last else { return }
    for block in 0..<list.blocks.count {
      let bound = list.blocks[block].most
      // Those of higher bounds, and the first ones of the last bound, were scored.
      guard bound < least.score || (bound == least.score && block > Int(least.document)) else { continue }
      if ClauseScorer.score(bound, weight) >= finalists.cut { try score(block, &finalists) }
    }
  }

  private mutating func score(_ block: Int, _ finalists: inout Finalists) throws(SearchError) {
    try list.scores(ofBlock: block, weight, &documents, &scores)
    scoredDocuments += documents.count
    for index in 0..<documents.count where scores[index] >= finalists.cut {
      if let allowed, !allowed.contains(Int(documents[index])) { continue }
      try finalists.addExact(documents[index], scores[index])
    }
  }

  /// How many documents of the list may match.
  mutating func count() throws(SearchError) -> Int {
    guard let allowed else { return list.documentCount }
    var count = 0
    for block in 0..<list.blocks.count {
      documents.removeAll()
      try list.append(block: block, to: &documents)
      for index in 0..<documents.count where allowed.contains(Int(documents[index])) { count += 1 }
    }
    return count
  }
}
