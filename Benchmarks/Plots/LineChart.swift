/// Curves of growth: both scales logarithmic, so that what grows in proportion is a straight line.
struct LineChart {
  let title: String
  let unit: String
  var series: [(name: String, points: [(x: Double, y: Double)])] = []

  private static let left = 70.0
  private static let top = 50.0
  private static let plotWidth = 420.0
  private static let plotHeight = 280.0

  init(title: String, unit: String) {
    self.title = title
    self.unit = unit
  }

  var drawing: SVGDrawing {
    var drawing = SVGDrawing(width: LineChart.left + LineChart.plotWidth + 150, height: 390)
    let (left, top) = (LineChart.left, LineChart.top)
    let (right, bottom) = (left + LineChart.plotWidth, top + LineChart.plotHeight)
    let points = series.flatMap(\.points)
    let across = LogAxis(points.map(\.x), from: left, to: right, base: 2)
    let up = LogAxis(points.map(\.y), from: bottom, to: top, base: 2)
    drawing.text(left, 24, title, size: 16)
    drawing.text(left, 42, "across: MB of text; up: \(unit)", size: 11)
    for tick in up.ticks {
      drawing.line(left, up.place(tick), right, up.place(tick))
      drawing.text(left - 6, up.place(tick) + 4, LogAxis.label(tick), .end)
    }
    for tick in across.ticks {
      drawing.line(across.place(tick), top, across.place(tick), bottom)
      drawing.text(across.place(tick), bottom + 18, LogAxis.label(tick), .middle)
    }
    for (place, curve) in series.enumerated() {
      drawing.curve(
        curve.points.map { (across.place($0.x), up.place($0.y)) }, color: SVGDrawing.color(place))
    }
    drawing.legend(series.map(\.name), x: right + 16, y: top)
    return drawing
  }

  func write(to file: String) throws { try drawing.write(to: file) }
}
