/// Table of the latencies of all classes, the engines side by side.
struct QueryTable {
  private let measurements: [QueryMeasurement]
  private let engines: [String]
  /// Number of our engines, which come first if there are peers.
  static let ours = 3
  private static let percents = [50, 90, 99]
  private static let width = 9

  init(_ measurements: [QueryMeasurement]) {
    self.measurements = measurements
    engines = measurements.first?.engines ?? []
  }

  func print() {
    Swift.print("\nus: p50, p90, p99 of the medians of the queries; ratios of p50 and p99 to the fastest peer's")
    printHead()
    for measurement in measurements { printRow(measurement) }
  }

  private var hasPeers: Bool { engines.count > QueryTable.ours }

  private func printHead() {
    let names = engines.map { " | " + $0.padding(QueryTable.percents.count * QueryTable.width - 1) }
    let ratios = hasPeers ? engines.prefix(QueryTable.ours).map { " | " + "\($0) /".padding(17) } : []
    Swift.print("class".padding(18) + "queries" + (names + ratios).joined())
  }

  private func printRow(_ measurement: QueryMeasurement) {
    var row = measurement.group.rawValue.padding(18) + "\(measurement.queries.count)".padding(-7)
    for engine in engines.indices {
      let cells = QueryTable.percents.map { QueryTable.microseconds(measurement.percentile($0, engine)) }
      row += " | " + cells.map { $0.padding(-QueryTable.width + 1) }.joined(separator: " ")
    }
    if hasPeers { for engine in 0..<QueryTable.ours { row += " | " + ratios(measurement, engine) } }
    Swift.print(row)
  }

  /// Returns the ratios of p50 and p99 of one of our engines to the fastest peer.
  private func ratios(_ measurement: QueryMeasurement, _ engine: Int) -> String {
    [50, 99].map { percent in
      guard let own = measurement.percentile(percent, engine),
        let peer = measurement.fastestPeer(percent, peers: QueryTable.ours..<engines.count)
      else { return "-" }
      return fixed(own / peer, 2)
    }.map { $0.padding(-8) }.joined(separator: " ")
  }

  private static func microseconds(_ nanoseconds: Double?) -> String {
    nanoseconds.map { fixed($0 / 1000, $0 < 100_000 ? 1 : 0) } ?? "-"
  }

  /// Returns one percentile of all classes and engines as a chart, in microseconds.
  func chart(_ percent: Int, title: String) -> BarChart {
    var chart = BarChart(title: title, series: engines)
    for measurement in measurements {
      let bars = engines.indices.map { measurement.percentile(percent, $0).map { $0 / 1000 } }
      chart.groups.append((measurement.group.rawValue, bars))
    }
    return chart
  }
}

extension String {
  /// Returns the text with spaces up to a width: after it, or before it for a negative width.
  func padding(_ width: Int) -> String {
    let spaces = String(repeating: " ", count: max(0, abs(width) - count))
    return width < 0 ? spaces + self : self + spaces
  }
}
