/// A mapping in the part of YAML 1.2 that front matter uses.
///
/// Read are: plain, quoted and block scalars (`>`, `|`, with `-`, `+` and an indentation), values that go on in the next
/// lines, comments, quoted keys, lists in both styles, mappings in lists and in mappings, whose members get names with
/// points. Anchors, aliases and tags stay in the text of a value.
struct YAMLMapping {
  /// The members in order, with their values; an empty member has none.
  private(set) var members = RecordMembers()
  /// Lines that were not understood, counted from 1 in the file: the line before the first one has the number 1.
  private(set) var problems: [TextDocument.Problem] = []

  private let lines: [Substring]
  private var index = 0

  /// Maximum depth of mappings and lists.
  private static let maximumDepth = 32
  /// Maximum number of lines in which a quoted scalar goes on.
  private static let longestQuote = 200
  /// Maximum number of lines of a list or mapping in brackets.
  private static let longestFlow = 2000
  /// Whether a bracket was not closed: then later ones are signs of their texts, and no line is read for them.
  private var hasOpenBracket = false

  /// Parses lines; nil if they are no mapping: the first line with text is no member, or is one only by a colon in a
  /// sentence while a later line is none.
  init?(_ lines: ArraySlice<Substring>) {
    self.lines = Array(lines)
    guard let first = self.lines.first(where: { !YAMLMapping.isBlank($0) }) else {
      // What would be comments may be headings between two rules.
      if self.lines.allSatisfy({ TextDocument.trimmed($0).isEmpty }) { return } else { return nil }
    }
    guard YAMLScalar.indentation(first) == 0, let (name, _) = YAMLMapping.member(first) else { return nil }
    readMapping(indentation: 0, prefix: "", depth: 0)
    // Sentences with a colon make no mapping: French sets a space before it, and paragraphs an empty line between them.
    if !problems.isEmpty, name.contains(" ") || isProse { return nil }
  }

  /// Whether a line that was not understood stands behind an empty one, or the first member has a space before its colon.
  private var isProse: Bool {
    let first = lines.first { !YAMLMapping.isBlank($0) } ?? ""
    if let (_, value) = YAMLMapping.member(first), first[..<value.startIndex].hasSuffix(" :") { return true }
    return problems.contains { problem in
      let index = problem.line - 2
      return index > 0 && TextDocument.trimmed(lines[index - 1]).isEmpty
    }
  }

  // MARK: Structure

  /// Reads the members of a mapping whose lines are indented by `indentation`.
  private mutating func readMapping(indentation: Int, prefix: String, depth: Int) {
    while index < lines.count {
      let line = lines[index]
      if YAMLMapping.isBlank(line) {
        index += 1
        continue
      }
      let own = YAMLScalar.indentation(line)
      if own < indentation { return }
      guard own == indentation, let (name, value) = YAMLMapping.member(line) else {
        if depth > 0, own == indentation { return }
        note()
        continue
      }
      index += 1
      readValue(value, of: prefix + name, indentation: indentation, depth: depth)
    }
  }

  /// Reads the value of a member, of which `text` stands beside its name.
  private mutating func readValue(_ text: Substring, of name: String, indentation: Int, depth: Int) {
    let value = TextDocument.trimmed(text)
    if let style = YAMLScalar.BlockStyle(value) {
      members.set(name, [YAMLScalar.block(takeBlock(deeperThan: indentation), style)])
    } else if value.isEmpty || value.hasPrefix("#") {
      readNested(of: name, indentation: indentation, depth: depth)
    } else if value.hasPrefix("[") || value.hasPrefix("{") {
      readFlow(value, of: name)
    } else {
      members.set(name, [YAMLScalar.flow(takeContinuation(of: value, deeperThan: indentation))].compactMap { $0 })
    }
  }

  /// Reads what stands below a name: a list, a mapping, or a scalar on lines of its own.
  private mutating func readNested(of name: String, indentation: Int, depth: Int) {
    guard let next = lines[index...].first(where: { !YAMLMapping.isBlank($0) }) else { return members.set(name, []) }
    let own = YAMLScalar.indentation(next)
    let isItem = YAMLMapping.isItem(next)
    guard own > indentation || isItem && own == indentation, depth < YAMLMapping.maximumDepth else {
      return members.set(name, [])
    }
    if isItem {
      readList(of: name, indentation: indentation, depth: depth + 1)
    } else if YAMLMapping.member(next) != nil {
      readMapping(indentation: own, prefix: name + ".", depth: depth + 1)
    } else {
      members.set(name, [YAMLScalar.flow(takeContinuation(of: "", deeperThan: indentation))].compactMap { $0 })
    }
  }

  /// Reads the items of a list whose hyphens are indented by `indentation` or more: people do not align them.
  private mutating func readList(of name: String, indentation: Int, depth: Int) {
    var values: [String] = []
    while index < lines.count {
      let line = lines[index]
      if YAMLMapping.isBlank(line) {
        index += 1
        continue
      }
      let own = YAMLScalar.indentation(line)
      guard own >= indentation, YAMLMapping.isItem(line) else { break }
      let text = line.drop { $0 == " " || $0 == "\t" }.dropFirst()
      let value = TextDocument.trimmed(text)
      index += 1
      if let style = YAMLScalar.BlockStyle(value) {
        values.append(YAMLScalar.block(takeBlock(deeperThan: own), style))
      } else if value.hasPrefix("[") || value.hasPrefix("{") {
        let items = YAMLScalar.items(takeFlow(value))
        for item in items where item.name.isEmpty { values += item.values }
        for item in items where !item.name.isEmpty { members.append(item.values, to: name + "." + item.name) }
      } else if let (member, first) = YAMLMapping.member(Substring(value)) {
        // The members of the item stand below its first one.
        let inner = own + 1 + text.prefix { $0 == " " }.count
        readItem(member, first, of: name, indentation: inner, depth: depth)
      } else if !value.isEmpty, !value.hasPrefix("#") {
        if let scalar = YAMLScalar.flow(takeContinuation(of: value, deeperThan: own)) { values.append(scalar) }
      }
    }
    if !values.isEmpty { members.append(values, to: name) }
  }

