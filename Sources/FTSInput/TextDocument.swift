import TextSearch

/// Title, body and attributes of a file that is one document.
struct TextDocument: Equatable {
  /// Something in a file that was not understood.
  struct Problem: Equatable {
    /// The line, from 1.
    let line: Int
    let message: String
  }

  var title = ""
  var body = ""
  var attributes: [String: [String]] = [:]
  var problems: [Problem] = []

  /// Maximum length of a title in bytes. A longer first line belongs to the body, and the title is shortened from it.
  static let longestTitle = 300

  init() {}

  /// Parses plain text: the title is the first line that is not empty, the body the text after it.
  init(plain text: String) {
    let lines = TextDocument.lines(text).drop { TextDocument.trimmed($0).isEmpty }
    guard let first = lines.first else { return }
    if let title = TextDocument.title(first) {
      self.title = title
      body = lines.dropFirst().drop { TextDocument.trimmed($0).isEmpty }.joined(separator: "\n")
    } else {
      title = TextDocument.shortened(first)
      body = lines.joined(separator: "\n")
    }
  }

  /// Parses Markdown: front matter, then blocks. Without a title in the front matter it is the first heading of level
  /// 1; without one, the first line that is no image, code, list, table, quotation or title of a container.
  init(markdown text: String) {
    let lines = TextDocument.lines(text)
    let matter = FrontMatter(lines)
    if let matter {
      attributes = matter.attributes
      problems = matter.problems
    }
    var blocks = MarkdownBlocks(lines[(matter?.lineCount ?? 0)...]).blocks
    title = matter?.title ?? TextDocument.takeTitle(from: &blocks)
    for block in blocks {
      if !body.isEmpty { body += block.isApart ? "\n\n" : "\n" }
      body += block.text
    }
  }

  /// Removes the title from some blocks and returns it.
  private static func takeTitle(from blocks: inout [MarkdownBlocks.Block]) -> String {
    let index =
      blocks.firstIndex { $0.kind == .heading(level: 1) }
      ?? blocks.firstIndex { block in
        if case .heading = block.kind { return true }
        return block.kind == .paragraph
      } ?? blocks.indices.first
    guard let index else { return "" }
    let lines = blocks[index].text.split(separator: "\n", maxSplits: 1)
    guard let first = lines.first else { return "" }
    // A heading may have several lines.
    let isParagraph = blocks[index].kind == .paragraph || blocks[index].kind == .aside || blocks[index].kind == .code
    let whole = isParagraph ? first : Substring(blocks[index].text.split(separator: "\n").joined(separator: " "))
    guard let title = title(whole) else { return shortened(whole) }
    if isParagraph, lines.count > 1 {
      blocks[index].text = String(lines[1])
    } else {
      let heading = blocks.remove(at: index)
      if index < blocks.count { blocks[index].isApart = blocks[index].isApart || heading.isApart }
    }
    return title
  }

  /// Returns a line as a title; nil if it is too long.
  private static func title(_ line: Substring) -> String? {
    line.utf8.count > longestTitle ? nil : trimmed(line)
  }

  /// Splits a text into lines at LF, CR LF and CR.
  static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\u{A0}"
  }

  /// Returns a text without spaces, tabs and no-break spaces at both ends.
  static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...last])
  }

  /// Returns the start of a long line up to a space, followed by an ellipsis.
  static func shortened(_ line: Substring) -> String {
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
