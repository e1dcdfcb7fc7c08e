import Foundation

/// A logarithmic scale: latencies spread over five powers of ten.
struct LogAxis {
  /// Values at the ends.
  let low: Double
  let high: Double
  /// Coordinates of the ends in the drawing.
  let start: Double
  let end: Double

  /// - Parameters:
  ///   - values: the values to be shown, positive.
  ///   - start: coordinate of the low end.
  ///   - end: coordinate of the high end.
  ///   - base: base of the powers at the ends and ticks.
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

  /// Returns the coordinate of a value; values below `low` are drawn at `start`.
  func position(of value: Double) -> Double {
    start + (end - start) * log(max(value, low) / low) / log(high / low)
  }

  /// The powers of the base from `low` to `high`.
  var ticks: [Double] { Array(sequence(first: low) { $0 * base < high * 1.001 ? $0 * base : nil }) }

  /// Returns the text of a tick.
  static func label(_ value: Double) -> String {
    value >= 1 ? fixed(value, value < 10 && value != value.rounded() ? 1 : 0) : fixed(value, value < 0.1 ? 3 : 2)
  }
}
