/// A table in the part of TOML 1.0 that front matter uses.
///
/// Read are: bare, quoted and dotted keys, strings of all four kinds, numbers, Booleans, dates, arrays, inline tables,
/// tables and arrays of tables, whose members get names with points, and comments.
struct TOMLTable {
  /// The members in order, with their values.
  private(set) var members = RecordMembers()
  /// Lines that were not understood, counted from 1 in the file: the line before the first one has the number 1.
  private(set) var problems: [TextDocument.Problem] = []

  /// Parses lines.
  init(_ lines: ArraySlice<Substring>) {
    let lines = Array(lines)
    var prefix = ""
    var index = 0
    // After a value that does not end only those of one line are read.
    var longest = TOMLTable.longestValue
    while index < lines.count {
      let line = TextDocument.trimmed(lines[index])
      if line.isEmpty || line.hasPrefix("#") {
        index += 1
      } else if line.hasPrefix("["), let name = TOMLTable.tableName(line) {
        prefix = name + "."
        index += 1
      } else if let (name, count, value) = TOMLTable.member(lines[index...], longest: longest) {
        take(value, name: prefix + name)
        index += count
      } else {
        longest = 1
        problems.append(
          TextDocument.Problem(line: index + 2, message: "front matter: not understood, '\(lines[index].prefix(40))'"))
        index += 1
      }
    }
  }

  private mutating func take(_ items: [(name: String, values: [String])], name: String) {
    for item in items { members.append(item.values, to: item.name.isEmpty ? name : name + "." + item.name) }
  }

  /// Returns the name of `[table]` or `[[array of tables]]`.
  private static func tableName(_ line: String) -> String? {
    let text = Array(line.unicodeScalars)
    var reader = TOMLReader(text)
    reader.index = text.count > 1 && text[1] == "[" ? 2 : 1
    guard let name = reader.key(), reader.index < text.count, text[reader.index] == "]" else { return nil }
    return name
  }

  /// Maximum number of lines of a value.
  private static let longestValue = 2000

  /// Reads a member at the start of some lines: its name, the number of its lines, its value.
  private static func member(
    _ lines: ArraySlice<Substring>, longest: Int
  ) -> (name: String, lines: Int, value: [(name: String, values: [String])])? {
    var reader = TOMLReader([])
    var count = 1
    // Values of several lines are few: the member is read again with twice as many lines until it is complete.
    while count <= min(lines.count, longest) {
      let text = lines.prefix(count).joined(separator: "\n")
      reader = TOMLReader(Array(text.unicodeScalars))
      if let (name, value) = reader.member() {
        let taken = reader.text[..<reader.index].reduce(1) { $0 + ($1 == "\n" ? 1 : 0) }
        return (name, taken, value)
      }
      guard reader.isOpen, count < lines.count else { return nil }
      count = min(2 * count, lines.count)
    }
    return nil
  }
}

/// A recursive-descent reader of TOML.
struct TOMLReader {
  let text: [Unicode.Scalar]
  var index = 0
  /// Whether the text ended inside a value.
  private(set) var isOpen = false

  /// Maximum depth of arrays and inline tables.
  private static let maximumDepth = 32

  init(_ text: [Unicode.Scalar]) { self.text = text }

  /// Reads a member up to the end of its line; nil if there is none.
  mutating func member() -> (name: String, value: [(name: String, values: [String])])? {
    guard let name = key(), take("=") else { return nil }
    skipBlanks()
    guard let value = value(depth: 0) else { return nil }
    skipBlanks()
    guard index == text.count || text[index] == "\n" || text[index] == "#" else { return nil }
    return (name, value)
  }

