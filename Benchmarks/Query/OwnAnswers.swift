/// What must hold of our own answers, whoever else answers.
enum OwnAnswers {
  static func check(_ measurement: QueryMeasurement) throws {
    for (number, query) in measurement.queries.enumerated() {
      guard let answer = measurement.answers[0][number], let total = answer.total else { continue }
      // A total that is not counted is a lower bound.
      try require(
        !answer.isExact || isPossible(total, query),
        "\(query.group.rawValue) '\(query.text)': \(total) of \(query.frequencies)")
      try require(answer.keys.count == min(10, total), "'\(query.text)': \(answer.keys.count) hits of \(total)")
      try require(zip(answer.scores, answer.scores.dropFirst()).allSatisfy(>=), "'\(query.text)': scores rise")
    }
    for (number, query) in measurement.queries.enumerated() {
      let (counted, uncounted) = (measurement.answers[0][number], measurement.answers[2][number])
      try require(
        counted?.keys == uncounted?.keys && counted?.scores == uncounted?.scores
          && uncounted?.total ?? 0 <= counted?.total ?? 0,
        "'\(query.text)': other hits, or more, where matches are not counted")
    }
    let answered = measurement.answers[1].compactMap { $0?.total }
    let found = answered.filter { $0 > 0 }.count
    try require(
      Double(found) >= minimumFound(measurement.group.kind) * Double(answered.count),
      "\(measurement.group.rawValue): the full recipe finds something for \(found) of \(answered.count) only")
  }

  /// The part of the queries that the full recipe finds something for. Not all: words before an apostrophe (`jusqu'`) are
  /// no words there, and a phrase with one of them (`de l eau`) stands nowhere.
  private static func minimumFound(_ kind: QueryKind) -> Double { kind == .phrase ? 0.75 : 0.9 }

  /// Whether so many documents can hold words that so many documents each hold.
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
