/// A tag, comment or declaration of HTML inside text (CommonMark 0.31, section 6.6; HTML standard, section 13.2.5).
struct MarkupTag {
  /// What stands between the angle brackets.
  enum Kind {
    case start, end, comment, declaration
  }

  let kind: Kind
  /// The name in lower case; empty for comments and declarations.
  private(set) var name = ""
  /// The attributes of a start tag: names in lower case, values with references decoded.
  private(set) var attributes: [(name: String, value: String)] = []
  /// Whether the tag ends in `/>`.
  private(set) var isClosed = false
  /// Offset after the tag.
  private(set) var end = 0

  /// Returns the value of an attribute; nil if the tag does not have it.
  func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Reads the tag whose `<` is at `start`; nil if no tag begins there or it does not end.
  ///
  /// - Parameter isStrict: whether attributes have names as in CommonMark, or of components, and end tags nothing behind
  ///   their name: else it is prose.
  init?(_ text: [Unicode.Scalar], at start: Int, isStrict: Bool = false) {
    guard start + 1 < text.count, text[start] == "<" else { return nil }
    var scanner = Scanner(text: text, index: start + 1, isStrict: isStrict)
    switch text[start + 1] {
    case "!", "?":
      if isStrict, text[start + 1] == "!", start + 2 < text.count, !text[start + 2].isASCIILetter,
        !"-[".unicodeScalars.contains(text[start + 2])
      {
        return nil
      }
      guard let end = MarkupTag.declarationEnd(text, at: start) else { return nil }
      kind = MarkupTag.matches("<!--", text, at: start) ? .comment : .declaration
      self.end = end
    case "/":
      scanner.index += 1
      guard let name = scanner.name() else { return nil }
      scanner.skipSpace()
      if !isStrict { while scanner.index < text.count, text[scanner.index] != ">" { scanner.index += 1 } }
      guard scanner.index < text.count, text[scanner.index] == ">" else { return nil }
      kind = .end
      self.name = name
      end = scanner.index + 1
    default:
      guard let name = scanner.name(), let attributes = scanner.attributes() else { return nil }
      kind = .start
      self.name = name
      self.attributes = attributes
      isClosed = text[scanner.index] == "/"
      end = scanner.index + (isClosed ? 2 : 1)
    }
  }

  /// Returns the offset after a comment, a CDATA section, a declaration or a processing instruction.
  private static func declarationEnd(_ text: [Unicode.Scalar], at start: Int) -> Int? {
    // `<!-->` and `<!--->` are comments too.
    if matches("<!--", text, at: start) { return end(of: "-->", in: text, from: start + 2) }
    if matches("<![CDATA[", text, at: start) { return end(of: "]]>", in: text, from: start + 2) }
    return end(of: text[start + 1] == "?" ? "?>" : ">", in: text, from: start + 2)
  }

  /// Whether `wanted` stands at `index`.
  static func matches(_ wanted: String, _ text: [Unicode.Scalar], at index: Int) -> Bool {
    index + wanted.unicodeScalars.count <= text.count && zip(wanted.unicodeScalars, text[index...]).allSatisfy(==)
  }

  /// Returns the offset after the next occurrence of `wanted`; nil if there is none.
  static func end(of wanted: String, in text: [Unicode.Scalar], from start: Int) -> Int? {
    guard let first = wanted.unicodeScalars.first else { return start }
    let count = wanted.unicodeScalars.count
    var index = start
    while index + count <= text.count {
      if text[index] == first, matches(wanted, text, at: index) { return index + count }
      index += 1
    }
    return nil
  }

  /// A reader of names and attributes.
  private struct Scanner {
    let text: [Unicode.Scalar]
    var index: Int
    let isStrict: Bool

    mutating func skipSpace() {
      while index < text.count, text[index].isMarkupSpace { index += 1 }
    }

    /// Reads the name of an element: a letter, then letters, digits, hyphens, colons and points.
    mutating func name() -> String? {
      guard index < text.count, text[index].isASCIILetter else { return nil }
      let start = index
      while index < text.count, text[index].isASCIIAlphanumeric || "-:.".unicodeScalars.contains(text[index]) {
        index += 1
      }
      return String(String.UnicodeScalarView(text[start..<index])).lowercased()
    }

    /// Reads attributes up to the `>` or `/>`, where it stops; nil if the text is no tag.
    mutating func attributes() -> [(name: String, value: String)]? {
      var attributes: [(name: String, value: String)] = []
      while true {
        let before = index
        skipSpace()
        guard index < text.count else { return nil }
        if text[index] == ">" { return attributes }
        if text[index] == "/" {
          if index + 1 < text.count, text[index + 1] == ">" { return attributes }
          index += 1
          continue
        }
        // The first attribute is set apart from the name.
        guard index > before || !attributes.isEmpty, let attribute = attribute() else { return nil }
        attributes.append(attribute)
      }
    }

    /// Reads an attribute and its value, which may be an expression of a component (`size={2}`).
    private mutating func attribute() -> (name: String, value: String)? {
      let start = index
      if text[index] == "{" { return braces() ? ("", "") : nil }
      while index < text.count, !text[index].isMarkupSpace, !"/>=<\"'".unicodeScalars.contains(text[index]) {
        index += 1
      }
      guard index > start, !isStrict || isAttributeName(start..<index) else { return nil }
      let name = String(String.UnicodeScalarView(text[start..<index])).lowercased()
      let end = index
      skipSpace()
      guard index < text.count, text[index] == "=" else {
        index = end
        return (name, "")
      }
      index += 1
      skipSpace()
      return value().map { (name, $0) }
    }

    /// Whether a range is the name of an attribute in CommonMark, or in templates of components (`@click`, `#slot`).
    private func isAttributeName(_ range: Range<Int>) -> Bool {
      let first = text[range.lowerBound]
      guard first.isASCIILetter || "_:@#".unicodeScalars.contains(first) else { return false }
      return text[range].dropFirst().allSatisfy { $0.isASCIIAlphanumeric || "_.:-[]".unicodeScalars.contains($0) }
    }

    /// Reads the value of an attribute.
    private mutating func value() -> String? {
      guard index < text.count else { return nil }
      let sign = text[index]
      let start = index + 1
      switch sign {
      case "\"", "'":
        guard let end = text[start...].prefix(Scanner.longestValue).firstIndex(of: sign) else { return nil }
        index = end + 1
        return CharacterReferences.shared.resolved(text, start..<end)
      case "{":
        return braces() ? "" : nil
      default:
        while index < text.count, !text[index].isMarkupSpace, text[index] != ">" { index += 1 }
        return CharacterReferences.shared.resolved(text, start - 1..<index)
      }
    }

    /// Length of the longest expression and value, so that text full of tags that do not end is read in linear time.
    private static let longestValue = 1 << 16

    /// Skips an expression in braces.
    private mutating func braces() -> Bool {
      var depth = 0
      let limit = min(text.count, index + Scanner.longestValue)
      while index < limit {
        if text[index] == "{" { depth += 1 }
        if text[index] == "}" { depth -= 1 }
        index += 1
        if depth == 0 { return true }
      }
      return false
    }
  }
}
