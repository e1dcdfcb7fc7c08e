/// The lines between `---` at the head of a Markdown file: title and attributes.
///
/// A small part of YAML: `name: value`, `name: [a, b]`, and `name:` with lines of `- value` below it. Quotes around a
/// value go. Lines of any other kind are passed over.
struct FrontMatter: Equatable {
  private(set) var title: String?
  private(set) var attributes: [String: [String]] = [:]

  init(_ lines: some Sequence<Substring>) {
    /// The attribute whose list goes on.
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

  /// Of lines with one name the last counts.
  private mutating func set(_ name: String, _ value: String) {
    if name == "title" {
      let text = FrontMatter.unquoted(value)
      if !text.isEmpty { title = text }
      return
    }
    let values = FrontMatter.values(value)
    if !values.isEmpty { attributes[name] = values }
  }

  /// The values of `[a, "b, c"]`, or the one value that a text is.
  private static func values(_ text: String) -> [String] {
    guard text.utf8.count > 1, text.hasPrefix("["), text.hasSuffix("]") else {
      return [unquoted(text)].filter { !$0.isEmpty }
    }
    return items(text.dropFirst().dropLast()).map { unquoted(TextDocument.trimmed($0)) }.filter { !$0.isEmpty }
  }

  /// The pieces between commas, where they do not stand in a quoted piece.
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

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }
}
