/// The blocks of a Markdown text that hold its words (CommonMark 0.31, chapters 4 and 5; tables of GFM).
///
/// Markers of headings, quotations, lists, tables, containers (`::: tip`), admonitions (`!!! note`, `> [!NOTE]`) and
/// rules go, comments too; code keeps its text. Titles of containers stay.
struct MarkdownBlocks {
  /// A block of text without marks.
  struct Block: Equatable {
    enum Kind: Equatable {
      case heading(level: Int)
      case paragraph
      /// An item of a list, a quotation, a row of a table, a container's title: text that is no title of a document.
      case aside
      case code
    }

    let kind: Kind
    var text: String
    /// Whether a blank line precedes.
    var isApart: Bool
  }

  private(set) var blocks: [Block] = []

  private let lines: [Substring]
  private let labels: Set<String>
  private var index = 0
  /// The lines of the paragraph being read, and what it is.
  private var open: [Substring] = []
  private var openKind = Block.Kind.paragraph
  private var isAfterBlank = false
  private var openIsApart = false
  /// Whether the lines stand below the marker of a list, where an indentation makes no code.
  private var isInList = false
  /// Whether the paragraph began with a definition, which the next one ends.
  private var isDefinition = false
  /// Ends of comments, scripts and styles that no line below has.
  private var withoutEnd: Set<String> = []
  /// The last line that ends a container; -1 if there is none.
  private let lastContainerEnd: Int

  /// Maximum number of markers of lists and quotations inside each other; more are text.
  private static let maximumDepth = 50

  /// Reads the lines of a text.
  init(_ lines: ArraySlice<Substring>) {
    self.lines = Array(lines)
    labels = MarkdownLabels.find(self.lines)
    lastContainerEnd =
      self.lines.lastIndex { line in
        let text = TextDocument.trimmed(line)
        return text.count >= 3 && text.allSatisfy { $0 == ":" }
      } ?? -1
    while index < self.lines.count { readLine() }
    closeParagraph()
  }

  // MARK: Lines

  private mutating func readLine() {
    let line = lines[index]
    let indentation = MarkdownLine.indentation(line)
    if MarkdownLine.isBlank(line) {
      closeParagraph()
      isAfterBlank = true
      index += 1
    } else if indentation >= 4, open.isEmpty, !isInList {
      readIndentedCode()
    } else {
      readContent(MarkdownLine.unindented(line))
    }
  }

  /// Reads a line without its indentation.
  private mutating func readContent(_ text: Substring, isAside: Bool = false, depth: Int = 0) {
    guard depth <= MarkdownBlocks.maximumDepth else {
      continueParagraph(text, .aside)
      index += 1
      return
    }
    if let fence = MarkdownLine.fence(text) { return readFencedCode(fence, isAside: isAside) }
    if readHidden(text) { return }
    if !isAside, readUnderline(text) { return }
    if MarkdownLine.isRule(text) {
      closeParagraph()
      isInList = false
      index += 1
    } else if let (level, heading) = MarkdownLine.heading(text) {
      closeParagraph()
      if !isAside { isInList = false }
      append(MarkdownLine.withoutAnchor(heading), isAside ? .aside : .heading(level: level))
      index += 1
    } else if isContainer(text), let title = MarkdownLine.containerTitle(text) {
      closeParagraph()
      append(title, .aside)
      index += 1
    } else if let inner = MarkdownLine.quoted(text) {
      readQuotation(inner, depth: depth)
    } else if let item = MarkdownLine.item(text), open.isEmpty || item.interruptsParagraph || openKind == .aside {
      closeParagraph()
      isInList = true
      readItem(item, depth: depth)
    } else if MarkdownLine.isTableRule(text), !open.isEmpty, open[open.count - 1].contains("|") || text.contains("|") {
      readTable()
    } else if open.isEmpty || isDefinition, let end = MarkdownLabels.definition(text) {
      closeParagraph()
      // What stands behind the colon of a footnote is text, the destination of a link is not.
      index += 1
      if let end, !MarkdownLine.isBlank(text[end...]) { continueParagraph(text[end...], .aside) }
      isDefinition = true
    } else {
      if MarkdownLine.indentation(lines[index]) == 0, open.isEmpty, !isAside { isInList = false }
      continueParagraph(text, isAside || isInList ? .aside : .paragraph)
      index += 1
    }
  }

  /// Adds a line to the paragraph.
  private mutating func continueParagraph(_ text: Substring, _ kind: Block.Kind) {
    if open.isEmpty {
      openKind = kind
      openIsApart = isAfterBlank
    }
    isAfterBlank = false
    open.append(text)
  }

  /// Reads the item of a list, whose text may be a heading, code or a quotation.
  private mutating func readItem(_ item: MarkdownLine.Item, depth: Int) {
    let inner = MarkdownLine.unindented(item.text)
    if MarkdownLine.isBlank(inner) {
      index += 1
    } else if item.keepsMarker
      || MarkdownLine.fence(inner) == nil && MarkdownLine.item(inner) == nil
        && MarkdownLine.heading(inner) == nil && MarkdownLine.quoted(inner) == nil
    {
      continueParagraph(Substring(item.marker + inner), .aside)
      index += 1
    } else {
      readContent(inner, isAside: true, depth: depth + 1)
    }
  }

