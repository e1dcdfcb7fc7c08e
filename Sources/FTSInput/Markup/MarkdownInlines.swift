/// The text of the inlines of Markdown, without their marks (CommonMark 0.31, chapter 6).
///
/// Escapes and character references are resolved; code spans keep their text; emphasis, tags and comments go; of links
/// the text stays, of images the alternative text. Beyond CommonMark: strikethrough, footnote marks, links of wikis
/// (`[[page|text]]`), and expressions and comments of components (`{/* … */}`).
struct MarkdownInlines {
  private let source: [Unicode.Scalar]
  private let labels: Set<String>
  private var index = 0
  private var out: [Unicode.Scalar] = []
  /// Ranges of `out` that are marks.
  private var dropped: [Range<Int>] = []
  private var runs = DelimiterRuns()
  private var brackets: [Bracket] = []
  /// Number of the first brackets that are inside no link any more: a link holds no other link.
  private var inactiveBrackets = 0
  /// For each length of a run of backticks whether no further run of it follows.
  private var withoutBackticks: Set<Int> = []
  private var hidden = MarkupElements.HiddenContents()
  /// What a tag may need to end, and does not find in the remaining text.
  private var withoutEnd: Set<Unicode.Scalar> = []

  /// A bracket that may open the text of a link or image.
  private struct Bracket {
    let outStart: Int
    let sourceStart: Int
    let isImage: Bool
    let runs: Int
  }

  /// Maximum number of parentheses inside each other in a destination.
  private static let maximumParentheses = 32
  /// Length of the longest destination, title or label of a link.
  private static let longestDestination = 4096

  /// Returns the text of some inlines.
  ///
  /// - Parameter labels: the normalised labels of the link reference definitions.
  static func text(of source: some StringProtocol, labels: Set<String> = []) -> String {
    var inlines = MarkdownInlines(Array(source.unicodeScalars), labels)
    return inlines.read()
  }

  private init(_ source: [Unicode.Scalar], _ labels: Set<String>) {
    self.source = source
    self.labels = labels
  }

  private mutating func read() -> String {
    while index < source.count { readNext() }
    dropped += runs.pair(from: 0)
    return String(remaining())
  }

  private mutating func readNext() {
    let scalar = source[index]
    switch scalar {
    case "\\": readEscape()
    case "`": readCode()
    case "&": readReference()
    case "<": readAngle()
    case "*", "_", "~": readRun(scalar)
    case "[": openBracket(isImage: false)
    case "!":
      if index + 1 < source.count, source[index + 1] == "[" { openBracket(isImage: true) } else { take() }
    case "]": closeBracket()
    case "{": readBraces()
    default: take()
    }
  }

  private mutating func take() {
    out.append(source[index])
    index += 1
  }

  // MARK: Literal text

  private mutating func readEscape() {
    if index + 1 < source.count, source[index + 1].isASCIIPunctuation || source[index + 1] == "\n" { index += 1 }
    take()
  }

  private mutating func readReference() {
    guard let (text, end) = CharacterReferences.shared.read(source, at: index) else { return take() }
    out += text
    index = end
  }

  /// Reads a code span: from a run of backticks to the next run of the same length.
  private mutating func readCode() {
    let start = index
    while index < source.count, source[index] == "`" { index += 1 }
    let length = index - start
    guard !withoutBackticks.contains(length), let end = backticks(length, from: index) else {
      withoutBackticks.insert(length)
      out += source[start..<index]
      return
    }
    var code = source[index..<end].map { $0 == "\n" ? " " : $0 }
    if code.count > 1, code.first == " ", code.last == " ", code.contains(where: { $0 != " " }) {
      code = Array(code.dropFirst().dropLast())
    }
    out += code
    index = end + length
  }

  /// Returns the offset of the next run of exactly `length` backticks; nil if there is none.
  private func backticks(_ length: Int, from start: Int) -> Int? {
    var index = start
    while index < source.count {
      guard source[index] == "`" else {
        index += 1
        continue
      }
      let run = index
      while index < source.count, source[index] == "`" { index += 1 }
      if index - run == length { return run }
    }
    return nil
  }

