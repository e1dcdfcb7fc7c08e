/// Finds the best documents of a single list: the blocks of the highest bounds first, then those that can still reach
/// the hits.
struct TermSearch: ~Copyable {
  private let list: ListScorer
  private let weight: Float
  private let keyRanks: KeyRanks
  private let allowed: DocumentSet?
  private let floor: Float
  private let control: SearchControl
  /// Blocks between two questions whether to end.
  private static let blocksPerQuestion = 32
  private var blocksSeen = 0
  private var top: TopHits
  private var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var scores = GrowableBuffer<Float>(capacity: PostingFormat.blockSize)
  private(set) var scoredDocuments = 0

  /// - Parameters:
  ///   - list: the only one of a clause.
  ///   - weight: the clause's.
  init(
    _ list: ListScorer, _ weight: Float, _ segment: Segment, allowed: DocumentSet?, limit: Int,
    _ control: SearchControl, floor: Float
  ) {
    self.list = list
    self.weight = weight
    self.allowed = allowed
    self.floor = floor
    self.control = control
    keyRanks = segment.keyRanks
    top = TopHits(limit: limit)
  }

  /// Best first; documents by their places in the order of the keys.
  mutating func search(limit: Int) throws(SearchError) -> [TopHits.Hit] {
    guard limit > 0 else { return [] }
    // As many blocks as hits are wanted hold as many documents at least.
    if list.blocks.count > limit {
      try searchBest(limit)
    } else {
      for block in 0..<list.blocks.count {
        if mustEnd() { break }
        try score(block)
      }
    }
    return top.sorted
  }

  private mutating func searchBest(_ limit: Int) throws(SearchError) {
    var first = TopHits(limit: limit)
    for block in 0..<list.blocks.count {
      let bound = list.blocks[block].maximum
      if block < limit || bound > first.threshold { first.add(TopHits.Hit(score: bound, document: UInt32(block))) }
    }
    let blocks = first.sorted
    for block in blocks {
      if mustEnd() { return }
      try score(Int(block.document))
    }
    guard let minimum = blocks.last else { return }
    for block in 0..<list.blocks.count {
      let bound = list.blocks[block].maximum
      // Those of higher bounds, and the first ones of the last bound, were scored.
      guard bound < minimum.score || (bound == minimum.score && block > Int(minimum.document)) else { continue }
      if ClauseScorer.score(bound, weight) * BM25.margin >= threshold {
        if mustEnd() { return }
        try score(block)
      }
    }
  }

  private mutating func mustEnd() -> Bool {
    blocksSeen &+= 1
    return blocksSeen % TermSearch.blocksPerQuestion == 0 ? control.mustEnd() : control.hasEnded
  }

  private var threshold: Float { max(floor, top.threshold) }

  private mutating func score(_ block: Int) throws(SearchError) {
    try list.scores(ofBlock: block, weight, &documents, &scores)
    var threshold = threshold
    for index in 0..<documents.count {
      let (document, score) = (documents[index], scores[index])
      if let allowed, !allowed.contains(Int(document)) { continue }
      scoredDocuments += 1
      guard score >= threshold else { continue }
      top.add(TopHits.Hit(score: score, document: try keyRanks.rank(document)))
      threshold = self.threshold
    }
  }

  /// How many documents of the list may match.
  mutating func count() throws(SearchError) -> Int {
    guard let allowed else { return list.documentCount }
    var count = 0
    for block in 0..<list.blocks.count {
      if mustEnd() { break }
      documents.removeAll()
      try list.append(block: block, to: &documents)
      for index in 0..<documents.count where allowed.contains(Int(documents[index])) { count += 1 }
    }
    return count
  }
}