  /// Reads a mapping that is an item of a list; its values are added to those of the items before.
  private mutating func readItem(
    _ member: String, _ first: Substring, of name: String, indentation: Int, depth: Int
  ) {
    let before = members
    members = RecordMembers()
    readValue(first, of: name + "." + member, indentation: indentation, depth: depth)
    if depth < YAMLMapping.maximumDepth { readMapping(indentation: indentation, prefix: name + ".", depth: depth + 1) }
    let added = members
    members = before
    for member in added.members { members.append(member.values, to: member.name) }
  }

  /// Reads a list or mapping in brackets, which may go on in the next lines.
  private mutating func readFlow(_ value: String, of name: String) {
    let text = takeFlow(value)
    guard let last = text.last, last == "]" || last == "}" else {
      return members.set(name, [YAMLScalar.flow(text)].compactMap { $0 })
    }
    let items = YAMLScalar.items(text)
    members.set(name, items.filter(\.name.isEmpty).flatMap(\.values))
    for item in items where !item.name.isEmpty { members.append(item.values, to: name + "." + item.name) }
  }

  // MARK: Lines

  /// Takes the lines of a block scalar.
  private mutating func takeBlock(deeperThan indentation: Int) -> ArraySlice<Substring> {
    let start = index
    while index < lines.count,
      TextDocument.trimmed(lines[index]).isEmpty
        || YAMLScalar.indentation(lines[index]) > indentation
    {
      index += 1
    }
    return lines[start..<index]
  }

  /// Takes the lines in which a plain or quoted scalar goes on.
  private mutating func takeContinuation(of text: String, deeperThan indentation: Int) -> String {
    var text = text
    let isOpen = YAMLScalar.isOpen(text)
    // An open quote ends where its closing one stands; without one it is a sign of the text.
    if isOpen, let end = closingLine(of: text) {
      for line in lines[index...end] { text += "\n" + TextDocument.trimmed(line) }
      index = end + 1
      return text
    }
    while index < lines.count, YAMLScalar.indentation(lines[index]) > indentation,
      !TextDocument.trimmed(lines[index]).isEmpty, !YAMLMapping.isBlank(lines[index])
    {
      text += (text.isEmpty ? "" : "\n") + TextDocument.trimmed(lines[index])
      index += 1
    }
    return text
  }

  /// Returns the index of the line that closes the quote in which `text` is open; nil if none does.
  private func closingLine(of text: String) -> Int? {
    var text = text
    for (offset, line) in lines[index...].prefix(YAMLMapping.longestQuote).enumerated() {
      text += "\n" + TextDocument.trimmed(line)
      if !YAMLScalar.isOpen(text) { return index + offset }
    }
    return nil
  }

  /// Takes the lines up to the bracket that closes the one at the start of `text`; only `text` if none does.
  private mutating func takeFlow(_ text: String) -> String {
    var joined = YAMLScalar.withoutFlowComment(text)
    var end = index
    var brackets = YAMLScalar.OpenBrackets()
    brackets.read(joined)
    while !brackets.isClosed {
      guard !hasOpenBracket, end < min(lines.count, index + YAMLMapping.longestFlow) else {
        hasOpenBracket = true
        return text
      }
      let line = "\n" + YAMLScalar.withoutFlowComment(TextDocument.trimmed(lines[end]))
      brackets.read(line)
      joined += line
      end += 1
    }
    index = end
    return joined
  }

  /// Reports the current line and passes over it.
  private mutating func note() {
    problems.append(
      TextDocument.Problem(line: index + 2, message: "front matter: not understood, '\(lines[index].prefix(40))'"))
    index += 1
  }

  /// Whether a line is empty or a comment.
  private static func isBlank(_ line: Substring) -> Bool {
    let text = TextDocument.trimmed(line)
    return text.isEmpty || text.hasPrefix("#")
  }

  /// Whether a line is an item of a list.
  private static func isItem(_ line: Substring) -> Bool {
    let text = TextDocument.trimmed(line)
    return text == "-" || text.hasPrefix("- ") || text.hasPrefix("-\t")
  }

  /// Splits a line into the name of a member and the text of its value; nil if the line is none.
  private static func member(_ line: Substring) -> (name: String, value: Substring)? {
    let text = line.drop { $0 == " " || $0 == "\t" }
    guard let first = text.first, first != "#", first != "[", first != "{", !isItem(text) else { return nil }
    if first == "\"" || first == "'" {
      guard let end = YAMLScalar.closingQuote(of: text) else { return nil }
      let tail = text[text.index(after: end)...].drop { $0 == " " }
      guard tail.first == ":" else { return nil }
      let name = YAMLScalar.unquoted(text[...end])
      return name.isEmpty ? nil : (name, tail.dropFirst())
    }
    var start = text.startIndex
    while let colon = text[start...].firstIndex(of: ":") {
      let next = text.index(after: colon)
      if next == text.endIndex || text[next] == " " || text[next] == "\t" {
        let name = TextDocument.trimmed(text[..<colon])
        return name.isEmpty ? nil : (name, text[next...])
      }
      start = next
    }
    return nil
  }
}
