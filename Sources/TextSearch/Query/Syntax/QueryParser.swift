/// Reads a line of text as a query; the article <doc:QueryLanguage> has the grammar and the reasons.
///
///     sequence    := disjunction*                            best match first
///     disjunction := conjunction ("OR" conjunction)*
///     conjunction := negation ("AND" negation)*
///     negation    := "NOT"* ("+" | "-")? operand
///     operand     := word | phrase | group | name ":" operand | name ":" values, each with ("^" number)?
///     word        := "="? letters | letters with "*" or "?" | letters "~" ("1" | "2")?
///     phrase      := "="? '"' words '"' ("~" number)?
///     group       := "(" sequence ")" ("~" number)?
///     values      := text | '"' text '"' | "(" text* ")" | "[" text "TO" text "]" | "*"
///
/// Everything else is plain text: a question mark that ends a word, a hyphen between spaces, a quotation mark that is not
/// closed.
public struct QueryParser: Sendable {
  /// Names of text fields that may stand before a colon.
  public var fields: Set<String>
  /// Names of attributes that may stand before a colon.
  public var attributes: Set<String>
  /// Whether documents must match all operands without an operator, instead of at least one.
  public var requiresAll: Bool

  /// A parser for an index with these fields and attributes.
  public init(fields: Set<String> = ["title", "body"], attributes: Set<String> = [], requiresAll: Bool = false) {
    self.fields = fields
    self.attributes = attributes
    self.requiresAll = requiresAll
  }

  /// Parses a query. A text without any word becomes a query whose search throws `SearchError.emptyQuery`.
  ///
  /// - Throws: `SearchError.query` with the offset and a hint, for a malformed query.
  public func parse(_ text: String) throws(SearchError) -> Query {
    var reader = QueryReader(text, self)
    return try reader.read()
  }
}

/// The recursive descent of `QueryParser`.
struct QueryReader {
  /// Maximum depth of nested parentheses and fields.
  static let maximumNested = 20
  /// Minimum number of digits of a telephone number, with the code of its country.
  private static let minimumTelephoneDigits = 11
  /// Maximum number of parts of a group that may be required.
  private static let maximumMinimum = 1024

  let parser: QueryParser
  let text: String
  let scalars: [Unicode.Scalar]
  /// Index in `scalars` of the next one to read.
  var offset = 0
  /// Number of open groups and fields.
  var depth = 0
  /// Whether `AND`, `OR` and `NOT` are operators, not words.
  let hasKeywords: Bool

  init(_ text: String, _ parser: QueryParser) {
    self.text = text
    self.parser = parser
    scalars = Array(text.unicodeScalars)
    hasKeywords = QueryReader.hasKeywords(scalars)
  }

  /// An operand with its sign.
  struct Operand {
    var query: Query
    /// `.must` for `+`, `.mustNot` for `-`; nil without a sign.
    var sign: Query.Part.Occurrence?
    /// Offsets of a plain word; nil for other operands. Neighbouring plain words are read as one text.
    var plain: Range<Int>?
    /// Whether the operand is a condition on attributes, which documents must pass.
    var isFilter = false
  }

  mutating func read() throws(SearchError) -> Query { build(try readSequence(), minimum: nil) }

  func failure(at offset: Int, _ reason: String) -> SearchError { .query(text: text, offset: offset, reason: reason) }

  // MARK: Operators

  /// Reads operands up to the end of the text or of the open group.
  private mutating func readSequence() throws(SearchError) -> [Operand] {
    var operands: [Operand] = []
    while skipSpaces() { operands.append(try readDisjunction()) }
    return operands
  }

  private mutating func readDisjunction() throws(SearchError) -> Operand {
    let first = try readConjunction()
    guard take(keyword: "OR") else { return first }
    var parts = [part(first, else: .should)]
    repeat { parts.append(part(try readConjunction(), else: .should)) } while take(keyword: "OR")
    return Operand(query: .group(parts))
  }

  private mutating func readConjunction() throws(SearchError) -> Operand {
    let first = try readNegation()
    guard take(keyword: "AND") else { return first }
    var parts = [part(first, else: .must)]
    repeat { parts.append(part(try readNegation(), else: .must)) } while take(keyword: "AND")
    return Operand(query: .group(parts))
  }

  /// Makes an operand of an operator a part of its group.
  private func part(_ operand: Operand, else occurrence: Query.Part.Occurrence) -> Query.Part {
    let occurrence = operand.sign ?? occurrence
    return Query.Part(occurrence, query(of: operand, occurrence))
  }

  /// Returns the query of an operand that an operator, a sign or a boost takes as a unit.
  ///
  /// A word that the analyzer may split (`vice-ministre`) requires all of its parts. With `.mustNot` it becomes a phrase,
  /// which excludes fewer documents.
  private func query(of operand: Operand, _ occurrence: Query.Part.Occurrence) -> Query {
    guard let plain = operand.plain, case .words(let word, false) = operand.query, mayBeSeveral(plain) else {
      return operand.query
    }
    return occurrence == .mustNot ? .phrase(word) : .words(word, requiresAll: true)
  }

  /// Whether the analyzer may split the word in a range.
  private func mayBeSeveral(_ range: Range<Int>) -> Bool { scalars[range].contains { !QueryReader.isWord($0) } }

