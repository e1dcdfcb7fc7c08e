import Foundation

/// The queries of a class, with the answers and times of all engines.
final class QueryMeasurement {
  let group: QueryClass
  let queries: [BenchmarkQuery]
  let engines: [String]
  /// Answers by engine and query, of a pass before those that are timed.
  let answers: [[QueryAnswer?]]
  /// Nanoseconds by engine, query and pass.
  private var times: [[[Double]]]

  init(_ group: QueryClass, _ queries: [BenchmarkQuery], _ engines: [any QueryEngine]) throws {
    self.group = group
    self.queries = queries
    self.engines = engines.map(\.name)
    answers = try engines.map { try $0.run(queries) }
    times = engines.map { _ in queries.map { _ in [] } }
  }

  /// Runs every query once on every engine.
  ///
  /// - Throws: ``WrongAnswer`` if an engine returns other hits than before.
  func pass(_ engines: [any QueryEngine]) throws {
    for (index, engine) in engines.enumerated() {
      // An engine that does not support the class is skipped.
      guard answers[index].contains(where: { $0 != nil }) else { continue }
      for (number, answer) in try engine.run(queries).enumerated() {
        guard let answer else { continue }
        try require(
          answer.keys == answers[index][number]?.keys, "\(engine.name): other hits for \(queries[number].text)")
        times[index][number].append(Double(answer.nanoseconds))
      }
    }
  }

  /// Returns the median nanoseconds of each query that an engine has answered.
  func medians(_ engine: Int) -> [Double] { times[engine].filter { !$0.isEmpty }.map(median) }

  /// Median nanoseconds by engine and query. Every engine must have answered every query.
  var medianTimes: [[Double]] { times.map { $0.map(median) } }

  /// Returns a percentile of the medians of an engine in nanoseconds; nil without answers.
  func percentile(_ percent: Int, _ engine: Int) -> Double? {
    QueryMeasurement.percentile(percent, of: medians(engine).sorted())
  }

  /// Returns a percentile of ascending times; nil without any.
  static func percentile(_ percent: Int, of sorted: [Double]) -> Double? {
    sorted.isEmpty ? nil : sorted[min(sorted.count - 1, sorted.count * percent / 100)]
  }

  /// Returns the lowest percentile of the peers; nil without answers of any.
  func fastestPeer(_ percent: Int, peers: Range<Int>) -> Double? { peers.compactMap { percentile(percent, $0) }.min() }

  /// A record of a measurement: machine, commit and date, and the median of every query.
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

  /// Returns a record for each engine that has answered.
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
