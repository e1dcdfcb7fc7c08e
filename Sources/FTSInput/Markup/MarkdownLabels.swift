/// Link reference definitions of Markdown: `[label]: destination "title"` (CommonMark 0.31, section 4.7).
enum MarkdownLabels {
  /// Returns the normalised labels of the definitions in some lines. Lines of code are not told apart: a label too many
  /// only takes the brackets off a text.
  static func find(_ lines: [Substring]) -> Set<String> {
    var labels: Set<String> = []
    for line in lines {
      let text = MarkdownLine.unindented(line)
      guard text.first == "[", let end = definition(text), end == nil, let close = closing(text) else { continue }
      labels.insert(MarkdownInlines.normalised(text[text.index(after: text.startIndex)..<close].unicodeScalars))
    }
    return labels
  }

  /// Returns where the text of a definition begins: nil in a value for a link, whose destination is no text; behind the
  /// colon for a footnote. Nil for lines that are no definition.
  static func definition(_ line: Substring) -> Substring.Index?? {
    guard line.first == "[", let close = closing(line) else { return nil }
    let colon = line.index(after: close)
    guard colon < line.endIndex, line[colon] == ":" else { return nil }
    let label = line[line.index(after: line.startIndex)..<close]
    guard !label.isEmpty, !MarkdownLine.isBlank(label) else { return nil }
    let after = line.index(after: colon)
    if label.first == "^" { return .some(after) }
    // A destination has no blanks, and only a title stands behind it.
    let tail = MarkdownLine.unindented(line[after...])
    let destination = tail.first == "<" ? tail.prefix { $0 != ">" } : tail.prefix { $0 != " " && $0 != "\t" }
    let title = MarkdownLine.unindented(tail[destination.endIndex...].drop { $0 == ">" })
    guard !destination.isEmpty, title.isEmpty || "\"'(".contains(title.first ?? " ") else { return nil }
    return .some(nil)
  }

  /// Returns the index of the bracket that closes the one at the start.
  private static func closing(_ line: Substring) -> Substring.Index? {
    var isEscaped = false
    for index in line.indices.dropFirst() {
      if isEscaped {
        isEscaped = false
      } else if line[index] == "\\" {
        isEscaped = true
      } else if line[index] == "[" {
        return nil
      } else if line[index] == "]" {
        return index
      }
    }
    return nil
  }
}
