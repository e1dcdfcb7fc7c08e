/// Text that is taken out of a page: white space is one space, blocks are lines.
struct HTMLText {
  private var scalars: [Unicode.Scalar] = []
  private var hasSpace = false
  private var lineBreaks = 0

  /// Appends text.
  ///
  /// - Parameter keepsSpace: whether white space stays as it is, as in `pre`.
  mutating func append(_ text: [Unicode.Scalar], keepsSpace: Bool) {
    for scalar in text {
      if scalar.isMarkupSpace, !keepsSpace {
        hasSpace = true
        continue
      }
      if scalar == "\n", scalars.isEmpty { continue }
      if !scalars.isEmpty {
        for _ in 0..<lineBreaks { scalars.append("\n") }
        if lineBreaks == 0, hasSpace { scalars.append(" ") }
      }
      (hasSpace, lineBreaks) = (false, 0)
      scalars.append(scalar)
    }
  }

  /// Ends the line, with an empty line below it after a paragraph.
  mutating func breakLine(isParagraph: Bool) { lineBreaks = max(lineBreaks, isParagraph ? 2 : 1) }

  /// The text so far.
  var text: String {
    var end = scalars.count
    while end > 0, scalars[end - 1].isMarkupSpace { end -= 1 }
    return String(String.UnicodeScalarView(scalars[..<end]))
  }
}
