/// What a search looks for, as a tree: words and other leaves, and groups that combine them.
///
/// `QueryParser` reads one from a line of text; the cases and functions here build the same trees in code. The article
/// <doc:QueryLanguage> has a row with an example for each kind.
///
/// ```swift
/// let query = Query.best([.must(.words("diplomatie")), .should(.phrase("Hà Nội")), .mustNot(.prefix("vac"))])
/// ```
///
/// Leaves take text as people type it: several words where one is expected (`vice-ministre`) are taken as a phrase.
public indirect enum Query: Sendable, Hashable {
  /// Words, best match first: documents that hold any of them, or all of them if asked for. Neighbours that stand side by
  /// side count more (``SearchOptions/adjacency``).
  case words(String, requiresAll: Bool = false)
  /// Words one after the other, in any inflection and language that the words may mean. With a slop they may be moved by so
  /// many positions altogether, 0 to ``maximumSlop``; swapping two neighbours takes 2.
  case phrase(String, slop: Int = 0)
  /// This writing only, accents and inflection included; capitals do not count.
  case exact(String)
  /// Words that begin so.
  case prefix(String)
  /// Words that fit a pattern: `*` stands for any letters or none, `?` for one letter.
  case wildcard(String)
  /// Words that differ by at most 1 or 2 letters (put in, left out, exchanged, or swapped with the next).
  case fuzzy(String, distance: Int)
  /// Only matches within a text field: `.field("title", .words("diplomatie"))`.
  case field(String, Query)
  /// The documents of `query`, with all their scores multiplied by 0 to ``maximumBoost``.
  case boost(Query, Float)
  /// Documents whose attributes pass; adds nothing to scores.
  case filter(AttributeFilter)
  /// Every document; adds nothing to scores.
  case everything
  /// Documents that match as the parts say. Where no part with words must match, at least one that should has to, if there
  /// is any; a group of parts that must not match finds all other documents.
  ///
  /// - Parameter minimum: how many of the parts that should match have to; nil for the rule above. Words of a bag count
  ///   one by one.
  case group([Part], minimum: Int? = nil)

  /// A part of a group and what it is to the group.
  public struct Part: Sendable, Hashable {
    /// How a part counts.
    public enum Occurrence: Sendable, Hashable {
      /// Documents have to match it.
      case must
      /// Documents that match it score more.
      case should
      /// Documents must not match it.
      case mustNot
    }

    public var occurrence: Occurrence
    public var query: Query

    public init(_ occurrence: Occurrence, _ query: Query) {
      self.occurrence = occurrence
      self.query = query
    }

    public static func must(_ query: Query) -> Part { Part(.must, query) }
    public static func should(_ query: Query) -> Part { Part(.should, query) }
    public static func mustNot(_ query: Query) -> Part { Part(.mustNot, query) }
  }

  /// The largest slop: a phrase never reaches from one field into the next.
  public static let maximumSlop = Int(PostingFormat.fieldGap) - 1
  /// The largest boost.
  public static let maximumBoost: Float = 1000
  /// Groups, boosts and fields inside each other at most.
  public static let maximumNested = 128
  /// Leaves other than words at most, and words in phrases at most.
  static let maximumLeaves = 1024
}

extension Query {
  /// Documents that match as the parts say, the best first.
  public static func best(_ parts: [Part], minimum: Int? = nil) -> Query { .group(parts, minimum: minimum) }

  /// Documents that match all of the queries.
  public static func all(_ queries: [Query]) -> Query { .group(queries.map(Part.must)) }

  /// Documents that match any of the queries, or at least so many of them.
  public static func any(_ queries: [Query], atLeast minimum: Int? = nil) -> Query {
    .group(queries.map(Part.should), minimum: minimum)
  }

  /// Documents that do not match.
  public static func not(_ query: Query) -> Query { .group([.mustNot(query)]) }

  /// The attributes that the query asks for.
  var attributeNames: Set<String> {
    switch self {
    case .filter(let filter): filter.names
    case .field(_, let query), .boost(let query, _): query.attributeNames
    case .group(let parts, _): parts.reduce(into: []) { $0.formUnion($1.query.attributeNames) }
    default: []
    }
  }

  /// Refuses trees that are nested too deeply, and numbers beyond their limits.
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
