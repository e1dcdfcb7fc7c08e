import Foundation

/// The queries of a class, what the engines answered and how long it took them.
final class QueryMeasurement {
  let group: QueryClass
  let queries: [BenchmarkQuery]
  let engines: [String]
  /// Answers of the pass before the first that is timed: by engine and query.
  let answers: [[QueryAnswer?]]
  /// Nanoseconds of all passes: by engine and query.
  private var times: [[[Double]]]

  init(_ group: QueryClass, _ queries: [BenchmarkQuery], _ engines: [any QueryEngine]) throws {
    self.group = group
    self.queries = queries
    self.engines = engines.map(\.name)
    answers = try engines.map { try $0.run(queries) }
    times = engines.map { _ in queries.map { _ in [] } }
  }

  /// Asks every engine once.
  func pass(_ engines: [any QueryEngine]) throws {
    for (place, engine) in engines.enumerated() {
      // An engine that cannot answer the class is not asked again.
      guard answers[place].contains(where: { $0 != nil }) else { continue }
      for (number, answer) in try engine.run(queries).enumerated() {
        guard let answer else { continue }
        try require(
          answer.keys == answers[place][number]?.keys, "\(engine.name): other hits for \(queries[number].text)")
        times[place][number].append(Double(answer.nanoseconds))
      }
    }
  }

  /// Median nanoseconds of each query that the engine answered.
  func medians(_ engine: Int) -> [Double] { times[engine].filter { !$0.isEmpty }.map(median) }

  /// Nanoseconds that `percent` % of the queries take at most; nil for an engine that cannot answer.
  func percentile(_ percent: Int, _ engine: Int) -> Double? {
    let sorted = medians(engine).sorted()
    guard !sorted.isEmpty else { return nil }
    return sorted[min(sorted.count - 1, sorted.count * percent / 100)]
  }

  /// The least percentile of the peers; nil without any.
  func fastestPeer(_ percent: Int, peers: Range<Int>) -> Double? { peers.compactMap { percentile(percent, $0) }.min() }

  /// What is kept of a run: machine, commit and date, and the median of every query.
  struct Record: Encodable {
    let benchmark = "query"
    let machine = Machine.model
    let cores = Machine.cores
    let commit = Machine.commit
    let date = Machine.date
    let collection: String
    let documents: Int
    let group: String
    let engine: String
    let passes: Int
    let medianNanoseconds: [Double]
    let queries: [String]
  }

  func records(_ collection: String, documents: Int) -> [Record] {
    engines.indices.compactMap { engine in
      let answered = queries.indices.filter { !times[engine][$0].isEmpty }
      guard let first = answered.first else { return nil }
      return Record(
        collection: collection, documents: documents, group: group.rawValue, engine: engines[engine],
        passes: times[engine][first].count, medianNanoseconds: medians(engine),
        queries: answered.map { queries[$0].text })
    }
  }
}
