/// A line chart with two logarithmic scales, on which proportional growth is a straight line.
struct LineChart {
  let title: String
  /// Unit of the vertical scale.
  let unit: String
  /// Unit of the horizontal scale.
  var across = "MB of text"
  var series: [(name: String, points: [(x: Double, y: Double)])] = []

  private static let left = 70.0
  private static let top = 50.0
  private static let plotWidth = 420.0
  private static let plotHeight = 280.0

  init(title: String, unit: String) {
    self.title = title
    self.unit = unit
  }

  /// The chart with its axes and legend.
  var drawing: SVGDrawing {
    var drawing = SVGDrawing(width: LineChart.left + LineChart.plotWidth + 150, height: 390)
    let (left, top) = (LineChart.left, LineChart.top)
    let (right, bottom) = (left + LineChart.plotWidth, top + LineChart.plotHeight)
    let points = series.flatMap(\.points)
    let across = LogAxis(points.map(\.x), from: left, to: right, base: 2)
    let up = LogAxis(points.map(\.y), from: bottom, to: top, base: 2)
    drawing.text(title, at: (left, 24), size: 16)
    drawing.text("across: \(across); up: \(unit)", at: (left, 42), size: 11)
    for tick in up.ticks {
      let y = up.position(of: tick)
      drawing.line(from: (left, y), to: (right, y))
      drawing.text(LogAxis.label(tick), at: (left - 6, y + 4), .end)
    }
    for tick in across.ticks {
      let x = across.position(of: tick)
      drawing.line(from: (x, top), to: (x, bottom))
      drawing.text(LogAxis.label(tick), at: (x, bottom + 18), .middle)
    }
    for (index, curve) in series.enumerated() {
      drawing.curve(
        curve.points.map { (across.position(of: $0.x), up.position(of: $0.y)) }, color: SVGDrawing.color(index))
    }
    drawing.legend(series.map(\.name), x: right + 16, y: top)
    return drawing
  }

  func write(to file: String) throws { try drawing.write(to: file) }
}
