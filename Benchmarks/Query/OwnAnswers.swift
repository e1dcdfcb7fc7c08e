/// Assertions on our own answers, without regard to the peers.
enum OwnAnswers {
  /// Checks totals, number of hits and order of scores, and that hits do not depend on counting.
  ///
  /// - Throws: ``WrongAnswer`` if one of them is violated.
  static func check(_ measurement: QueryMeasurement) throws {
    for (number, query) in measurement.queries.enumerated() {
      guard let answer = measurement.answers[0][number], let total = answer.total else { continue }
      try require(
        !answer.isExact || isPossible(total, query),
        "\(query.group.rawValue) '\(query.text)': \(total) of \(query.frequencies)")
      try require(answer.keys.count == min(10, total), "'\(query.text)': \(answer.keys.count) hits of \(total)")
      try require(zip(answer.scores, answer.scores.dropFirst()).allSatisfy(>=), "'\(query.text)': scores rise")
    }
    for (number, query) in measurement.queries.enumerated() {
      let (counted, uncounted) = (measurement.answers[0][number], measurement.answers[2][number])
      try require(
        counted?.keys == uncounted?.keys && counted?.scores == uncounted?.scores,
        "'\(query.text)': other hits where matches are not counted")
    }
    let answered = measurement.answers[1].compactMap { $0?.total }
    let found = answered.filter { $0 > 0 }.count
    try require(
      Double(found) >= minimumFound(measurement.group.kind) * Double(answered.count),
      "\(measurement.group.rawValue): only \(found) of \(answered.count) queries have hits with the default options")
  }

  /// Checks answers to real queries: hits do not depend on counting, and are the top of as many matches.
  ///
  /// - Parameter ours: number of our engines, which come first and count to different limits.
  /// - Throws: ``WrongAnswer`` if one of them is violated.
  static func checkReal(_ measurement: QueryMeasurement, ours: Int) throws {
    for (number, query) in measurement.queries.enumerated() {
      guard let first = measurement.answers[0][number] else { throw WrongAnswer(description: "no answer") }
      try require(first.keys.count == min(10, first.total ?? 0), "'\(query.text)': \(first.keys.count) hits")
      try require(zip(first.scores, first.scores.dropFirst()).allSatisfy(>=), "'\(query.text)': scores rise")
      for other in 1..<ours {
        let answer = measurement.answers[other][number]
        try require(
          answer?.keys == first.keys && answer?.scores == first.scores,
          "'\(query.text)': other hits where matches are counted otherwise")
      }
    }
  }

  /// Minimum fraction of the queries that have hits with the default options. It is less than 1: words before an
  /// apostrophe (`jusqu'`) are not indexed there, so that a phrase with one of them (`de l eau`) matches nothing.
  private static func minimumFound(_ kind: QueryKind) -> Double { kind == .phrase ? 0.75 : 0.9 }

  /// Whether a total is possible, given how many documents contain each word of the query.
  private static func isPossible(_ total: Int, _ query: BenchmarkQuery) -> Bool {
    let (minimum, maximum) = (query.frequencies.min() ?? 1, query.frequencies.max() ?? .max)
    switch query.kind {
    case .term: return total == minimum
    case .or: return total >= maximum && total <= query.frequencies.reduce(0, +)
    case .and, .phrase: return total >= 1 && total <= minimum
    case .prefix: return total >= 1
    }
  }
}
