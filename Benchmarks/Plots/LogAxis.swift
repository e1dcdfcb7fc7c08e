import Foundation

/// A scale on which equal ratios are equal lengths: latencies lie over five powers of ten.
struct LogAxis {
  let low: Double
  let high: Double
  /// Where the ends are drawn.
  let start: Double
  let end: Double

  /// - Parameters:
  ///   - values: what is to be shown, positive.
  ///   - base: the ends are powers of it.
  init(_ values: [Double], from start: Double, to end: Double, base: Double = 10) {
    let minimum = values.min() ?? 1
    let maximum = values.max() ?? 1
    low = pow(base, (log(max(minimum, 1e-9)) / log(base)).rounded(.down))
    let top = pow(base, (log(max(maximum, 1e-9)) / log(base)).rounded(.up))
    high = top > low ? top : low * base
    self.start = start
    self.end = end
    self.base = base
  }

  private let base: Double

  func place(_ value: Double) -> Double {
    start + (end - start) * log(max(value, low) / low) / log(high / low)
  }

  /// The powers of the base.
  var ticks: [Double] { Array(sequence(first: low) { $0 * base < high * 1.001 ? $0 * base : nil }) }

  static func label(_ value: Double) -> String {
    value >= 1 ? fixed(value, value < 10 && value != value.rounded() ? 1 : 0) : fixed(value, value < 0.1 ? 3 : 2)
  }
}
