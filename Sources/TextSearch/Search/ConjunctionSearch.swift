/// Finds the best documents that hold all words: those of the rarest word are looked up in the other lists, block by block.
struct ConjunctionSearch: ~Copyable {
  /// Documents whose bound is compared with the hits at once.
  private static let chunk = 64
  /// Documents that are looked at together: as many as keep buffers small.
  private static let windowSize = 8192

  /// The rarest first.
  private let clauses: [ClauseScorer]
  /// In query order.
  private let queryOrder: [ClauseScorer]
  private let allowed: DocumentSet?
  private let isCounting: Bool
  private let documentCount: Int
  private var documents = GrowableBuffer<UInt32>(capacity: 128)
  private var found = GrowableBuffer<UInt8>(capacity: 128)
  private(set) var scoredDocuments = 0

  init(_ clauses: [ClauseScorer], _ documentCount: Int, allowed: DocumentSet?, isCounting: Bool) {
    queryOrder = clauses
    self.clauses = clauses.sorted { $0.documentCount < $1.documentCount }
    self.allowed = allowed
    self.isCounting = isCounting
    self.documentCount = documentCount
  }

  /// Gives how many documents match, if they are to be counted.
  mutating func search(_ finalists: inout Finalists) throws(SearchError) -> Int {
    var total = 0
    guard clauses.allSatisfy({ $0.documentCount > 0 }) else { return 0 }
    for start in stride(from: 0, to: documentCount, by: ConjunctionSearch.windowSize) {
      let end = min(start + ConjunctionSearch.windowSize, documentCount)
      try collect(UInt32(start)..<UInt32(end))
      total += documents.count
      try score(&finalists)
    }
    return total
  }

  /// The documents of a window that hold all words.
  private mutating func collect(_ window: Range<UInt32>) throws(SearchError) {
    documents.removeAll()
    try clauses[0].append(window, to: &documents)
    if let allowed { keep { allowed.contains(Int($0)) } }
    for clause in clauses.dropFirst() {
      if documents.isEmpty { return }
      found.removeAll()
      found.append(repeating: 0, count: documents.count)
      try clause.find(documents, &found)
      keepFound()
    }
  }

  private mutating func keep(_ isKept: (UInt32) -> Bool) {
    var kept = 0
    for index in 0..<documents.count where isKept(documents[index]) {
      documents[kept] = documents[index]
      kept += 1
    }
    documents.truncate(to: kept)
  }

  private mutating func keepFound() {
    var kept = 0
    for index in 0..<documents.count {
      // Safe because: `kept` is never above `index`.
      unsafe documents[unchecked: kept] = documents[unchecked: index]
      kept &+= unsafe Int(found[unchecked: index])
    }
    documents.truncate(to: kept)
  }

  /// Scores the documents that may reach the hits.
  private mutating func score(_ finalists: inout Finalists) throws(SearchError) {
    for start in stride(from: 0, to: documents.count, by: ConjunctionSearch.chunk) {
      let end = min(start + ConjunctionSearch.chunk, documents.count)
      guard bound(documents[start]..<documents[end - 1] + 1, finalists) >= finalists.cut else { continue }
      scoredDocuments += end - start
      try finalists.decide(documents, start..<end)
    }
  }

  /// The most that a document of a window scores.
  private func bound(_ window: Range<UInt32>, _ finalists: borrowing Finalists) -> Float {
    var sum: Float = 0
    for clause in queryOrder { sum += ClauseScorer.score(clause.bound(window).all, clause.weight) }
    return sum + finalists.pairBound { queryOrder[$0].bound(window) }
  }
}
