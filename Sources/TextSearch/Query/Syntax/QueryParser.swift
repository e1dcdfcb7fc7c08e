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
/// What cannot be meant as one of these is plain text, as people type it: a question mark that ends a word, a hyphen between
/// spaces, a quotation mark without its other half.
public struct QueryParser: Sendable {
  /// Text fields that may stand before a colon.
  public var fields: Set<String>
  /// Attributes that may stand before a colon.
  public var attributes: Set<String>
  /// Documents have to match all of the words and other parts that stand side by side, instead of any.
  public var requiresAll: Bool

  public init(fields: Set<String> = ["title", "body"], attributes: Set<String> = [], requiresAll: Bool = false) {
    self.fields = fields
    self.attributes = attributes
    self.requiresAll = requiresAll
  }

  /// Reads a query. A text without any word gives a query that finds nothing to search for (`SearchError.emptyQuery`).
  ///
  /// - Throws: `SearchError.query` with the offset and a hint for what cannot be read in any way.
  public func parse(_ text: String) throws(SearchError) -> Query {
    var reader = QueryReader(text, self)
    return try reader.read()
  }
}

/// The recursive descent of `QueryParser`.
struct QueryReader {
  /// Parentheses and fields inside each other at most.
  static let maximumNested = 20
  private static let maximumMinimum = 1024

  let parser: QueryParser
  let text: String
  let scalars: [Unicode.Scalar]
  var offset = 0
  /// Groups that are open.
  var depth = 0

  init(_ text: String, _ parser: QueryParser) {
    self.text = text
    self.parser = parser
    scalars = Array(text.unicodeScalars)
  }

  /// An operand with the sign that stood before it.
  struct Operand {
    var query: Query
    /// Written with `+` or `-`; nil for none.
    var sign: Query.Part.Occurrence?
    /// Where a plain word stands in the text; words side by side are read as one text.
    var plain: Range<Int>?
    /// A condition on attributes, which documents have to pass.
    var isFilter = false
  }

  mutating func read() throws(SearchError) -> Query { build(try readSequence(), minimum: nil) }

  func failure(at offset: Int, _ reason: String) -> SearchError { .query(text: text, offset: offset, reason: reason) }

  // MARK: Operators

  /// Operands up to the end of the text or of the open group.
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

  /// An operand of an operator as a part of its group.
  private func part(_ operand: Operand, else occurrence: Query.Part.Occurrence) -> Query.Part {
    let occurrence = operand.sign ?? occurrence
    return Query.Part(occurrence, whole(operand, occurrence))
  }

  /// A word that an operator takes: if it turns out to be several (`vice-ministre`), all of them, side by side where
  /// documents are to be kept out.
  private func whole(_ operand: Operand, _ occurrence: Query.Part.Occurrence) -> Query {
    guard let plain = operand.plain, case .words(let word, false) = operand.query, mayBeSeveral(plain) else {
      return operand.query
    }
    return occurrence == .mustNot ? .phrase(word) : .words(word, requiresAll: true)
  }

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
    operand = Operand(query: whole(operand, isNegated ? .mustNot : .must), isFilter: operand.isFilter)
    if isNegated { operand.query = .not(operand.query) }
    return operand
  }

  private mutating func readSigned() throws(SearchError) -> Operand {
    let sign = scalars[offset]
    guard sign == "+" || sign == "-", startsOperand(offset + 1) else { return try readBoosted() }
    offset += 1
    var operand = try readBoosted()
    operand.sign = sign == "+" ? .must : .mustNot
    return operand
  }

  /// Whether an operand that a sign may belong to begins at `start`.
  private func startsOperand(_ start: Int) -> Bool {
    guard start < scalars.count else { return false }
    switch scalars[start] {
    case "(", "\\", "*", "?": return start + 1 < scalars.count
    case "=": return startsExact(start)
    default: return QueryReader.isWord(scalars[start]) || phraseEnd(start) != nil
    }
  }

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
    operand.query = .boost(whole(operand, .must), factor)
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

  mutating func enter() throws(SearchError) {
    guard depth < QueryReader.maximumNested else {
      throw failure(
        at: offset, "more than \(QueryReader.maximumNested) groups inside each other; write fewer parentheses")
    }
    depth += 1
  }

  /// The query of a sequence: plain words that stand side by side are one bag.
  private func build(_ operands: [Operand], minimum: Int?) -> Query {
    var parts: [Query.Part] = []
    let hasOthers = operands.contains { $0.query != .everything && $0.sign == nil && !$0.isFilter }
    var index = 0
    while index < operands.count {
      let operand = operands[index]
      index += 1
      // A star among words is a mark of the writer's.
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
