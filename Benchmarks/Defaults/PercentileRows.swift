/// Rows of a table: percentiles of the times of engines for the same queries, with intervals, and their ratios.
enum PercentileRows {
  /// Explains the rows of a table.
  static let legend =
    "us: p50, p90, p99 of the queries [\(fixed(100 * PercentileIntervals.confidence, 0)) % bootstrap interval over the "
    + "queries]; then the ratios"

  /// Prints a row for each engine.
  ///
  /// - Parameters:
  ///   - times: nanoseconds by engine and query.
  ///   - references: for each engine the index of the one that its ratios refer to; nil for none.
  static func print(_ names: [String], _ times: [[Double]], references: [Int?]) {
    let intervals = PercentileIntervals(times)
    let percents = PercentileIntervals.percents.indices
    for (engine, name) in names.enumerated() {
      var cells = percents.map { intervals.percentile($0, of: engine).text(per: 1000, digits: 0) }
      if let reference = references[engine], reference != engine {
        cells += percents.map { intervals.ratio($0, of: engine, to: reference).text(digits: 2) }
      }
      Swift.print("  " + name.padding(24) + cells.map { $0.padding(-22) }.joined())
    }
  }
}
