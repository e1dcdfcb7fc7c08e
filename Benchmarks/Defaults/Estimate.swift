/// A figure measured on a sample, with its confidence interval.
struct Estimate {
  let value: Double
  let low: Double
  let high: Double

  /// - Parameters:
  ///   - value: the figure of the sample.
  ///   - resampled: the figure of each resample.
  ///   - confidence: fraction of the resamples whose figures the interval contains.
  init(_ value: Double, _ resampled: [Double], confidence: Double) {
    let sorted = resampled.sorted()
    let tail = Int((1 - confidence) / 2 * Double(sorted.count))
    self.value = value
    low = sorted.isEmpty ? value : sorted[tail]
    high = sorted.isEmpty ? value : sorted[sorted.count - 1 - tail]
  }

  /// Returns the figure and its interval as text, all divided by a unit.
  func text(per unit: Double = 1, digits: Int) -> String {
    "\(fixed(value / unit, digits)) [\(fixed(low / unit, digits)), \(fixed(high / unit, digits))]"
  }
}
