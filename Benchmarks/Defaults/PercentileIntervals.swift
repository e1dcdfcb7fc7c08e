/// Percentiles of the times of several engines for the same queries, and their ratios, with bootstrap intervals
/// (percentile method; Efron and Tibshirani, "An Introduction to the Bootstrap", 1993).
///
/// A resample draws queries, with the times of all engines: the interval of a ratio is that of paired times.
struct PercentileIntervals {
  static let percents = [50, 90, 99]
  static let confidence = 0.95
  private static let resamples = 1000
  private static let seed: UInt64 = 42

  /// Percentiles of the sample by engine and percent.
  private let sample: [[Double]]
  /// Percentiles by engine, percent and resample.
  private var resampled: [[[Double]]]

  /// - Parameter times: nanoseconds by engine and query; at least one query, as many for each engine.
  init(_ times: [[Double]]) {
    let queries = times.first?.count ?? 0
    precondition(queries > 0 && times.allSatisfy { $0.count == queries }, "a time for each engine and query")
    let ascending = times.map { times in times.indices.sorted { times[$0] < times[$1] } }
    func percentiles(_ engine: Int, _ draws: [Int]) -> [Double] {
      PercentileIntervals.percentiles(times[engine], ascending: ascending[engine], draws: draws)
    }
    sample = times.indices.map { percentiles($0, [Int](repeating: 1, count: queries)) }
    resampled = times.map { _ in PercentileIntervals.percents.map { _ in [] } }
    var random = SeededRandom(seed: PercentileIntervals.seed)
    for _ in 0..<PercentileIntervals.resamples {
      var draws = [Int](repeating: 0, count: queries)
      for _ in 0..<queries { draws[Int.random(in: 0..<queries, using: &random)] += 1 }
      for engine in times.indices {
        for (percent, value) in percentiles(engine, draws).enumerated() { resampled[engine][percent].append(value) }
      }
    }
  }

  /// Returns the percentiles of times of which each occurs as often as it was drawn.
  ///
  /// - Parameter ascending: indexes of the times in ascending order.
  private static func percentiles(_ times: [Double], ascending: [Int], draws: [Int]) -> [Double] {
    var found: [Double] = []
    var passed = 0
    for index in ascending {
      passed += draws[index]
      while found.count < percents.count, passed > min(times.count - 1, times.count * percents[found.count] / 100) {
        found.append(times[index])
      }
    }
    return found
  }

  /// Returns the slope of the line through a percentile of several engines in a log-log plot.
  ///
  /// - Parameter sizes: what stands across, one for each engine.
  func slope(_ percent: Int, of engines: [Int], over sizes: [Double]) -> Estimate {
    func slope(_ value: (Int) -> Double) -> Double {
      LogLogLine(zip(sizes, engines).map { ($0, value($1)) }).slope
    }
    return Estimate(
      slope { sample[$0][percent] },
      (0..<PercentileIntervals.resamples).map { draw in slope { resampled[$0][percent][draw] } },
      confidence: PercentileIntervals.confidence)
  }

  /// Returns the percentile at an index of ``percents`` of one engine.
  func percentile(_ percent: Int, of engine: Int) -> Estimate {
    Estimate(sample[engine][percent], resampled[engine][percent], confidence: PercentileIntervals.confidence)
  }

  /// Returns the ratio of a percentile of one engine to that of another.
  func ratio(_ percent: Int, of engine: Int, to other: Int) -> Estimate {
    Estimate(
      sample[engine][percent] / sample[other][percent],
      zip(resampled[engine][percent], resampled[other][percent]).map { $0 / $1 },
      confidence: PercentileIntervals.confidence)
  }
}
