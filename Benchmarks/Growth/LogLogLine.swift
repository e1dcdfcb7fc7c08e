import Foundation

/// The line through points in a log-log plot, by least squares: y grows as x to the power of its slope.
struct LogLogLine {
  /// 1 where y is proportional to x, 0 where it does not depend on x, or with less than two different x.
  let slope: Double

  /// - Parameter points: positive coordinates.
  init(_ points: [(x: Double, y: Double)]) {
    let logarithms = points.map { (x: log($0.x), y: log($0.y)) }
    let count = Double(max(1, points.count))
    let meanX = logarithms.reduce(0) { $0 + $1.x } / count
    let meanY = logarithms.reduce(0) { $0 + $1.y } / count
    let variance = logarithms.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    slope = variance > 0 ? logarithms.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / variance : 0
  }
}
