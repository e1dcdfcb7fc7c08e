/// Reads operands: words, patterns, phrases, fields and attributes.
extension QueryReader {
  mutating func readOperand() throws(SearchError) -> Operand {
    switch scalars[offset] {
    case "(":
      return try readGroup()
    case "[":
      try refuseRange()
    case "=" where startsExact(offset):
      offset += 1
      if phraseEnd(offset) != nil { return Operand(query: .exact(takePhrase())) }
      return Operand(query: .exact(unescaped(takeWord())))
    case _ where phraseEnd(offset) != nil:
      return try readPhrase()
    default: break
    }
    if let named = try readName() { return named }
    return try readWord()
  }

  private mutating func readPhrase() throws(SearchError) -> Operand {
    let words = takePhrase()
    let start = offset
    guard let slop = takeSlop() else { return Operand(query: .phrase(words)) }
    guard slop <= Query.maximumSlop else {
      throw failure(at: start, "words of a phrase may be moved by at most 99 positions")
    }
    return Operand(query: .phrase(words, slop: slop))
  }

  // MARK: Words

  /// Reads a word, pattern or fuzzy word.
  private mutating func readWord() throws(SearchError) -> Operand {
    let range = takeWord()
    // Drops punctuation that ends a sentence.
    var end = range.upperBound
    while end > range.lowerBound, "?!".unicodeScalars.contains(scalars[end - 1]), !isEscaped(end - 1) { end -= 1 }
    if isFinalWildcard(end, of: range) {
      guard !isPattern(range.lowerBound..<end) else { return Operand(query: try pattern(range)) }
      // A word alone and a question mark: either may be meant.
      if isOnlyWord(range), isPattern(range) {
        return Operand(query: .any([.words(unescaped(range)), try pattern(range)]))
      }
    }
    let body = range.lowerBound..<end
    if body.count == 1, scalars[body.lowerBound] == "*" { return Operand(query: .everything) }
    if isPattern(body) { return Operand(query: try pattern(body)) }
    if let fuzzy = try fuzzy(body) { return Operand(query: fuzzy) }
    return Operand(query: .words(unescaped(range)), plain: range)
  }

  /// Whether a word ends in one question mark, and not behind a star, and so may be a pattern.
  private func isFinalWildcard(_ end: Int, of range: Range<Int>) -> Bool {
    end + 1 == range.upperBound && end > range.lowerBound && scalars[end] == "?" && scalars[end - 1] != "*"
  }

  /// Whether the query has no other word.
  private func isOnlyWord(_ range: Range<Int>) -> Bool {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
    return scalars[..<range.lowerBound].allSatisfy(isSpace) && scalars[range.upperBound...].allSatisfy(isSpace)
  }

  /// Whether a word is a pattern: it has a letter and an unescaped `*` or `?`, and otherwise only letters, apostrophes,
  /// hyphens, underscores, `~` and escaped characters.
  private func isPattern(_ range: Range<Int>) -> Bool {
    var hasWildcard = false
    var hasLetter = false
    for index in range where scalars[index] != "\\" {
      if QueryReader.isWildcard(scalars[index]), !isEscaped(index) {
        hasWildcard = true
      } else if QueryReader.isWord(scalars[index]) {
        hasLetter = true
      } else if !QueryReader.isJoint(scalars[index]), scalars[index] != "~", !isEscaped(index) {
        return false
      }
    }
    return hasWildcard && hasLetter
  }

  private func pattern(_ range: Range<Int>) throws(SearchError) -> Query {
    if let tilde = range.first(where: { scalars[$0] == "~" && !isEscaped($0) }) {
      throw failure(at: tilde, "a word has wildcards or ~, not both")
    }
    var pattern = String.UnicodeScalarView()
    for index in range where scalars[index] != "\\" {
      let isLiteral = isEscaped(index) && QueryReader.isWildcard(scalars[index])
      // Drops escaped wildcards, as no word contains one, and repeated stars, as one matches as much.
      if isLiteral || scalars[index] == "*" && pattern.last == "*" { continue }
      pattern.append(scalars[index])
    }
    if pattern.last == "*", !pattern.dropLast().contains(where: QueryReader.isWildcard) {
      return .prefix(String(Substring(pattern.dropLast())))
    }
    return .wildcard(String(pattern))
  }

  /// Reads `word~`, `word~1` or `word~2`; nil if the range is no fuzzy word.
  private func fuzzy(_ range: Range<Int>) throws(SearchError) -> Query? {
    guard let tilde = range.last(where: { scalars[$0] == "~" && !isEscaped($0) }) else { return nil }
    let word = range.lowerBound..<tilde
    let digits = scalars[(tilde + 1)..<range.upperBound]
    guard digits.allSatisfy(QueryReader.isDigit),
      scalars[word].contains(where: { QueryReader.isWord($0) && !QueryReader.isDigit($0) })
    else {
      return nil
    }
    let text = unescaped(word)
    if digits.isEmpty { return .fuzzy(text, distance: word.count > QueryReader.maximumShortWord ? 2 : 1) }
    guard let distance = QueryReader.number(digits), (1...2).contains(distance) else {
      throw failure(at: tilde, "a word may differ by 1 or 2 letters: \(text)~1 or \(text)~2")
    }
    return .fuzzy(text, distance: distance)
  }

  /// The maximum length of a word that `~` alone allows one edit; longer words allow two.
  private static var maximumShortWord: Int { 5 }

