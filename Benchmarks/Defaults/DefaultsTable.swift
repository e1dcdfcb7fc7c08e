/// Tables of what engines find for real queries and how long they take.
struct DefaultsTable {
  /// What an engine found for the queries of a set.
  struct Row {
    let set: String
    let engine: String
    let queries: Int
    /// Queries with at least one hit.
    let found: Int
    /// Median of the totals; nil if the engine does not count.
    let medianTotal: Int?
  }

  private let measurements: [QueryMeasurement]
  private let names: [String]
  private let words: [QueryWords]
  private let engines: [String]
  /// Index of the engine that ratios refer to.
  private let reference: Int?

  /// - Parameters:
  ///   - measurements: those of each set, all queries answered by every engine.
  ///   - names: the names of the sets.
  ///   - words: words of all queries by engine.
  ///   - reference: name of the engine that ratios refer to; there are none without it.
  init(_ measurements: [QueryMeasurement], names: [String], words: [QueryWords], reference: String) {
    (self.measurements, self.names, self.words) = (measurements, names, words)
    let engines = measurements.first?.engines ?? []
    self.engines = engines
    self.reference = engines.firstIndex(of: reference)
  }

  var rows: [Row] {
    zip(names, measurements).flatMap { name, measurement in
      engines.indices.map { engine in
        let answers = measurement.answers[engine].compactMap { $0 }
        let totals = answers.compactMap(\.total).sorted()
        return Row(
          set: name, engine: engines[engine], queries: answers.count, found: answers.count { !$0.keys.isEmpty },
          medianTotal: totals.isEmpty ? nil : totals[totals.count / 2])
      }
    }
  }

  func print() {
    printFound()
    var groups = zip(names, measurements).map { ($0, $1.medianTimes) }
    if measurements.count > 1 {
      let all = engines.indices.map { engine in measurements.flatMap { $0.medianTimes[engine] } }
      groups.append(("all", all))
    }
    Swift.print(PercentileRows.legend + (reference.map { " to \(engines[$0])" } ?? ""))
    for (name, times) in groups {
      Swift.print(name)
      PercentileRows.print(engines, times, references: engines.map { _ in reference })
    }
  }

  private func printFound() {
    Swift.print(
      "found: queries with hits, median total of each set; words read in all queries, words of them in the index")
    let rows = rows
    for (engine, name) in engines.enumerated() {
      let cells = rows.filter { $0.engine == name }.map { row in
        "\(row.set) \(row.found) of \(row.queries), \(row.medianTotal.map(String.init) ?? "not counted")"
      }
      let count = words[engine]
      Swift.print("  " + name.padding(16) + cells.joined(separator: "; ") + "; words \(count.read), \(count.found)")
    }
  }
}
