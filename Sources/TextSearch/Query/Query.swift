/// What a search looks for, as a tree: words and other leaves, and groups that combine them.
///
/// `QueryParser` parses one from a line of text; the cases and functions here build it in code. The article
/// <doc:QueryLanguage> has an example for each kind.
///
/// ```swift
/// let query = Query.best([.must(.words("diplomatie")), .should(.phrase("Hà Nội")), .mustNot(.prefix("vac"))])
/// ```
///
/// Leaves take text as people type it: several words where one is expected (`vice-ministre`) are a phrase.
public indirect enum Query: Sendable, Hashable {
  /// Documents that hold any of the words, or all of them with `requiresAll`. Words that are neighbours in the query score
  /// more where they are neighbours in the text (``SearchOptions/adjacency``).
  case words(String, requiresAll: Bool = false)
  /// Words one after the other, in any inflection and language that they may mean. The slop is the number of positions, 0 to
  /// ``maximumSlop``, that words may be moved by altogether; swapping two neighbours takes 2.
  case phrase(String, slop: Int = 0)
  /// Words with exactly this spelling, accents and inflection included; letter case is ignored.
  case exact(String)
  /// Words that begin with the text.
  case prefix(String)
  /// Words that match a pattern: `*` stands for any letters or none, `?` for one letter.
  case wildcard(String)
  /// Words within an edit distance of 1 or 2. An edit inserts, deletes or substitutes a letter, or swaps two neighbours.
  case fuzzy(String, distance: Int)
  /// Matches of the query in one text field only: `.field("title", .words("diplomatie"))`.
  case field(String, Query)
  /// Matches of the query with their scores multiplied by a factor, 0 to ``maximumBoost``.
  case boost(Query, Float)
  /// Documents whose attributes pass the filter; contributes nothing to scores.
  case filter(AttributeFilter)
  /// Every document; contributes nothing to scores.
  case everything
  /// Documents that satisfy every `.must` and no `.mustNot` part. If no `.must` part contains words, at least one `.should`
  /// part must match, if there is any. A group of `.mustNot` parts alone matches all other documents.
  ///
  /// - Parameter minimum: number of `.should` parts that must match; nil for the rule above. Each word of a bag is a part.
  case group([Part], minimum: Int? = nil)

  /// A part of a group.
  public struct Part: Sendable, Hashable {
    /// How the matches of a part combine with those of the other parts.
    public enum Occurrence: Sendable, Hashable {
      /// Documents must match the part.
      case must
      /// Documents that match the part score more.
      case should
      /// Documents must not match the part.
      case mustNot
    }

    /// How the matches combine with those of the other parts.
    public var occurrence: Occurrence
    /// The query whose matches are combined.
    public var query: Query

    /// A part with any occurrence.
    public init(_ occurrence: Occurrence, _ query: Query) {
      self.occurrence = occurrence
      self.query = query
    }

    /// A part that documents must match.
    public static func must(_ query: Query) -> Part { Part(.must, query) }
    /// A part that adds to the score of documents that match it.
    public static func should(_ query: Query) -> Part { Part(.should, query) }
    /// A part that documents must not match.
    public static func mustNot(_ query: Query) -> Part { Part(.mustNot, query) }
  }

  /// The largest slop. It is smaller than the gap between fields, so a phrase never matches across two fields.
  public static let maximumSlop = Int(PostingFormat.fieldGap) - 1
  /// The largest boost.
  public static let maximumBoost: Float = 1000
  /// Maximum depth of nested groups, boosts and fields.
  public static let maximumNested = 128
  /// Maximum number of words in phrases, patterns, fuzzy words and exact spellings together.
  static let maximumLeaves = 1024
}

extension Query {
  /// Documents that match a group of parts, as ``group(_:minimum:)`` describes.
  public static func best(_ parts: [Part], minimum: Int? = nil) -> Query { .group(parts, minimum: minimum) }

  /// Documents that match all of the queries.
  public static func all(_ queries: [Query]) -> Query { .group(queries.map(Part.must)) }

  /// Documents that match any of the queries, or at least `minimum` of them.
  public static func any(_ queries: [Query], atLeast minimum: Int? = nil) -> Query {
    .group(queries.map(Part.should), minimum: minimum)
  }

  /// Documents that do not match the query.
  public static func not(_ query: Query) -> Query { .group([.mustNot(query)]) }

  /// Names of the attributes in the query.
  var attributeNames: Set<String> {
    switch self {
    case .filter(let filter): filter.names
    case .field(_, let query), .boost(let query, _): query.attributeNames
    case .group(let parts, _): parts.reduce(into: []) { $0.formUnion($1.query.attributeNames) }
    default: []
    }
  }

  /// The words that a document must have for its whole title, if the query means one: its words and phrases in their order, without
  /// conditions and what is excluded. Nil for a query with patterns, exact words or another field.
  var titleText: String? {
    switch self {
    case .words(let text, _), .phrase(let text, 0): return text
    case .phrase, .exact, .prefix, .wildcard, .fuzzy: return nil
    case .field(let name, let query): return name == TitleTable.field ? query.titleText : nil
    case .boost(let query, _): return query.titleText
    case .filter, .everything: return ""
    case .group(let parts, _):
      var texts: [String] = []
      for part in parts where part.occurrence != .mustNot {
        guard let text = part.query.titleText else { return nil }
        texts.append(text)
      }
      return texts.joined(separator: " ")
    }
  }

  /// Checks the depth of the tree and its numbers.
  ///
  /// - Throws: `SearchError.limit` for what exceeds a maximum.
  func check(depth: Int = 0) throws(SearchError) {
    guard depth <= Query.maximumNested else {
      throw .limit(what: "groups of a query inside each other", value: depth, maximum: Query.maximumNested)
    }
    switch self {
    case .phrase(_, let slop):
      guard (0...Query.maximumSlop).contains(slop) else {
        throw .limit(what: "slop of a phrase", value: slop, maximum: Query.maximumSlop)
      }
    case .fuzzy(_, let distance):
      guard (1...2).contains(distance) else {
        throw .limit(what: "distance of a fuzzy word", value: distance, maximum: 2)
      }
    case .boost(let query, let factor):
      guard factor >= 0, factor <= Query.maximumBoost else {
        let value = factor.isFinite ? Int(max(-1e9, min(1e9, factor))) : -1
        throw .limit(what: "boost", value: value, maximum: Int(Query.maximumBoost))
      }
      try query.check(depth: depth + 1)
    case .field(_, let query):
      try query.check(depth: depth + 1)
    case .group(let parts, _):
      for part in parts { try part.query.check(depth: depth + 1) }
    default: break
    }
  }
}