  /// Reads an expression of a component: comments go, other braces stay.
  private mutating func readBraces() {
    guard index + 2 < source.count, source[index + 1] == "/", source[index + 2] == "*", !withoutEnd.contains("{"),
      let end = MarkupTag.end(of: "*/}", in: source, from: index + 3)
    else {
      if index + 2 < source.count, source[index + 1] == "/" { withoutEnd.insert("{") }
      return take()
    }
    index = end
  }

  // MARK: Tags

  /// Reads an autolink, whose address stays, or a tag.
  private mutating func readAngle() {
    if let end = autolinkEnd() {
      out += source[index + 1..<end]
      index = end + 1
      return
    }
    let kind = index + 1 < source.count && "!?".unicodeScalars.contains(source[index + 1]) ? source[index + 1] : "<"
    guard !withoutEnd.contains(kind) else { return take() }
    guard let tag = MarkupTag(source, at: index, isStrict: true) else {
      // Every later search for its end would be vain.
      if kind != "<" || source[index...].firstIndex(of: ">") == nil { withoutEnd.insert(kind) }
      return take()
    }
    readTag(tag)
  }

  private mutating func readTag(_ tag: MarkupTag) {
    index = tag.end
    guard tag.kind == .start || tag.kind == .end else { return }
    if MarkupElements.breaksLine(tag.name), !out.isEmpty, out.last != "\n" { out.append("\n") }
    guard tag.kind == .start else { return }
    if tag.name == "img", let text = tag.value("alt") { out += text.unicodeScalars }
    if MarkupElements.isHidden(tag.name), !tag.isClosed {
      index = hidden.endOfContents(of: tag.name, in: source, from: index) ?? index
    } else if tag.name == "sup" || tag.name == "sub" {
      index = RaisedDigits.append(source, from: index, isRaised: tag.name == "sup", to: &out)
    }
  }

  /// Returns the offset of the `>` of an autolink at `index`; nil if there is none.
  private func autolinkEnd() -> Int? {
    var end = index + 1
    guard end < source.count, source[end].isASCIIAlphanumeric else { return nil }
    var isAddress = false
    while end < source.count, end - index < MarkdownInlines.longestDestination {
      let scalar = source[end]
      if scalar == ">" { return isAddress ? end : nil }
      if scalar == ":" || scalar == "@" {
        isAddress = isAddress || scalar == "@" || end - index > 2
      } else if scalar.value <= 0x20 || scalar == "<"
        || !isAddress && !scalar.isASCIIAlphanumeric
          && !"+.-_".unicodeScalars.contains(scalar)
      {
        return nil
      }
      end += 1
    }
    return nil
  }

  // MARK: Links

  private mutating func openBracket(isImage: Bool) {
    if readFootnoteMark() || readWikiLink() { return }
    brackets.append(Bracket(outStart: out.count, sourceStart: index, isImage: isImage, runs: runs.count))
    if isImage { take() }
    take()
  }

  /// Skips a footnote mark, `[^1]`.
  private mutating func readFootnoteMark() -> Bool {
    guard source[index] == "[", index + 2 < source.count, source[index + 1] == "^" else { return false }
    var end = index + 2
    while end < source.count, end - index < 100, source[end] != "]", source[end] != "[", !source[end].isMarkupSpace {
      end += 1
    }
    guard end < source.count, source[end] == "]", end > index + 2 else { return false }
    index = end + 1
    return true
  }

  /// Reads a link of a wiki, whose text is behind the bar.
  private mutating func readWikiLink() -> Bool {
    let start = index + (source[index] == "!" ? 1 : 0)
    guard start + 1 < source.count, source[start] == "[", source[start + 1] == "[" else { return false }
    var textStart = start + 2
    var end = start + 2
    while end + 1 < source.count, end - start < 300, source[end] != "\n", source[end] != "[", source[end] != "]" {
      if source[end] == "|" { textStart = end + 1 }
      end += 1
    }
    guard end + 1 < source.count, source[end] == "]", source[end + 1] == "]", end > textStart else { return false }
    out += source[textStart..<end]
    index = end + 2
    return true
  }

