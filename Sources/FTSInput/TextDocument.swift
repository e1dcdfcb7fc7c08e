import TextSearch

/// Title, body and attributes of a plain text or Markdown file.
struct TextDocument: Equatable {
  var title = ""
  var body = ""
  var attributes: [String: [String]] = [:]

  /// Maximum length of a title in bytes. A longer first line belongs to the body, and the title is shortened from it.
  static let longestTitle = 300

  init() {}

  /// Parses plain text: the title is the first line that is not empty, the body the text after it.
  init(plain text: String) { self.init(lines: TextDocument.lines(text)[...]) }

  /// Parses Markdown: title and attributes come from the front matter between lines of `---`. Without a title there,
  /// the first line that is not empty is the title. The number signs of headings are dropped.
  init(markdown text: String) {
    let lines = TextDocument.lines(text)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(where: { $0 == "---" || $0 == "..." }) else {
      // A line of dashes that does not open front matter is not a title.
      let content = lines.first == "---" ? lines.dropFirst() : lines[...]
      self.init(lines: content.map(TextDocument.withoutHeadingSigns)[...])
      return
    }
    let matter = FrontMatter(lines[1..<end])
    let content = lines[(end + 1)...].map(TextDocument.withoutHeadingSigns)[...]
    if let title = matter.title {
      self.init()
      self.title = title
      body = content.drop { TextDocument.trimmed($0).isEmpty }.joined(separator: "\n")
    } else {
      self.init(lines: content)
    }
    attributes = matter.attributes
  }

  /// Splits lines into title and body.
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

  /// Splits a text into lines at LF, CR LF and CR.
  private static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  /// Returns a heading without its one to six number signs; other lines unchanged.
  private static func withoutHeadingSigns(_ line: Substring) -> Substring {
    let signs = line.prefix { $0 == "#" }
    guard (1...6).contains(signs.count) else { return line }
    let heading = line.dropFirst(signs.count)
    return heading.first == " " ? heading.drop { $0 == " " } : line
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\u{A0}"
  }

  /// Returns a text without spaces, tabs and no-break spaces at both ends.
  static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...last])
  }

  /// Returns the start of a long line up to a space, followed by an ellipsis.
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
