import Foundation

/// A drawing of lines, boxes and text, written as SVG 1.1. Coordinates are pixels from the top left corner.
struct SVGDrawing {
  /// A point in pixels.
  typealias Point = (x: Double, y: Double)

  let width: Double
  let height: Double
  private var elements: [String] = []

  /// Colours that colour-blind readers can distinguish (Okabe and Ito, "Color Universal Design", 2008).
  static let colors = ["#0072B2", "#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#000000"]

  /// Whether the point of a text is its start, middle or end.
  enum Anchor: String { case start, middle, end }

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func line(from start: Point, to end: Point, color: String = "#cccccc") {
    elements.append(
      "<line x1=\"\(n(start.x))\" y1=\"\(n(start.y))\" x2=\"\(n(end.x))\" y2=\"\(n(end.y))\" stroke=\"\(color)\"/>")
  }

  /// Draws a filled box.
  ///
  /// - Parameters:
  ///   - corner: its top left corner.
  ///   - note: text that is shown under the pointer.
  mutating func box(at corner: Point, width: Double, height: Double, color: String, note: String) {
    elements.append(
      "<rect x=\"\(n(corner.x))\" y=\"\(n(corner.y))\" width=\"\(n(width))\" height=\"\(n(height))\" fill=\"\(color)\">"
        + "<title>\(SVGDrawing.escaped(note))</title></rect>")
  }

  /// Draws points and the lines between them.
  mutating func curve(_ points: [Point], color: String) {
    let list = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
    elements.append("<polyline points=\"\(list)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>")
    for point in points {
      elements.append("<circle cx=\"\(n(point.x))\" cy=\"\(n(point.y))\" r=\"3\" fill=\"\(color)\"/>")
    }
  }

  mutating func text(_ text: String, at point: Point, _ anchor: Anchor = .start, size: Int = 12) {
    elements.append(
      "<text x=\"\(n(point.x))\" y=\"\(n(point.y))\" font-size=\"\(size)\" text-anchor=\"\(anchor.rawValue)\">"
        + "\(SVGDrawing.escaped(text))</text>")
  }

  /// Draws the names of series with their colours, one below the other.
  mutating func legend(_ names: [String], x: Double, y: Double) {
    for (index, name) in names.enumerated() {
      let top = y + Double(index) * 18
      box(at: (x, top), width: 12, height: 12, color: SVGDrawing.color(index), note: name)
      text(name, at: (x + 18, top + 10))
    }
  }

  /// Returns the colour of a series by its index.
  static func color(_ index: Int) -> String { colors[index % colors.count] }

  /// The SVG document.
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

  /// Returns a coordinate as text.
  private func n(_ value: Double) -> String { fixed(value, 1) }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
