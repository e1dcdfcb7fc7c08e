import Foundation

/// A drawing of lines, boxes and words, written as SVG 1.1.
struct SVGDrawing {
  let width: Double
  let height: Double
  private var elements: [String] = []

  /// Told apart by most readers who do not see all colours (Okabe and Ito, "Color Universal Design", 2008).
  static let colors = ["#0072B2", "#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#000000"]

  enum Anchor: String { case start, middle, end }

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String = "#cccccc") {
    elements.append("<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" stroke=\"\(color)\"/>")
  }

  mutating func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, color: String, note: String) {
    elements.append(
      "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" fill=\"\(color)\">"
        + "<title>\(SVGDrawing.escaped(note))</title></rect>")
  }

  mutating func curve(_ points: [(x: Double, y: Double)], color: String) {
    let list = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
    elements.append("<polyline points=\"\(list)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>")
    for point in points {
      elements.append("<circle cx=\"\(n(point.x))\" cy=\"\(n(point.y))\" r=\"3\" fill=\"\(color)\"/>")
    }
  }

  mutating func text(_ x: Double, _ y: Double, _ text: String, _ anchor: Anchor = .start, size: Int = 12) {
    elements.append(
      "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(size)\" text-anchor=\"\(anchor.rawValue)\">"
        + "\(SVGDrawing.escaped(text))</text>")
  }

  /// Names of series with their colours, one below the other.
  mutating func legend(_ names: [String], x: Double, y: Double) {
    for (place, name) in names.enumerated() {
      let top = y + Double(place) * 18
      box(x, top, 12, 12, color: SVGDrawing.color(place), note: name)
      text(x + 18, top + 10, name)
    }
  }

  static func color(_ place: Int) -> String { colors[place % colors.count] }

  /// The whole document.
  var source: String {
    let size = "width=\"\(n(width))\" height=\"\(n(height))\" viewBox=\"0 0 \(n(width)) \(n(height))\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" \(size) font-family="sans-serif">
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  func write(to file: String) throws { try Data(source.utf8).write(to: URL(fileURLWithPath: file)) }

  private func n(_ value: Double) -> String { fixed(value, 1) }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
