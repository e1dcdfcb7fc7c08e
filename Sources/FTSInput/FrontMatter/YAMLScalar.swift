/// The scalars of YAML 1.2 (chapters 7 and 8): plain, quoted, block; and the items of flow collections.
enum YAMLScalar {
  /// The head of a block scalar: `|` or `>`, with a digit for its indentation and `-` or `+` in any order.
  struct BlockStyle {
    let isFolded: Bool
    private(set) var indentation: Int?

    /// Parses a head; nil if the text is none.
    init?(_ text: String) {
      guard let sign = text.first, sign == "|" || sign == ">" else { return nil }
      isFolded = sign == ">"
      let head = text.dropFirst().prefix { $0 != " " && $0 != "\t" }
      for character in head {
        if let digit = character.wholeNumberValue, digit > 0, indentation == nil {
          indentation = digit
        } else if character != "-" && character != "+" {
          return nil
        }
      }
      let tail = TextDocument.trimmed(text.dropFirst(1 + head.count))
      if !tail.isEmpty, !tail.hasPrefix("#") { return nil }
    }
  }

  /// Returns the number of blanks at the start of a line.
  static func indentation(_ line: Substring) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }

  /// Returns the text of a block scalar without its indentation. Line ends at its end are dropped: values are texts to
  /// find and to show.
  static func block(_ lines: ArraySlice<Substring>, _ style: BlockStyle) -> String {
    let first = lines.first { !TextDocument.trimmed($0).isEmpty }
    let own = first.map(indentation) ?? 0
    let dropped = style.indentation.map { min($0, own) } ?? own
    var text = ""
    var isBroken = true
    for line in lines {
      let content = TextDocument.trimmed(line).isEmpty ? "" : String(line.dropFirst(min(dropped, indentation(line))))
      if !style.isFolded {
        text += (text.isEmpty ? "" : "\n") + content
      } else if content.isEmpty {
        text += text.isEmpty ? "" : "\n"
        isBroken = true
      } else {
        text += (isBroken || text.isEmpty ? "" : " ") + content
        isBroken = false
      }
    }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }

  /// Returns the value of a plain or quoted scalar, whose line ends are spaces; nil for null.
  static func flow(_ text: String) -> String? {
    if let first = text.first, first == "\"" || first == "'" {
      if let end = closingQuote(of: text) {
        let tail = TextDocument.trimmed(text[text.index(after: end)...])
        if tail.isEmpty || tail.hasPrefix("#") { return unquoted(text[...end]) }
      }
      // Quotes inside quotes are a common slip; the outer ones still go.
      if text.count > 1, text.last == first {
        return text.dropFirst().dropLast().split(separator: "\n").joined(separator: " ")
      }
    }
    let value = text.split(separator: "\n").map { withoutComment(String($0)) }.joined(separator: " ")
    return value == "~" || value == "null" || value.isEmpty ? nil : value
  }

  /// Returns a text up to a number sign after a blank.
  static func withoutComment(_ text: String) -> String {
    var isAfterBlank = true
    for index in text.indices {
      if text[index] == "#", isAfterBlank { return TextDocument.trimmed(text[..<index]) }
      isAfterBlank = text[index] == " " || text[index] == "\t"
    }
    return TextDocument.trimmed(Substring(text))
  }

  /// Returns a line of a flow collection up to a number sign after a blank and outside quotes.
  static func withoutFlowComment(_ line: String) -> String {
    var quote: Character?
    var before: Character = " "
    for index in line.indices {
      let sign = line[index]
      if let open = quote {
        if sign == open, before != "\\" { quote = nil }
      } else if sign == "\"" || sign == "'", " [{,:\t".contains(before) {
        quote = sign
      } else if sign == "#", before == " " || before == "\t" {
        return TextDocument.trimmed(line[..<index])
      }
      before = sign
    }
    return line
  }

  /// Whether a text begins with a quote that does not end in it.
  static func isOpen(_ text: String) -> Bool {
    guard let first = text.first, first == "\"" || first == "'" else { return false }
    return closingQuote(of: text) == nil
  }

  /// Returns the index of the quote that closes the one at the start; nil if none does.
  static func closingQuote<Text: Collection<Character>>(of text: Text) -> Text.Index? {
    guard let quote = text.first else { return nil }
    var index = text.index(after: text.startIndex)
    while index < text.endIndex {
      let next = text.index(after: index)
      if quote == "\"", text[index] == "\\" {
        guard next < text.endIndex else { return nil }
        index = text.index(after: next)
        continue
      }
      if text[index] == quote {
        guard quote == "'", next < text.endIndex, text[next] == "'" else { return index }
        index = text.index(after: next)
        continue
      }
      index = next
    }
    return nil
  }

  /// Returns the text between quotes with its escapes resolved and its line ends as spaces.
  static func unquoted(_ text: Substring) -> String {
    guard let quote = text.first, text.count > 1 else { return String(text) }
    let inner = text.dropFirst().dropLast().split(separator: "\n").joined(separator: " ")
    return quote == "'"
      ? inner.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'")
      : StringEscapes.resolved(inner)
  }

  /// A count of the open brackets of a text that are not in quotes.
  struct OpenBrackets {
    private var depth = 0
    private var quote: Character?
    private var before: Character = " "
    private var isEscaped = false
    /// Whether the bracket that was opened first is closed.
    private(set) var isClosed = false

    /// Reads on.
    mutating func read(_ text: some Sequence<Character>) {
      for character in text where !isClosed { read(character) }
    }

    private mutating func read(_ character: Character) {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if character == "\\", open == "\"" {
          isEscaped = true
        } else if character == open {
          quote = nil
        }
      } else if character == "\"" || character == "'", " [{,:\n\t".contains(before) {
        quote = character
      } else if character == "[" || character == "{" {
        depth += 1
      } else if character == "]" || character == "}" {
        depth -= 1
        isClosed = depth <= 0
      }
      before = character
    }
  }

  /// Returns the values of a flow list, or the members of a flow mapping. Nested collections add their values; members
  /// of nested mappings have names with points.
  static func items(_ text: String) -> [(name: String, values: [String])] {
    var reader = FlowReader(Array(text))
    return reader.collection(depth: 0)
  }

  /// A recursive-descent reader of flow collections.
  private struct FlowReader {
    let text: [Character]
    var index = 0

    init(_ text: [Character]) { self.text = text }

    /// Reads the collection at `index`.
    mutating func collection(depth: Int) -> [(name: String, values: [String])] {
      index += 1
      var items: [(name: String, values: [String])] = []
      while index < text.count, text[index] != "]", text[index] != "}" {
        if text[index] == "," || text[index].isWhitespace {
          index += 1
        } else {
          items += item(depth: depth)
        }
      }
      index = min(index + 1, text.count)
      return items
    }

    /// Reads one item: a collection, a member or a scalar.
    private mutating func item(depth: Int) -> [(name: String, values: [String])] {
      if text[index] == "[" || text[index] == "{" {
        return depth < 32 ? collection(depth: depth + 1) : skipped()
      }
      let first = scalar(stopsAtColon: true)
      guard index < text.count, text[index] == ":" else { return first.map { [("", [$0])] } ?? [] }
      index += 1
      while index < text.count, text[index].isWhitespace { index += 1 }
      guard index < text.count, text[index] != ",", text[index] != "}", text[index] != "]" else { return [] }
      let name = first ?? ""
      if text[index] == "[" || text[index] == "{" {
        guard depth < 32 else { return skipped() }
        return collection(depth: depth + 1).map { ($0.name.isEmpty ? name : name + "." + $0.name, $0.values) }
      }
      return scalar(stopsAtColon: false).map { [(name, [$0])] } ?? []
    }

    /// Passes over the remaining text: it is nested too deeply.
    private mutating func skipped() -> [(name: String, values: [String])] {
      index = text.count
      return []
    }

    /// Reads a scalar up to a comma, a bracket or the colon of a member.
    private mutating func scalar(stopsAtColon: Bool) -> String? {
      let start = index
      if text[index] == "\"" || text[index] == "'" {
        if let end = YAMLScalar.closingQuote(of: text[index...]) {
          let quoted = String(text[index...end])
          index = end + 1
          return YAMLScalar.unquoted(Substring(quoted))
        }
      }
      while index < text.count, text[index] != ",", text[index] != "]", text[index] != "}" {
        if stopsAtColon, text[index] == ":", index + 1 == text.count || text[index + 1].isWhitespace { break }
        index += 1
      }
      return YAMLScalar.flow(TextDocument.trimmed(Substring(String(text[start..<index]))))
    }
  }
}
