/// What a single line of Markdown begins (CommonMark 0.31, chapters 4 and 5).
enum MarkdownLine {
  static func isBlank(_ line: Substring) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" } }

  /// Returns the width of the white space at the start of a line; a tab ends at the next multiple of four.
  static func indentation(_ line: Substring) -> Int {
    var width = 0
    for character in line {
      if character == " " { width += 1 } else if character == "\t" { width += 4 - width % 4 } else { break }
    }
    return width
  }

  static func unindented(_ line: Substring) -> Substring { line.drop { $0 == " " || $0 == "\t" } }

  /// Returns a text whose lines have no white space at their ends.
  static func withoutEndSpace(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { TextDocument.trimmed($0) }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  // MARK: Headings

  /// Returns the level and text of a heading with number signs; nil for other lines.
  static func heading(_ line: Substring) -> (level: Int, text: Substring)? {
    let level = line.prefix { $0 == "#" }.count
    guard (1...6).contains(level) else { return nil }
    let text = line.dropFirst(level)
    guard text.isEmpty || text.first == " " || text.first == "\t" else { return nil }
    var heading = Substring(TextDocument.trimmed(text))
    let closing = heading.reversed().prefix { $0 == "#" }.count
    if closing > 0 {
      let head = heading.dropLast(closing)
      if head.isEmpty || head.last == " " || head.last == "\t" { heading = Substring(TextDocument.trimmed(head)) }
    }
    return (level, heading)
  }

  /// Returns the level of the heading that a line underlines; nil for other lines.
  static func underline(_ line: Substring) -> Int? {
    let text = TextDocument.trimmed(line)
    if !text.isEmpty, text.allSatisfy({ $0 == "=" }) { return 1 }
    return !text.isEmpty && text.allSatisfy { $0 == "-" } ? 2 : nil
  }

  /// Returns a heading without the anchor or attributes at its end: `{#name .class}`, `{/*name*/}`.
  static func withoutAnchor(_ heading: Substring) -> Substring {
    guard heading.last == "}", let open = heading.lastIndex(of: "{") else { return heading }
    let inner = heading[heading.index(after: open)...].dropLast()
    guard let first = inner.first, "#./:".contains(first) else { return heading }
    return heading[..<open].dropLast(heading[..<open].reversed().prefix { $0 == " " }.count)
  }

  /// Whether a line is a rule: three or more of one of `*`, `-`, `_`, with blanks between them.
  static func isRule(_ line: Substring) -> Bool {
    guard let sign = line.first, "*-_".contains(sign) else { return false }
    var count = 0
    for character in line {
      if character == sign { count += 1 } else if character != " " && character != "\t" { return false }
    }
    return count >= 3
  }

  // MARK: Containers

  /// Returns the title of a container or admonition, empty without one; nil for other lines.
  static func containerTitle(_ line: Substring) -> Substring? {
    if line.hasPrefix(":::") { return directiveTitle(line.drop { $0 == ":" }) }
    guard line.hasPrefix("!!!") || line.hasPrefix("???") else { return nil }
    let head = line.dropFirst(3).drop { $0 == "+" }
    guard head.first == " " else { return nil }
    let title = unindented(head).drop { $0 != " " && $0 != "\"" }
    return Substring(TextDocument.trimmed(title)).trimmingQuotes
  }

  /// Returns the title behind the name of a directive: `tip Title`, `tip[Title]{.class}`.
  private static func directiveTitle(_ head: Substring) -> Substring {
    var text = unindented(head).drop { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    if text.first == "[", let end = text.lastIndex(of: "]") { text = text[text.index(after: text.startIndex)..<end] }
    if let open = text.firstIndex(of: "{"), text.last == "}" { text = text[..<open] }
    return Substring(TextDocument.trimmed(text))
  }

  /// Returns the text behind the `>` of a quotation; nil for other lines.
  static func quoted(_ line: Substring) -> Substring? {
    var text = line
    guard text.first == ">" else { return nil }
    while text.first == ">" { text = unindented(text.dropFirst()) }
    return text
  }

  /// Returns the text of a quotation without the mark of an alert, `[!NOTE]`.
  static func withoutAlert(_ text: Substring) -> Substring {
    guard text.hasPrefix("[!"), let end = text.firstIndex(of: "]") else { return text }
    let name = text[..<end].dropFirst(2)
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == "-" }) else { return text }
    return text[text.index(after: end)...].drop { $0 == "+" || $0 == "-" || $0 == " " }
  }