  /// Reads `]`: with what follows it may end the text of a link or image, of which only the text stays.
  private mutating func closeBracket() {
    guard let bracket = brackets.popLast() else { return take() }
    let isInactive = brackets.count < inactiveBrackets
    inactiveBrackets = min(inactiveBrackets, brackets.count)
    guard bracket.isImage || !isInactive else { return take() }
    let textStart = bracket.sourceStart + (bracket.isImage ? 2 : 1)
    guard let end = linkEnd(textStart..<index) else { return take() }
    dropped += runs.pair(from: bracket.runs)
    dropped.append(bracket.outStart..<bracket.outStart + (bracket.isImage ? 2 : 1))
    index = end
    if !bracket.isImage { inactiveBrackets = brackets.count }
  }

  /// Returns the offset after the destination or label that follows the `]` at `index`; nil if the brackets are text.
  private func linkEnd(_ text: Range<Int>) -> Int? {
    let next = index + 1
    if next < source.count, source[next] == "(", let end = destinationEnd(from: next + 1) { return end }
    if next < source.count, source[next] == "[", let end = labelEnd(from: next + 1) {
      return isLabel(next + 1 == end - 1 ? text : next + 1..<end - 1) ? end : nil
    }
    return isLabel(text) ? next : nil
  }

  /// Whether a range is the label of a definition; labels have at most 999 characters.
  private func isLabel(_ range: Range<Int>) -> Bool {
    !labels.isEmpty && range.count < 1000 && labels.contains(MarkdownInlines.normalised(source[range]))
  }

  /// Returns the offset after the `)` of an inline link; nil if it is none.
  private func destinationEnd(from start: Int) -> Int? {
    let limit = min(source.count, start + MarkdownInlines.longestDestination)
    var index = skippingSpace(start, limit)
    guard index < limit else { return nil }
    if source[index] == "<" {
      index += 1
      while index < limit, source[index] != ">", source[index] != "\n" { index += source[index] == "\\" ? 2 : 1 }
      guard index < limit, source[index] == ">" else { return nil }
      index += 1
    } else {
      var depth = 0
      while index < limit, source[index].value > 0x20 {
        if source[index] == "\\" {
          index += 2
          continue
        }
        if source[index] == "(" { depth += 1 }
        if depth > MarkdownInlines.maximumParentheses { return nil }
        if source[index] == ")" {
          if depth == 0 { break }
          depth -= 1
        }
        index += 1
      }
      guard depth == 0 else { return nil }
    }
    index = skippingSpace(index, limit)
    if index < limit, let closing = MarkdownInlines.titleSigns[source[index]] {
      index += 1
      while index < limit, source[index] != closing { index += source[index] == "\\" ? 2 : 1 }
      index = skippingSpace(index + 1, limit)
    }
    return index < limit && source[index] == ")" ? index + 1 : nil
  }

  private static let titleSigns: [Unicode.Scalar: Unicode.Scalar] = ["\"": "\"", "'": "'", "(": ")"]

  /// Returns the offset after the `]` of a label; nil if there is none.
  private func labelEnd(from start: Int) -> Int? {
    var index = start
    while index < min(source.count, start + 1000), source[index] != "]" {
      if source[index] == "[" { return nil }
      index += source[index] == "\\" ? 2 : 1
    }
    return index < source.count && source[index] == "]" ? index + 1 : nil
  }

  private func skippingSpace(_ start: Int, _ limit: Int) -> Int {
    var index = start
    while index < limit, source[index].isMarkupSpace { index += 1 }
    return index
  }

  /// Returns a label in lower case, with single spaces.
  static func normalised(_ label: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(label)).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Emphasis

  private mutating func readRun(_ sign: Unicode.Scalar) {
    let start = index
    while index < source.count, source[index] == sign { index += 1 }
    let before = start > 0 ? source[start - 1] : "\n"
    let after = index < source.count ? source[index] : "\n"
    runs.append(sign, at: out.count, count: index - start, between: (before, after))
    out += source[start..<index]
  }

  /// Returns the output without its marks.
  private func remaining() -> String.UnicodeScalarView {
    var text = String.UnicodeScalarView()
    var start = 0
    for range in dropped.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= start {
      text.append(contentsOf: out[start..<range.lowerBound])
      start = range.upperBound
    }
    text.append(contentsOf: out[start...])
    return text
  }
}
