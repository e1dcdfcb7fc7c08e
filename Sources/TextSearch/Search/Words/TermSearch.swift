/// Finds the best documents of a single list: the blocks of the highest maxima first, then those that can still reach the
/// threshold.
struct TermSearch: ~Copyable {
  /// Blocks between two checks whether to end.
  private static let blocksPerCheck = 32

  private let context: SegmentContext
  private let list: ListScorer
  private let weight: Float
  private let minimumScore: Float
  private var blocksSeen = 0
  private var top: TopHits
  private var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var scores = GrowableBuffer<Float>(capacity: PostingFormat.blockSize)

  /// - Parameters:
  ///   - list: the only one of a clause.
  ///   - weight: the clause's.
  ///   - minimumScore: lower scores are not wanted.
  init(_ context: SegmentContext, _ list: ListScorer, weight: Float, minimumScore: Float) {
    self.context = context
    self.list = list
    self.weight = weight
    self.minimumScore = minimumScore
    top = TopHits(limit: context.limit)
  }

  /// Counts the matches and returns the best hits.
  mutating func search() throws(SearchError) -> [TopHits.Hit] {
    let hits = try bestHits()
    if context.isCounting { try count() }
    return hits
  }

  /// Returns the best hits.
  mutating func bestHits() throws(SearchError) -> [TopHits.Hit] {
    guard context.limit > 0 else { return [] }
    // `limit` blocks contain at least `limit` documents.
    if list.blocks.count > context.limit {
      try searchBest()
    } else {
      for block in 0..<list.blocks.count {
        if mustEnd() { break }
        try score(block)
      }
    }
    return top.sorted
  }

  private mutating func searchBest() throws(SearchError) {
    var first = TopHits(limit: context.limit)
    for block in 0..<list.blocks.count {
      let maximum = list.blocks[block].maximum
      if block < context.limit || maximum > first.threshold {
        first.add(TopHits.Hit(score: maximum, document: UInt32(block)))
      }
    }
    let blocks = first.sorted
    for block in blocks {
      if mustEnd() { return }
      try score(Int(block.document))
    }
    guard let lowest = blocks.last else { return }
    for block in 0..<list.blocks.count {
      let maximum = list.blocks[block].maximum
      // Blocks of higher maxima, and the first ones of the last maximum, were scored.
      guard maximum < lowest.score || (maximum == lowest.score && block > Int(lowest.document)) else { continue }
      if BM25.bound(maximum, weight) * BM25.margin >= threshold {
        if mustEnd() { return }
        try score(block)
      }
    }
  }

  private mutating func mustEnd() -> Bool {
    blocksSeen &+= 1
    return blocksSeen % TermSearch.blocksPerCheck == 0 ? context.control.mustEnd() : context.control.hasEnded
  }

  private var threshold: Float { max(minimumScore, top.threshold) }

  private mutating func score(_ block: Int) throws(SearchError) {
    try list.score(block: block, weight, documents: &documents, scores: &scores)
    var threshold = threshold
    let allowed = context.allowed
    for index in 0..<documents.count {
      // Safe because: there are as many scores as documents.
      let (document, score) = unsafe (documents[unchecked: index], scores[unchecked: index])
      if let allowed, !allowed.contains(Int(document)) { continue }
      guard score >= threshold else { continue }
      top.add(try context.hit(document, score))
      threshold = self.threshold
    }
  }

  /// Counts the documents of the list that may match.
  private mutating func count() throws(SearchError) {
    guard let allowed = context.allowed else { return context.counter.add(list.documentCount) }
    for block in 0..<list.blocks.count where context.isCounting {
      if mustEnd() { break }
      documents.removeAll()
      try list.appendDocuments(ofBlock: block, to: &documents)
      var count = 0
      for index in 0..<documents.count where allowed.contains(Int(documents[index])) { count += 1 }
      context.counter.add(count)
    }
  }
}
