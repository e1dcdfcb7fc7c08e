/// A bar chart: groups side by side, one bar per series, on a logarithmic scale.
struct BarChart {
  let title: String
  let series: [String]
  /// Positive values, one per series; nil for a series without a value.
  var groups: [(name: String, values: [Double?])] = []

  private static let bar = 12.0
  private static let gap = 18.0
  private static let left = 60.0
  private static let top = 40.0
  private static let plotHeight = 300.0

  init(title: String, series: [String]) {
    self.title = title
    self.series = series
  }

  private var groupWidth: Double { Double(series.count) * BarChart.bar + BarChart.gap }
  private var plotWidth: Double { Double(groups.count) * max(groupWidth, 96) }

  /// The chart with its axis and legend.
  var drawing: SVGDrawing {
    var drawing = SVGDrawing(width: BarChart.left + plotWidth + 140, height: BarChart.top + BarChart.plotHeight + 40)
    let bottom = BarChart.top + BarChart.plotHeight
    let axis = LogAxis(groups.flatMap { $0.values.compactMap(\.self) }, from: bottom, to: BarChart.top)
    drawing.text(title, at: (BarChart.left, 24), size: 16)
    for tick in axis.ticks {
      let y = axis.position(of: tick)
      drawing.line(from: (BarChart.left, y), to: (BarChart.left + plotWidth, y))
      drawing.text(LogAxis.label(tick), at: (BarChart.left - 6, y + 4), .end)
    }
    for (index, group) in groups.enumerated() { draw(group, at: index, axis, bottom: bottom, in: &drawing) }
    drawing.legend(series, x: BarChart.left + plotWidth + 16, y: BarChart.top)
    return drawing
  }

  /// Draws a group, its bars from `bottom` up and its name below.
  ///
  /// - Parameter index: the index of the group from the left.
  private func draw(
    _ group: (name: String, values: [Double?]), at index: Int, _ axis: LogAxis, bottom: Double,
    in drawing: inout SVGDrawing
  ) {
    let width = max(groupWidth, 96)
    let center = BarChart.left + (Double(index) + 0.5) * width
    let first = center - Double(series.count) * BarChart.bar / 2
    for (number, value) in group.values.enumerated() {
      guard let value else { continue }
      let y = axis.position(of: value)
      drawing.box(
        at: (first + Double(number) * BarChart.bar, y), width: BarChart.bar - 1, height: max(1, bottom - y),
        color: SVGDrawing.color(number), note: "\(series[number]), \(group.name): \(fixed(value, 1))")
    }
    drawing.text(group.name, at: (center, bottom + 18), .middle, size: 11)
  }

  func write(to file: String) throws { try drawing.write(to: file) }
}
