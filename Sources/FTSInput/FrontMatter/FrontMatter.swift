/// The front matter of a Markdown file, between lines of `---` at its start: title and attributes.
///
/// The syntax is a subset of YAML: `name: value`, `name: [a, b]`, and `name:` followed by lines of `- value`. Quotes
/// around a value are removed. Other lines are ignored.
struct FrontMatter: Equatable {
  private(set) var title: String?
  private(set) var attributes: [String: [String]] = [:]

  /// Parses the lines between the delimiters.
  init(_ lines: some Sequence<Substring>) {
    // The attribute whose list may continue.
    var open: String?
    for line in lines {
      let text = TextDocument.trimmed(line)
      if let name = open, text == "-" || text.hasPrefix("- ") {
        let value = FrontMatter.unquoted(TextDocument.trimmed(text.dropFirst()))
        if !value.isEmpty { attributes[name, default: []].append(value) }
        continue
      }
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = TextDocument.trimmed(line[..<colon])
      let value = TextDocument.trimmed(line[line.index(after: colon)...])
      guard !name.isEmpty else { continue }
      open = value.isEmpty && name != "title" ? name : nil
      set(name, value)
    }
  }

  /// Sets the title or an attribute. The last of several lines with one name wins.
  private mutating func set(_ name: String, _ value: String) {
    if name == "title" {
      let text = FrontMatter.unquoted(value)
      if !text.isEmpty { title = text }
      return
    }
    let values = FrontMatter.values(value)
    if !values.isEmpty { attributes[name] = values }
  }

  /// Returns the values of a list such as `[a, "b, c"]`, or the text as the only value.
  private static func values(_ text: String) -> [String] {
    guard text.utf8.count > 1, text.hasPrefix("["), text.hasSuffix("]") else {
      return [unquoted(text)].filter { !$0.isEmpty }
    }
    return items(text.dropFirst().dropLast()).map { unquoted(TextDocument.trimmed($0)) }.filter { !$0.isEmpty }
  }

  /// Splits a text at commas outside quotes.
  private static func items(_ text: Substring) -> [Substring] {
    var items: [Substring] = []
    var start = text.startIndex
    var quote: Character?
    for index in text.indices {
      let sign = text[index]
      if let open = quote {
        if sign == open { quote = nil }
      } else if sign == "\"" || sign == "'", TextDocument.trimmed(text[start..<index]).isEmpty {
        quote = sign
      } else if sign == "," {
        items.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    return items + [text[start...]]
  }

  /// Returns a text without the quotes around it.
  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }
}
