/// What the pair filters know of a phrase: documents whose filters deny one of its pairs do not hold it.
struct PhrasePairs {
  private let filters: PairFilters
  /// All ways to write each pair of neighbours, one pair after the other, and where each pair's end.
  private let asked: [ProbedPair]
  private let ends: [Int]

  /// - Parameter words: what stands for the keys of each word of the phrase.
  init(_ words: [[UInt32]], _ segment: Segment) {
    filters = segment.pairs
    var asked: [ProbedPair] = []
    var ends: [Int] = []
    if !filters.isEmpty {
      for (first, second) in zip(words, words.dropFirst()) {
        let pair = PairHashes.ofPair(first, second)
        if pair.isEmpty { continue }
        asked += pair.map { ProbedPair($0) }
        ends.append(asked.count)
      }
    }
    self.asked = asked
    self.ends = ends
  }

  /// Keeps the documents whose filters deny no pair.
  func keepHolders(_ documents: inout GrowableBuffer<UInt32>) throws(SearchError) {
    if ends.isEmpty { return }
    var kept = 0
    for index in 0..<documents.count {
      let document = documents[index]
      documents[kept] = document
      kept += try mayHold(document) ? 1 : 0
    }
    documents.truncate(to: kept)
  }

  /// Whether the filters leave it open that a document holds the phrase.
  func mayHold(_ document: UInt32) throws(SearchError) -> Bool {
    if ends.isEmpty { return true }
    guard let filter = unsafe try filters.filter(document) else { return false }
    var start = 0
    for end in ends {
      guard unsafe filter.mayHold(asked, start..<end) else { return false }
      start = end
    }
    return true
  }
}
