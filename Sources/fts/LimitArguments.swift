import TextSearch

/// The options of `fts query` that limit time and threads, and that weigh fields and expansions.
struct LimitArguments {
  static let options: [OptionSpecification] = [
    OptionSpecification(
      name: "weight", value: "FIELD=NUMBER",
      help: "weight of words in a field (default 1; 0: not searched): title=2; may be repeated"),
    OptionSpecification(
      name: "constant", help: "score all matches of a prefix, pattern or similar word alike: faster"),
    OptionSpecification(
      name: "timeout", value: "TIME", help: "stop the search and show the hits found by then: 50ms, 2s, or milliseconds"
    ),
    OptionSpecification(
      name: "threads", value: "N", help: "threads to search with, by segments and ranges of large ones (default 1)"),
  ]

  private static let maximumMilliseconds = 1_000_000_000
  private static let maximumThreads = 64

  /// Maximum time of a query; nil for no limit.
  let timeout: Duration?
  private let weights: [String: Float]
  private let threads: Int
  private let expansionScore: SearchOptions.ExpansionScore

  /// - Throws: ``UsageError`` for a malformed value.
  init(_ arguments: Arguments) throws(UsageError) {
    timeout = try arguments.value("timeout").map(LimitArguments.duration)
    threads = try arguments.number("threads", in: 1...LimitArguments.maximumThreads) ?? 1
    expansionScore = arguments.has("constant") ? .constant : .bm25
    var weights: [String: Float] = [:]
    for text in arguments.all("weight") {
      let (field, weight) = try LimitArguments.weight(text)
      weights[field] = weight
    }
    self.weights = weights
  }

  /// Sets threads, field weights and the score of expansions.
  ///
  /// - Throws: ``SearchError`` for a field that the index does not have and for a weight out of range.
  func set(_ options: inout SearchOptions, _ index: SearchIndex) throws(SearchError) {
    options.threads = threads
    options.expansionScore = expansionScore
    options.ranking.fieldWeights = weights
    try index.check(options.ranking)
  }

  /// Parses `50ms`, `2s` or `50` (milliseconds).
  private static func duration(_ text: String) throws(UsageError) -> Duration {
    let isSeconds = text.hasSuffix("s") && !text.hasSuffix("ms")
    let digits = text.hasSuffix("ms") ? text.dropLast(2) : isSeconds ? text.dropLast() : text[...]
    let scale = isSeconds ? 1000 : 1
    guard let number = Int(digits), number >= 0, number <= maximumMilliseconds / scale else {
      throw UsageError(description: "--timeout takes a time, 50ms or 2s, not '\(text)'")
    }
    return .milliseconds(number * scale)
  }

  /// Parses `FIELD=NUMBER`.
  private static func weight(_ text: String) throws(UsageError) -> (field: String, weight: Float) {
    guard let sign = text.lastIndex(of: "="), let weight = Float(text[text.index(after: sign)...]) else {
      throw UsageError(description: "--weight takes a field and a number: title=2, not '\(text)'")
    }
    return (String(text[..<sign]), weight)
  }
}
