/// Groups of bars side by side, one bar for each series, on a logarithmic scale.
struct BarChart {
  let title: String
  let series: [String]
  /// Nil where a series has no value.
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

  var drawing: SVGDrawing {
    var drawing = SVGDrawing(width: BarChart.left + plotWidth + 140, height: BarChart.top + BarChart.plotHeight + 40)
    let bottom = BarChart.top + BarChart.plotHeight
    let axis = LogAxis(groups.flatMap { $0.values.compactMap(\.self) }, from: bottom, to: BarChart.top)
    drawing.text(BarChart.left, 24, title, size: 16)
    for tick in axis.ticks {
      let y = axis.place(tick)
      drawing.line(BarChart.left, y, BarChart.left + plotWidth, y)
      drawing.text(BarChart.left - 6, y + 4, LogAxis.label(tick), .end)
    }
    for (place, group) in groups.enumerated() { draw(group, at: place, axis, bottom, &drawing) }
    drawing.legend(series, x: BarChart.left + plotWidth + 16, y: BarChart.top)
    return drawing
  }

  private func draw(
    _ group: (name: String, values: [Double?]), at place: Int, _ axis: LogAxis, _ bottom: Double,
    _ drawing: inout SVGDrawing
  ) {
    let width = max(groupWidth, 96)
    let center = BarChart.left + (Double(place) + 0.5) * width
    let first = center - Double(series.count) * BarChart.bar / 2
    for (number, value) in group.values.enumerated() {
      guard let value else { continue }
      let y = axis.place(value)
      drawing.box(
        first + Double(number) * BarChart.bar, y, BarChart.bar - 1, max(1, bottom - y),
        color: SVGDrawing.color(number), note: "\(series[number]), \(group.name): \(fixed(value, 1))")
    }
    drawing.text(center, bottom + 18, group.name, .middle, size: 11)
  }

  func write(to file: String) throws { try drawing.write(to: file) }
}
