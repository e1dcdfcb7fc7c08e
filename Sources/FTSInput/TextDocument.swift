import TextSearch

/// Title, body and attributes of a plain text or Markdown file.
struct TextDocument: Equatable {
  var title = ""
  var body = ""
  var attributes: [String: [String]] = [:]

  /// Longer first lines are no titles but text.
  static let longestTitle = 300

  init() {}

  /// Plain text: the title is the first line that is not empty, the body what follows it.
  init(plain text: String) { self.init(lines: TextDocument.lines(text)[...]) }

  /// Markdown: front matter between lines of `---` gives title and attributes; without a title there, the first line
  /// that is not empty is the title. Heading marks are dropped.
  init(markdown text: String) {
    let lines = TextDocument.lines(text)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(where: { $0 == "---" || $0 == "..." }) else {
      // A line of dashes without a second one is no title.
      let rest = lines.first == "---" ? lines.dropFirst() : lines[...]
      self.init(lines: rest.map(TextDocument.withoutHeadingMarks)[...])
      return
    }
    let matter = FrontMatter(lines[1..<end])
    let rest = lines[(end + 1)...].map(TextDocument.withoutHeadingMarks)[...]
    if let title = matter.title {
      self.init()
      self.title = title
      body = rest.drop { TextDocument.trimmed($0).isEmpty }.joined(separator: "\n")
    } else {
      self.init(lines: rest)
    }
    attributes = matter.attributes
  }

  private init(lines: ArraySlice<Substring>) {
    let text = lines.drop { TextDocument.trimmed($0).isEmpty }
    guard let first = text.first else { return }
    if first.utf8.count > TextDocument.longestTitle {
      title = TextDocument.shortened(first)
      body = text.joined(separator: "\n")
    } else {
      title = TextDocument.trimmed(first)
      body = text.dropFirst().drop { TextDocument.trimmed($0).isEmpty }.joined(separator: "\n")
    }
  }

  /// Lines without their ends, be they LF, CR LF or CR.
  private static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  private static func withoutHeadingMarks(_ line: Substring) -> Substring {
    let marks = line.prefix { $0 == "#" }
    guard (1...6).contains(marks.count) else { return line }
    let rest = line.dropFirst(marks.count)
    return rest.first == " " ? rest.drop { $0 == " " } : line
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\u{A0}"
  }

  static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...last])
  }

  /// The beginning of a long line, up to a space.
  private static func shortened(_ line: Substring) -> String {
    var end = line.startIndex
    var bytes = 0
    for index in line.indices {
      bytes += line[index].utf8.count
      if bytes > 120 { break }
      if line[index] == " " { end = index }
    }
    return (end == line.startIndex ? String(line.prefix(60)) : String(line[..<end])) + " …"
  }
}
