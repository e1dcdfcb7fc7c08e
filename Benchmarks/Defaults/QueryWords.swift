import TextSearch

/// How many words engines read in queries, and how many of them a document contains.
struct QueryWords: Equatable {
  var read = 0
  var found = 0

  /// Counts those that the driver of a peer reports.
  init(_ driver: PeerProcess, queries: Int) throws {
    for _ in 0..<queries {
      let row = try driver.next(Row.self)
      read += row.words
      found += row.found
    }
  }

  /// A line of the driver.
  private struct Row: Decodable {
    let words: Int
    let found: Int
  }

  /// Counts those that ours reads with the default options.
  init(_ queries: [BenchmarkQuery], _ index: SearchIndex) throws {
    let analyzer = TextAnalyzer(index.options)
    for query in queries {
      var words: [Int: String] = [:]
      for reading in try analyzer.readings(ofQuery: query.text, ReadingOptions()) { words[reading.word] = reading.text }
      read += words.count
      for word in words.values where try index.documentFrequency(ofWord: word) > 0 { found += 1 }
    }
  }
}