  /// Reads a key; the names of a dotted one are joined by points.
  mutating func key() -> String? {
    var names: [String] = []
    repeat {
      skipBlanks()
      guard index < text.count else { return nil }
      if text[index] == "\"" || text[index] == "'" {
        guard let name = string() else { return nil }
        names.append(name)
      } else {
        let start = index
        while index < text.count,
          text[index].isASCIIAlphanumeric || text[index] == "-" || text[index] == "_"
            || text[index].value > 0x7F
        {
          index += 1
        }
        guard index > start else { return nil }
        names.append(String(String.UnicodeScalarView(text[start..<index])))
      }
      skipBlanks()
    } while take(".")
    return names.joined(separator: ".")
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == scalar else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < text.count, text[index] == " " || text[index] == "\t" { index += 1 }
  }

  /// Skips blanks, line ends and comments, which may stand between the items of an array.
  private mutating func skipLines() {
    while index < text.count {
      if text[index] == "#" {
        while index < text.count, text[index] != "\n" { index += 1 }
      } else if text[index].isMarkupSpace {
        index += 1
      } else {
        return
      }
    }
  }

  /// Reads a value; nil if there is none or it does not end.
  private mutating func value(depth: Int) -> [(name: String, values: [String])]? {
    guard index < text.count, depth <= TOMLReader.maximumDepth else { return nil }
    switch text[index] {
    case "\"", "'": return string().map { [("", [$0])] }
    case "[": return array(depth: depth)
    case "{": return inlineTable(depth: depth)
    default:
      let start = index
      while index < text.count, !",]}#\n".unicodeScalars.contains(text[index]) { index += 1 }
      let value = TextDocument.trimmed(Substring(String(String.UnicodeScalarView(text[start..<index]))))
      return value.isEmpty ? nil : [("", [value])]
    }
  }

  /// Reads an array: its values, and those of the tables in it by name.
  private mutating func array(depth: Int) -> [(name: String, values: [String])]? {
    items(until: "]") { reader in reader.value(depth: depth + 1) }
  }

  /// Reads a table in braces.
  private mutating func inlineTable(depth: Int) -> [(name: String, values: [String])]? {
    items(until: "}") { reader in
      guard let name = reader.key(), reader.take("=") else { return nil }
      reader.skipBlanks()
      return reader.value(depth: depth + 1)?.map { ($0.name.isEmpty ? name : name + "." + $0.name, $0.values) }
    }
  }

  /// Reads the items between two brackets, the first of which is at `index`; nil if one is none or they do not end.
  private mutating func items(
    until closing: Unicode.Scalar, _ item: (inout TOMLReader) -> [(name: String, values: [String])]?
  ) -> [(name: String, values: [String])]? {
    index += 1
    var items: [(name: String, values: [String])] = []
    while true {
      skipLines()
      guard index < text.count else {
        isOpen = true
        return nil
      }
      if take(closing) { return items }
      if take(",") { continue }
      guard let item = item(&self) else { return nil }
      items += item
    }
  }

  /// Reads a string in one or three quotes of either kind.
  private mutating func string() -> String? {
    let quote = text[index]
    let isLong = index + 2 < text.count && text[index + 1] == quote && text[index + 2] == quote
    index += isLong ? 3 : 1
    let start = index
    while index < text.count {
      if quote == "\"", text[index] == "\\" {
        index += 2
        continue
      }
      if text[index] == quote,
        !isLong || text[index...].prefix(3).count == 3 && text[index...].prefix(3).allSatisfy({ $0 == quote })
      {
        let inner = String(String.UnicodeScalarView(text[start..<index]))
        index += isLong ? 3 : 1
        return TOMLReader.resolved(inner, isLong: isLong, hasEscapes: quote == "\"")
      }
      if text[index] == "\n", !isLong { return nil }
      index += 1
    }
    index = text.count
    isOpen = isLong
    return nil
  }

  /// Returns the value of a string: without a line end at its start, with its escapes resolved.
  private static func resolved(_ text: String, isLong: Bool, hasEscapes: Bool) -> String {
    let inner = isLong && text.hasPrefix("\n") ? String(text.dropFirst()) : text
    return hasEscapes ? StringEscapes.resolved(inner) : inner
  }
}