  /// The marker of an item and the text behind it.
  struct Item {
    /// What stays of the marker: a hyphen, or the number.
    let marker: String
    let text: Substring
    /// Whether the item may follow a paragraph without a blank line: a bullet, or the number 1, with text.
    let interruptsParagraph: Bool
    /// Whether the marker stays in the text.
    var keepsMarker: Bool { !text.isEmpty && marker.first?.isNumber == true }
  }

  /// Returns the item that a line begins; nil for other lines.
  static func item(_ line: Substring) -> Item? {
    guard let first = line.first else { return nil }
    var text: Substring
    var marker = "- "
    if "-*+".contains(first) {
      text = line.dropFirst()
    } else {
      let digits = line.prefix { $0.isASCII && $0.isNumber }
      guard (1...9).contains(digits.count), let sign = line.dropFirst(digits.count).first, sign == "." || sign == ")"
      else { return nil }
      marker = "\(digits)\(sign) "
      text = line.dropFirst(digits.count + 1)
    }
    guard text.isEmpty || text.first == " " || text.first == "\t" else { return nil }
    text = unindented(text)
    let interrupts = !text.isEmpty && (marker == "- " || marker == "1. " || marker == "1) ")
    // The box of a task.
    for box in ["[ ] ", "[x] ", "[X] "] where text.hasPrefix(box) { text = text.dropFirst(box.count) }
    return Item(marker: marker, text: text, interruptsParagraph: interrupts)
  }

  // MARK: Code and tables

  /// The opening fence of a block of code.
  struct Fence {
    let sign: Character
    let count: Int
    let indentation: Int

    /// Whether a line is the closing fence.
    func isClosed(by line: Substring) -> Bool {
      let text = TextDocument.trimmed(line)
      return text.count >= count && text.allSatisfy { $0 == sign }
    }
  }

  /// Returns the fence that a line is; nil for other lines.
  static func fence(_ line: Substring) -> Fence? {
    guard let sign = line.first, sign == "`" || sign == "~" else { return nil }
    let count = line.prefix { $0 == sign }.count
    guard count >= 3, sign == "~" || !line.dropFirst(count).contains("`") else { return nil }
    return Fence(sign: sign, count: count, indentation: 0)
  }

  /// Whether a line is the rule below the head of a table.
  static func isTableRule(_ line: Substring) -> Bool {
    let text = TextDocument.trimmed(line)
    guard text.contains("-"), text.allSatisfy({ "|-: \t".contains($0) }) else { return false }
    let cells = text.split(separator: "|").map { TextDocument.trimmed($0) }
    return !cells.isEmpty
      && cells.allSatisfy { cell in
        let dashes = cell.drop { $0 == ":" }
        return cell.isEmpty || cell.contains("-") && dashes.drop { $0 == "-" }.allSatisfy { $0 == ":" }
      }
  }

  /// Returns the cells of a row with bars between them only.
  static func cells(_ line: Substring) -> Substring {
    var row = Substring(TextDocument.trimmed(line))
    if row.first == "|" { row = row.dropFirst() }
    if row.last == "|", !row.hasSuffix("\\|") { row = row.dropLast() }
    return Substring(TextDocument.trimmed(row))
  }

  // MARK: Tags

  /// Whether a paragraph is an image only, perhaps in a link.
  static func isImage(_ source: Substring) -> Bool {
    let text = TextDocument.trimmed(source)
    let isPicture = text.hasPrefix("![") || text.hasPrefix("[![") || text.lowercased().hasPrefix("<img")
    return isPicture && ")]>".contains(text.last ?? " ")
  }

  /// Returns what ends the comment, script or style that a line begins; nil for other lines.
  static func hiddenBlockEnd(_ line: Substring) -> String? {
    guard line.first == "<" || line.first == "{" else { return nil }
    let start = line.prefix(10).lowercased()
    if start.hasPrefix("<!--") { return "-->" }
    if start.hasPrefix("{/*") { return "*/}" }
    for name in ["script", "style", "svg", "template"] where start.hasPrefix("<" + name) {
      let after = line.dropFirst(name.count + 1).first
      if after == nil || after == ">" || after == " " { return "</\(name)>" }
    }
    return nil
  }

  /// Returns the range of a text in a line, without regard to the case of ASCII letters; nil if it is not there.
  static func range(of wanted: String, in line: Substring) -> Range<Substring.Index>? {
    var start = line.startIndex
    while start < line.endIndex {
      let tail = line[start...]
      if tail.prefix(wanted.count).lowercased() == wanted {
        return start..<line.index(start, offsetBy: wanted.count)
      }
      start = line.index(after: start)
    }
    return nil
  }
}

extension Substring {
  /// The text without quotes around it.
  fileprivate var trimmingQuotes: Substring {
    count > 1 && first == "\"" && last == "\"" ? dropFirst().dropLast() : self
  }
}