  /// Reads a line of a quotation.
  private mutating func readQuotation(_ inner: Substring, depth: Int) {
    if openKind != .aside { closeParagraph() }
    let text = MarkdownLine.withoutAlert(MarkdownLine.unindented(inner))
    if MarkdownLine.isBlank(text) {
      closeParagraph()
      index += 1
    } else {
      readContent(text, isAside: true, depth: depth + 1)
    }
  }

  /// Whether the current line begins or ends a container, or an admonition whose text is indented below it.
  private func isContainer(_ text: Substring) -> Bool {
    if text.hasPrefix(":::") { return index <= lastContainerEnd }
    let next = lines[(index + 1)...].first { !MarkdownLine.isBlank($0) }
    return next.map { MarkdownLine.indentation($0) >= 4 } ?? false
  }

  /// Ends a heading that is underlined by `=` or `-`.
  private mutating func readUnderline(_ text: Substring) -> Bool {
    guard !open.isEmpty, openKind == .paragraph, let level = MarkdownLine.underline(text) else { return false }
    let heading = open.joined(separator: "\n")
    let isApart = openIsApart
    open = []
    isAfterBlank = isApart
    append(MarkdownLine.withoutAnchor(Substring(heading)), .heading(level: level))
    index += 1
    return true
  }

  // MARK: Blocks of several lines

  private mutating func readIndentedCode() {
    var code: [Substring] = []
    while index < lines.count, MarkdownLine.isBlank(lines[index]) || MarkdownLine.indentation(lines[index]) >= 4 {
      code.append(MarkdownLine.isBlank(lines[index]) ? "" : lines[index].drop { $0 == " " || $0 == "\t" })
      index += 1
    }
    let hasBlankEnd = code.last?.isEmpty == true
    while code.last?.isEmpty == true { code.removeLast() }
    blocks.append(Block(kind: .code, text: code.joined(separator: "\n"), isApart: isAfterBlank))
    isAfterBlank = hasBlankEnd
  }

  /// Reads code between fences, or up to the end of the text.
  private mutating func readFencedCode(_ fence: MarkdownLine.Fence, isAside: Bool) {
    closeParagraph()
    let isQuoted = isAside && MarkdownLine.quoted(MarkdownLine.unindented(lines[index])) != nil
    index += 1
    var code: [Substring] = []
    while index < lines.count {
      let quoted = isQuoted ? MarkdownLine.quoted(MarkdownLine.unindented(lines[index])) : nil
      // A quotation ends with its first line without a mark.
      if isQuoted, quoted == nil { break }
      let line = quoted ?? lines[index]
      index += 1
      if fence.isClosed(by: line) { break }
      code.append(line.dropFirst(min(fence.indentation, MarkdownLine.indentation(line))))
    }
    guard !code.isEmpty else { return }
    blocks.append(Block(kind: .code, text: code.joined(separator: "\n"), isApart: isAfterBlank))
    isAfterBlank = false
  }

  /// Skips a comment, a script or a style at the start of a line, if it ends somewhere below.
  private mutating func readHidden(_ text: Substring) -> Bool {
    guard let closing = MarkdownLine.hiddenBlockEnd(text), !withoutEnd.contains(closing) else { return false }
    guard let end = lines[index...].firstIndex(where: { $0.lowercased().contains(closing) }) else {
      withoutEnd.insert(closing)
      return false
    }
    // What stands behind the end, on its line, is text.
    let last = lines[end]
    var tail = last[last.endIndex...]
    if let range = MarkdownLine.range(of: closing, in: last) { tail = last[range.upperBound...] }
    guard !MarkdownLine.isBlank(tail) || end > index || open.isEmpty else { return false }
    if end == index, !MarkdownLine.isBlank(tail) { return false }
    index = end + 1
    if !MarkdownLine.isBlank(tail) { continueParagraph(tail, .paragraph) }
    return true
  }

  /// Reads the rows of a table: the head is the last line of the open paragraph.
  private mutating func readTable() {
    let head = open.removeLast()
    closeParagraph()
    append(MarkdownLine.cells(head), .aside)
    index += 1
    while index < lines.count, !MarkdownLine.isBlank(lines[index]), lines[index].contains("|") {
      append(MarkdownLine.cells(lines[index]), .aside)
      index += 1
    }
  }

  // MARK: Text

  private mutating func closeParagraph() {
    isDefinition = false
    guard !open.isEmpty else { return }
    let text = open.joined(separator: "\n")
    open = []
    append(Substring(text), openKind, isApart: openIsApart)
  }

  private mutating func append(_ source: Substring, _ kind: Block.Kind) {
    append(source, kind, isApart: isAfterBlank)
    isAfterBlank = false
  }

  private mutating func append(_ source: Substring, _ kind: Block.Kind, isApart: Bool) {
    let isImage = MarkdownLine.isImage(source)
    let text = MarkdownLine.withoutEndSpace(MarkdownInlines.text(of: source, labels: labels))
    guard !text.isEmpty else { return }
    blocks.append(Block(kind: isImage && kind == .paragraph ? .aside : kind, text: text, isApart: isApart))
  }
}