  /// Takes the next word, up to white space, the end of the open group, or a boost; returns its range.
  private mutating func takeWord() -> Range<Int> {
    let start = offset
    // Parentheses within a word belong to it: élu(e)s.
    var inner = 0
    while offset < scalars.count, !scalars[offset].properties.isWhitespace {
      switch scalars[offset] {
      case "\\" where offset + 1 < scalars.count:
        offset += 1
        if scalars[offset].properties.isWhitespace { return start..<offset }
      case "(" where offset > start: inner += 1
      case ")" where inner > 0: inner -= 1
      case ")" where depth > 0: return start..<offset
      case "^" where offset > start && boostEnd(offset) != nil: return start..<offset
      default: break
      }
      offset += 1
    }
    return start..<offset
  }

  // MARK: Fields and attributes

  /// Reads `name:` and its operand; nil if no field or attribute has the name.
  private mutating func readName() throws(SearchError) -> Operand? {
    var end = offset
    while end < scalars.count, QueryReader.isWord(scalars[end]) || "_-./".unicodeScalars.contains(scalars[end]) {
      end += 1
    }
    guard end > offset, end + 1 < scalars.count, scalars[end] == ":", !scalars[end + 1].properties.isWhitespace,
      !(depth > 0 && scalars[end + 1] == ")")
    else { return nil }
    let name = unescaped(offset..<end)
    if parser.fields.contains(name) {
      try enter()
      offset = end + 1
      let operand = try readOperand()
      depth -= 1
      if operand.isFilter { throw failure(at: end + 1, "an attribute has no fields; write its condition alone") }
      return Operand(query: .field(name, fieldQuery(operand)))
    }
    guard parser.attributes.contains(name) else { return nil }
    offset = end + 1
    return Operand(query: .filter(try readCondition(name)), isFilter: true)
  }

  /// Returns the query of an operand in a field: of a word that the analyzer may split, all parts must match.
  private func fieldQuery(_ operand: Operand) -> Query {
    guard case .words(let text, false) = operand.query, operand.plain != nil else { return operand.query }
    return .words(text, requiresAll: scalars[operand.plain ?? 0..<0].contains { !QueryReader.isWord($0) })
  }

  /// Reads the condition after the name of an attribute.
  private mutating func readCondition(_ name: String) throws(SearchError) -> AttributeFilter {
    if scalars[offset] == "[" { return try readRange(name) }
    if scalars[offset] == "(" {
      let filters = takeValues().map { AttributeFilter.matches(name, $0) }
      return filters.count == 1 ? filters[0] : .any(filters)
    }
    let isExact = scalars[offset] == "=" && offset + 1 < scalars.count
    if isExact { offset += 1 }
    func condition(_ text: String) -> AttributeFilter {
      isExact ? .equals(name, .keyword(text)) : .matches(name, text)
    }
    if phraseEnd(offset) != nil { return condition(takePhrase()) }
    let start = offset
    var range = takeWord()
    while range.count > 1, ",;?!".unicodeScalars.contains(scalars[range.upperBound - 1]) {
      range = range.lowerBound..<range.upperBound - 1
    }
    let value = unescaped(range)
    guard !value.isEmpty else { throw failure(at: start, "write a value after \(name):") }
    if value == "*", !isExact { return .exists(name) }
    let isPrefix = !isExact && value.hasSuffix("*") && !isEscaped(range.upperBound - 1)
    return isPrefix ? .begins(name, String(value.dropLast())) : condition(value)
  }

  /// Takes a list of values: `(fr vi)`.
  private mutating func takeValues() -> [String] {
    var values: [String] = []
    offset += 1
    depth += 1
    while skipSpaces() {
      if take(keyword: "OR") { continue }
      if phraseEnd(offset) != nil {
        values.append(takePhrase())
      } else {
        values.append(unescaped(takeWord()))
      }
    }
    depth -= 1
    if offset < scalars.count { offset += 1 }
    return values
  }

  /// Reads a range: `[2023 TO 2025]`, with a star for no bound.
  private mutating func readRange(_ name: String) throws(SearchError) -> AttributeFilter {
    guard let (range, end) = range(at: offset) else {
      throw failure(at: offset, "a range is written \(name):[2023 TO 2025], with * for no bound")
    }
    offset = end
    func bound(_ text: String) -> AttributeValue? { text == "*" ? nil : .keyword(text) }
    return .range(name, from: bound(range.from), through: bound(range.through))
  }

  /// Refuses a range without the name of an attribute.
  private func refuseRange() throws(SearchError) {
    guard let (range, _) = range(at: offset) else { return }
    let name = parser.attributes.contains("date") ? "date" : parser.attributes.sorted().first ?? "date"
    throw failure(
      at: offset, "a range needs the name of its attribute: \(name):[\(range.from) TO \(range.through)]")
  }

  /// Returns the bounds of the range that begins at `start`, and the offset after it; nil if there is none.
  private func range(at start: Int) -> (range: (from: String, through: String), end: Int)? {
    guard let close = scalars[start...].firstIndex(of: "]") else { return nil }
    let words = scalars[(start + 1)..<close].split(whereSeparator: \.properties.isWhitespace)
    guard words.count == 3, Array(words[1]) == ["T", "O"] else { return nil }
    func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }
    return ((text(words[0]), text(words[2])), close + 1)
  }
}
