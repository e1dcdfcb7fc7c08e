/// Finds the best documents that hold all words: those of the rarest word are looked up in the other lists, block by block.
struct ConjunctionSearch: ~Copyable {
  /// Documents that are looked at together: as many as keep buffers small; fewer where bounds are to be tight.
  private static let sizes = (smallest: 1024, largest: 8192)
  /// Windows of a segment where not all matches are looked at, about.
  private static let windows = 32

  private let clauses: [ClauseScorer]
  /// The places of the clauses, the rarest first.
  private let order: [Int]
  private let allowed: DocumentSet?
  private let documentCount: Int
  private let isPruning: Bool
  private let windowSize: Int
  private var documents = GrowableBuffer<UInt32>(capacity: 128)
  /// x of one clause, and of all: a row for each clause in query order, `stride` apart.
  private var x = GrowableBuffer<Float>(capacity: 128)
  private var rows = GrowableBuffer<Float>(capacity: 256)
  private var stride = 0
  private var pairBounds = GrowableBuffer<PairBound>(capacity: 8)

  /// - Parameter isPruning: the clauses have bounds, and documents that cannot be hits may be left out.
  init(_ clauses: [ClauseScorer], _ documentCount: Int, allowed: DocumentSet?, isPruning: Bool) {
    self.clauses = clauses
    order = clauses.indices.sorted { (clauses[$0].documentCount, $0) < (clauses[$1].documentCount, $1) }
    self.allowed = allowed
    self.documentCount = documentCount
    self.isPruning = isPruning
    let (smallest, largest) = ConjunctionSearch.sizes
    windowSize = isPruning ? min(largest, max(smallest, documentCount / ConjunctionSearch.windows)) : largest
  }

  /// Gives how many documents match; of those that may be hits, where it is pruning.
  mutating func search(_ finalists: inout Finalists) throws(SearchError) -> Int {
    var total = 0
    guard clauses.allSatisfy({ $0.documentCount > 0 }) else { return 0 }
    for start in Swift.stride(from: 0, to: documentCount, by: windowSize) {
      if finalists.mustEnd() { break }
      let end = min(start + windowSize, documentCount)
      let window = UInt32(start)..<UInt32(end)
      guard let least = leastX(window, finalists) else { continue }
      try collect(window, least: least)
      guard !documents.isEmpty else { continue }
      total += documents.count
      try score(window, &finalists)
    }
    return total
  }

  /// The least x of the rarest word with which a document of a window may be a hit; nil where none may. 0 where all
  /// matches are looked at.
  private func leastX(_ window: Range<UInt32>, _ finalists: borrowing Finalists) -> Float? {
    guard isPruning else { return 0 }
    let rarest = clauses[order[0]].bound(window).all
    guard rarest > 0 else { return nil }
    var others = finalists.hasPairs ? finalists.pairBound { clauses[$0].bound(window) } : 0
    for clause in order.dropFirst() {
      let bound = clauses[clause].bound(window).all
      guard bound > 0 else { return nil }
      others += ClauseScorer.score(bound, clauses[clause].weight)
    }
    let least = clauses[order[0]].leastX(finalists.cut - others)
    return rarest < least ? nil : least
  }

  /// The documents of a window that hold all words, and their x by word.
  ///
  /// - Parameter least: documents of blocks in which x of the rarest word stays below may be left out.
  private mutating func collect(_ window: Range<UInt32>, least: Float) throws(SearchError) {
    documents.removeAll()
    try clauses[order[0]].append(window, least: least, to: &documents)
    if let allowed { keep { allowed.contains(Int($0)) } }
    stride = documents.count
    rows.removeAll()
    rows.append(repeating: 0, count: stride * clauses.count)
    for place in 1..<order.count {
      if documents.isEmpty { return }
      try clauses[order[place]].readX(at: documents, into: &x)
      keepFound(place)
    }
    guard !documents.isEmpty else { return }
    // Most of the rarest word's documents are gone: theirs is read last.
    try clauses[order[0]].readX(at: documents, into: &x)
    for index in 0..<documents.count { rows[order[0] * stride + index] = x[index] }
  }

  private mutating func keep(_ isKept: (UInt32) -> Bool) {
    var kept = 0
    for index in 0..<documents.count where isKept(documents[index]) {
      documents[kept] = documents[index]
      kept += 1
    }
    documents.truncate(to: kept)
  }

  /// Keeps the documents that have an x for the clause at a place of the order, and their rows so far.
  private mutating func keepFound(_ place: Int) {
    let row = order[place] * stride
    var kept = 0
    for index in 0..<documents.count where x[index] > 0 {
      documents[kept] = documents[index]
      rows[row + kept] = x[index]
      for earlier in 1..<place { rows[order[earlier] * stride + kept] = rows[order[earlier] * stride + index] }
      kept += 1
    }
    documents.truncate(to: kept)
  }

  /// Adds the scores up in query order, as the oracle does.
  private mutating func score(_ window: Range<UInt32>, _ finalists: inout Finalists) throws(SearchError) {
    x.removeAll()
    x.append(repeating: 0, count: documents.count)
    for (clause, scorer) in clauses.enumerated() {
      let row = clause * stride
      for index in 0..<documents.count { x[index] += BM25.saturated(rows[row + index], scorer.weight) }
    }
    guard finalists.hasPairs else {
      for index in 0..<documents.count where x[index] >= finalists.cut {
        try finalists.addExact(documents[index], x[index])
      }
      return
    }
    let most = finalists.pairBounds(&pairBounds) { clauses[$0].bound(window) }
    for index in 0..<documents.count where x[index] + most >= finalists.cut {
      let pairs = try finalists.pairBound(pairBounds, documents[index])
      finalists.add(documents[index], x[index], pairs: pairs)
    }
    try finalists.settle()
  }
}
