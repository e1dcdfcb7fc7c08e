/// What a query has to know of a whole collection that is searched in parts.
///
/// Each part exports its statistics of the query (``SearchIndex/statistics(for:_:)-(Query,_)``), they are added, and each part
/// searches with the sum (``SearchOptions/statistics``): readings of words, document frequencies and average lengths
/// are then those of the whole. The article <doc:SearchingShards> has an example.
public struct SharedStatistics: Sendable, Equatable {
  /// Which analyzer the counts are of.
  let fingerprint: UInt64
  /// Documents and lengths.
  public private(set) var collection: CollectionStatistics
  /// Attributes that filters may name.
  private(set) var attributes: Set<String>
  /// Documents by what is selected, as `name` has it.
  private(set) var frequencies: [[UInt8]: UInt64] = [:]

  /// Documents of the words that patterns, similar words and exact writings of the query stand for.
  private(set) var words: [Vocabulary.Word: UInt64] = [:]

  init(
    fingerprint: UInt64, _ collection: CollectionStatistics, attributes: Set<String>,
    frequencies: [[UInt8]: UInt64] = [:], words: [Vocabulary.Word: UInt64] = [:]
  ) {
    self.fingerprint = fingerprint
    self.collection = collection
    self.attributes = attributes
    self.frequencies = frequencies
    self.words = words
  }

  /// Sums are kept below this, so that none of them runs over.
  static let maximumCount: UInt64 = .max >> 20

  /// What selectors of the same documents have in common: how they match, and their address.
  private static func name(_ selector: ListSelector) -> [UInt8] {
    [selector.match == .term ? 0 : 1] + selector.address.bytes
  }

  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    guard let frequency = frequencies[SharedStatistics.name(selector)] else {
      let key = String(decoding: selector.address.key, as: UTF8.self)
      throw .otherStatistics(reason: "they do not tell of '\(key)'")
    }
    return frequency
  }

  /// Tells of any word.
  var hasWords: Bool { !frequencies.isEmpty }

  func knows(_ selector: ListSelector) -> Bool { frequencies[SharedStatistics.name(selector)] != nil }

  mutating func set(_ frequency: UInt64, _ selector: ListSelector) {
    frequencies[SharedStatistics.name(selector)] = frequency
  }

  /// Whether the words of a pattern or the like are told.
  func tells(_ part: String) -> Bool { frequencies[[2] + Array(part.utf8)] != nil }

  /// Tells the words that a pattern or the like may stand for.
  mutating func set(_ found: [WordExpansion.Found], of part: String) {
    frequencies[[2] + Array(part.utf8)] = 0
    for (word, _, documents) in found { words[word] = documents }
  }

  // MARK: Adding

  /// The statistics of two parts together. The order in which parts are added does not matter.
  ///
  /// - Throws: `SearchError.otherStatistics` if they are of different queries, readings or analyzers; `.limit` for sums
  ///   that no collection has.
  public static func + (a: SharedStatistics, b: SharedStatistics) throws(SearchError) -> SharedStatistics {
    guard a.fingerprint == b.fingerprint else { throw .otherStatistics(reason: "they are of another analyzer") }
    guard a.frequencies.count == b.frequencies.count, a.frequencies.keys.allSatisfy({ b.frequencies[$0] != nil })
    else { throw .otherStatistics(reason: "they are of another query") }
    var sum = a
    sum.collection += b.collection
    sum.attributes.formUnion(b.attributes)
    sum.frequencies.merge(b.frequencies, uniquingKeysWith: +)
    sum.words.merge(b.words, uniquingKeysWith: +)
    let maximum = max(
      sum.collection.documents, sum.collection.length, sum.frequencies.values.max() ?? 0, sum.words.values.max() ?? 0)
    guard maximum <= maximumCount else {
      throw .limit(what: "shared statistics", value: Int(maximum), maximum: Int(maximumCount))
    }
    return sum
  }

  /// Adds another part, as `+` does.
  public static func += (total: inout SharedStatistics, part: SharedStatistics) throws(SearchError) {
    total = try total + part
  }
}
