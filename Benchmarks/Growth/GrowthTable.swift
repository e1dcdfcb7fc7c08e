/// Table of the sizes, the engines side by side, and the slopes.
struct GrowthTable {
  private let steps: [GrowthStep]
  private let engines: [String]
  private let intervals: PercentileIntervals

  /// - Parameter steps: at least one; all have measured the same queries on the same engines.
  init(_ steps: [GrowthStep]) {
    self.steps = steps
    engines = steps.first?.engines ?? []
    intervals = PercentileIntervals(steps.flatMap(\.times))
  }

  /// Index of an engine at a step among the columns of the intervals.
  private func column(_ step: Int, _ engine: Int) -> Int { step * engines.count + engine }

  /// Returns the slope of a percentile of each engine.
  ///
  /// - Parameter percent: index in ``PercentileIntervals/percents``.
  func slopes(_ percent: Int) -> [Estimate] {
    engines.indices.map { engine in
      intervals.slope(
        percent, of: steps.indices.map { column($0, engine) }, over: steps.map { Double($0.documents) })
    }
  }

  func print() {
    Swift.print(
      "us: p50, p90, p99 of the medians of the queries [95 % bootstrap interval over the queries]"
        + (engines.count > 1 ? "; ratios to \(engines[1])" : ""))
    Swift.print(
      "documents".padding(-10) + "  " + "engine".padding(10) + ["build s", "MB"].map { $0.padding(-9) }.joined())
    for step in steps.indices { for engine in engines.indices { printRow(step, engine) } }
    Swift.print("slope in a log-log plot over the documents; 1 is proportional: p50, p90, p99")
    for (engine, name) in engines.enumerated() {
      let cells = PercentileIntervals.percents.indices.map { slopes($0)[engine].text(digits: 2) }
      Swift.print("  " + name.padding(10) + cells.map { $0.padding(-20) }.joined())
    }
  }

  private func printRow(_ step: Int, _ engine: Int) {
    let build = steps[step].builds[engine]
    var cells = [fixed(build.buildSeconds, 2).padding(-9), fixed(Double(build.indexBytes) / 1e6, 1).padding(-9)]
    let percents = PercentileIntervals.percents.indices
    cells += percents.map {
      intervals.percentile($0, of: column(step, engine)).text(per: 1000, digits: 0).padding(-21)
    }
    if engine != 1, engines.count > 1 {
      cells += percents.map {
        intervals.ratio($0, of: column(step, engine), to: column(step, 1)).text(digits: 2).padding(-19)
      }
    }
    Swift.print("\(steps[step].documents)".padding(-10) + "  " + engines[engine].padding(10) + cells.joined())
  }

  /// Returns the median and the 99th percentile of each engine as lines over the documents, in microseconds.
  func chart(title: String) -> LineChart {
    var chart = LineChart(title: title, unit: "µs")
    chart.across = "documents"
    for (engine, name) in engines.enumerated() {
      for percent in [0, PercentileIntervals.percents.count - 1] {
        let points = steps.indices.map { step in
          (Double(steps[step].documents), intervals.percentile(percent, of: column(step, engine)).value / 1000)
        }
        chart.series.append(("\(name), p\(PercentileIntervals.percents[percent])", points))
      }
    }
    return chart
  }
}