  private mutating func readNegation() throws(SearchError) -> Operand {
    var isNegated = false
    var isWritten = false
    while take(keyword: "NOT") {
      isNegated.toggle()
      isWritten = true
    }
    guard skipSpaces() else { return Operand(query: .words("")) }
    var operand = try readSigned()
    guard isWritten else { return operand }
    if operand.sign == .mustNot { isNegated.toggle() }
    operand = Operand(query: query(of: operand, isNegated ? .mustNot : .must), isFilter: operand.isFilter)
    if isNegated { operand.query = .not(operand.query) }
    return operand
  }

  private mutating func readSigned() throws(SearchError) -> Operand {
    let sign = scalars[offset]
    if let end = telephoneEnd(offset) {
      defer { offset = end }
      return Operand(query: .words(unescaped(offset..<end)), plain: offset..<end)
    }
    guard sign == "+" || sign == "-", startsOperand(offset + 1) else { return try readBoosted() }
    offset += 1
    var operand = try readBoosted()
    operand.sign = sign == "+" ? .must : .mustNot
    return operand
  }

  /// Whether an operand that can have a sign begins at `start`.
  private func startsOperand(_ start: Int) -> Bool {
    guard start < scalars.count else { return false }
    switch scalars[start] {
    case "(", "\\", "*", "?": return start + 1 < scalars.count
    case "=": return startsExact(start)
    default:
      let first = scalars[start...].first { $0 != "_" }
      return first.map { QueryReader.isWord($0) || QueryReader.isSign($0) } == true || phraseEnd(start) != nil
    }
  }

  /// Returns the offset after the telephone number with the code of a country that begins at `start`: +33 1 23 45 67 89,
  /// +84912345678; nil if there is none.
  private func telephoneEnd(_ start: Int) -> Int? {
    guard scalars[start] == "+", start + 2 < scalars.count else { return nil }
    let code = scalars[start + 1...start + 2]
    guard code.elementsEqual("33".unicodeScalars) || code.elementsEqual("84".unicodeScalars) else { return nil }
    let signs = " .-\u{A0}\u{202F}".unicodeScalars
    var (digits, index) = (0, start + 1)
    while index < scalars.count {
      if QueryReader.isDigit(scalars[index]) {
        digits += 1
        index += 1
      } else if digits < QueryReader.minimumTelephoneDigits, index + 1 < scalars.count,
        signs.contains(scalars[index]), QueryReader.isDigit(scalars[index + 1])
      {
        index += 1
      } else if digits == 2,
        scalars[index...].starts(with: "(0)".unicodeScalars)
          || scalars[index...].starts(with: " (0)".unicodeScalars)
      {
        index += scalars[index] == " " ? 4 : 3
      } else {
        break
      }
    }
    return digits >= QueryReader.minimumTelephoneDigits ? index : nil
  }

  /// Whether an exact word or phrase (`=word`) begins at `start`.
  func startsExact(_ start: Int) -> Bool {
    guard start + 1 < scalars.count, scalars[start] == "=" else { return false }
    return QueryReader.isWord(scalars[start + 1]) || phraseEnd(start + 1) != nil
  }

  private mutating func readBoosted() throws(SearchError) -> Operand {
    var operand = try readOperand()
    let start = offset
    guard let factor = takeBoost() else { return operand }
    guard factor <= Query.maximumBoost else {
      throw failure(at: start, "a boost is at most \(Int(Query.maximumBoost))")
    }
    operand.query = .boost(query(of: operand, .must), factor)
    operand.plain = nil
    return operand
  }

  // MARK: Groups

  mutating func readGroup() throws(SearchError) -> Operand {
    try enter()
    offset += 1
    let operands = try readSequence()
    if offset < scalars.count { offset += 1 }
    depth -= 1
    let start = offset
    guard let minimum = takeSlop() else { return Operand(query: build(operands, minimum: nil)) }
    guard (1...QueryReader.maximumMinimum).contains(minimum) else {
      throw failure(at: start, "the number after ~ says how many of the group have to match, 1 or more")
    }
    return Operand(query: build(operands, minimum: minimum))
  }

  /// Opens a group or field.
  mutating func enter() throws(SearchError) {
    guard depth < QueryReader.maximumNested else {
      throw failure(
        at: offset, "more than \(QueryReader.maximumNested) groups inside each other; write fewer parentheses")
    }
    depth += 1
  }

  /// Returns the query of a sequence. Neighbouring plain words become one bag of words.
  private func build(_ operands: [Operand], minimum: Int?) -> Query {
    var parts: [Query.Part] = []
    let hasOthers = operands.contains { $0.query != .everything && $0.sign == nil && !$0.isFilter }
    var index = 0
    while index < operands.count {
      let operand = operands[index]
      index += 1
      // Ignores a star among other operands: it is meant as punctuation.
      if operand.query == .everything, operand.sign == nil, hasOthers { continue }
      guard operand.sign == nil, let first = operand.plain else {
        parts.append(part(operand, else: operand.isFilter ? .must : standard(minimum)))
        continue
      }
      var bag = first
      while index < operands.count, operands[index].sign == nil, let next = operands[index].plain {
        bag = bag.lowerBound..<next.upperBound
        index += 1
      }
      parts.append(Query.Part(standard(minimum), .words(unescaped(bag))))
    }
    return QueryReader.group(parts, minimum)
  }

  private func standard(_ minimum: Int?) -> Query.Part.Occurrence {
    parser.requiresAll && minimum == nil ? .must : .should
  }

  private static func group(_ parts: [Query.Part], _ minimum: Int?) -> Query {
    if parts.isEmpty { return .words("") }
    if minimum == nil, parts.count == 1, parts[0].occurrence != .mustNot { return parts[0].query }
    return .group(parts, minimum: minimum)
  }
}
