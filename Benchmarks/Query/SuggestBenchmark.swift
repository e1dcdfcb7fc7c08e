import TextSearch

/// Latency of completions and corrections on an index with default options.
enum SuggestBenchmark {
  private static let maximumWords = 200
  private static let passes = 5

  static func run(_ operands: [String]) throws {
    for file in operands {
      let scratch = Scratch()
      try measure(try QueryCollection(file, paragraphs: false, scratch: scratch.path))
    }
  }

  static func measure(_ collection: QueryCollection) throws {
    let index = try OurQueries("suggest", collection.documents, plain: false).index
    let set = try QuerySet(
      collection.plain, try OurQueries("words", collection.plain, plain: true).index, count: maximumWords)
    let words = set.groups.first { $0.group == .medium }?.queries.map(\.text).filter { $0.count >= 5 } ?? []
    try require(!words.isEmpty, "no words to complete")
    print("\nsuggest \(collection.name): \(words.count) words, median of \(passes) passes; us p50, p99")
    for length in 1...4 {
      try report("complete \(length) letters", words.map { String($0.prefix(length)) }) { text in
        try require(try !index.completions(of: text).isEmpty, "nothing completes '\(text)'")
      }
    }
    try report("correct 1 letter", words.map { swapped($0) }) { _ = try index.correction(of: $0) }
    try report("correct 2 letters", words.map { swapped(swapped($0), at: 3) }) {
      _ = try index.correction(of: $0)
    }
    try report("correct the first letter", words.map { swapped($0, at: 0) }) { _ = try index.correction(of: $0) }
    // The worst case: every search for similar words is made, and none finds any.
    try report("nothing near", words.map { String($0.reversed()) + "qz" }) { _ = try index.correction(of: $0) }
    let pairs = set.groups.first { $0.group == .pairWithoutDiacritics }?.queries.map(\.text) ?? []
    if !pairs.isEmpty { try report("add diacritics to a pair", pairs) { _ = try index.correction(of: $0) } }
  }

  /// Returns a word with two adjacent letters exchanged; words that are too short are returned unchanged.
  private static func swapped(_ word: String, at index: Int = 1) -> String {
    var letters = Array(word)
    guard letters.count > index + 1 else { return word }
    letters.swapAt(index, index + 1)
    return String(letters)
  }

  /// Runs `body` on each text and prints p50 and p99 of the medians in microseconds.
  private static func report(_ name: String, _ texts: [String], _ body: (String) throws -> Void) throws {
    var medians: [Double] = []
    for text in texts {
      var times: [Double] = []
      for _ in 0..<passes {
        let start = SystemCalls.nanoseconds()
        try body(text)
        times.append(Double(SystemCalls.nanoseconds() - start) / 1000)
      }
      medians.append(median(times))
    }
    medians.sort()
    let last = medians[min(medians.count - 1, medians.count * 99 / 100)]
    print("  " + name.padding(26) + fixed(median(medians), 1).padding(-10) + fixed(last, 1).padding(-10))
  }
}
