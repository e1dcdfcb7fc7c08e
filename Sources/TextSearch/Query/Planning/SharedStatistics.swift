/// The statistics of a collection that is searched in parts, for one query.
///
/// Each part exports its statistics of the query (``SearchIndex/statistics(for:_:)-(Query,_)``), they are added, and each part
/// searches with the sum (``SearchOptions/statistics``): readings of words, document frequencies and average lengths
/// are then those of the collection. The article <doc:SearchingShards> has an example.
public struct SharedStatistics: Sendable, Equatable {
  /// Fingerprint of the analyzer.
  let fingerprint: UInt64
  /// Documents and lengths, by language.
  public private(set) var collection: CollectionStatistics
  /// Attributes that filters may name.
  private(set) var attributes: Set<String>
  /// Document frequencies by the encoded selectors (`name`). An expansion has the
  /// key 2 followed by its text, and the value 0; the slot of a pair the key 3 followed by its three bytes; the words near an
  /// unknown one the key 4 followed by its name, and the value 0; a French word the key 5 followed by its letters, and the number of
  /// parts that hold other forms of it.
  private(set) var frequencies: [[UInt8]: UInt64] = [:]

  /// Document frequencies of the words that patterns, fuzzy words and exact spellings of the query expand to.
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

  /// Upper bound of all sums, so that none of them overflows.
  static let maximumCount: UInt64 = .max >> 20

  /// Encodes how a selector matches, and its address. Selectors of the same documents have equal names.
  private static func name(_ selector: ListSelector) -> [UInt8] {
    [selector.match == .term ? 0 : 1] + selector.address.bytes
  }

  /// Returns the number of documents in the lists of a selector.
  ///
  /// - Throws: `SearchError.otherStatistics` if the statistics do not hold it.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    guard let frequency = frequencies[SharedStatistics.name(selector)] else {
      let key = String(decoding: selector.address.key, as: UTF8.self)
      throw .otherStatistics(reason: "they hold nothing of '\(key)'")
    }
    return frequency
  }

  /// Whether the statistics hold any word or expansion.
  var hasWords: Bool { !frequencies.isEmpty }

  /// Whether the statistics hold the frequency of a selector.
  func contains(_ selector: ListSelector) -> Bool { frequencies[SharedStatistics.name(selector)] != nil }

  /// Sets the number of documents in the lists of a selector.
  mutating func set(_ frequency: UInt64, of selector: ListSelector) {
    frequencies[SharedStatistics.name(selector)] = frequency
  }

  private static func name(formsOf key: [UInt8]) -> [UInt8] { [5] + key }

  /// Whether documents hold other forms of a French word.
  ///
  /// - Throws: `SearchError.otherStatistics` if the statistics do not say it.
  func hasOtherForms(_ key: [UInt8]) throws(SearchError) -> Bool {
    guard let count = frequencies[SharedStatistics.name(formsOf: key)] else {
      throw .otherStatistics(reason: "they hold nothing of the forms of '\(String(decoding: key, as: UTF8.self))'")
    }
    return count > 0
  }

  /// Sets whether documents hold other forms of a French word; a sum of parts counts those that do.
  mutating func set(hasOtherForms: Bool, of key: [UInt8]) {
    frequencies[SharedStatistics.name(formsOf: key)] = hasOtherForms ? 1 : 0
  }

  private static func name(pair slot: UInt32) -> [UInt8] {
    [3, UInt8(truncatingIfNeeded: slot >> 16), UInt8(truncatingIfNeeded: slot >> 8), UInt8(truncatingIfNeeded: slot)]
  }

  /// Returns the number of documents that hold a pair of a slot.
  ///
  /// - Throws: `SearchError.otherStatistics` if the statistics do not hold it.
  func documentFrequency(pair slot: UInt32) throws(SearchError) -> UInt64 {
    guard let frequency = frequencies[SharedStatistics.name(pair: slot)] else {
      throw .otherStatistics(reason: "they hold nothing of a pair")
    }
    return frequency
  }

  func contains(pair slot: UInt32) -> Bool { frequencies[SharedStatistics.name(pair: slot)] != nil }

  /// Sets the number of documents that hold a pair of a slot.
  mutating func set(_ frequency: UInt64, ofPair slot: UInt32) {
    frequencies[SharedStatistics.name(pair: slot)] = frequency
  }

  /// Whether the statistics hold the expansion of a pattern, a fuzzy word or an exact spelling.
  func containsExpansion(of part: String) -> Bool { frequencies[[2] + Array(part.utf8)] != nil }

  /// Whether the statistics hold the words near one that no part of the collection holds.
  func containsNearest(to name: String) -> Bool { frequencies[[SharedStatistics.nearest] + Array(name.utf8)] != nil }

  /// Sets the words near one that this part of the collection does not hold.
  mutating func set(nearest found: [WordExpansion.Found], to name: String) {
    frequencies[[SharedStatistics.nearest] + Array(name.utf8)] = 0
    for (word, _, documents) in found { words[word] = documents }
  }

  /// First byte of the names of words near others: parts that hold the word do not have them.
  private static let nearest: UInt8 = 4

  /// Sets the words that a pattern, a fuzzy word or an exact spelling expands to.
  mutating func set(_ found: [WordExpansion.Found], of part: String) {
    frequencies[[2] + Array(part.utf8)] = 0
    for (word, _, documents) in found { words[word] = documents }
  }

  // MARK: Adding

  /// Returns the statistics of two parts together. The order in which parts are added does not matter.
  ///
  /// - Throws: `SearchError.otherStatistics` if they are of different queries, readings or analyzers; `.limit` for sums
  ///   that no collection has.
  public static func + (a: SharedStatistics, b: SharedStatistics) throws(SearchError) -> SharedStatistics {
    guard a.fingerprint == b.fingerprint else { throw .otherStatistics(reason: "they are of another analyzer") }
    guard haveEqualNames(a.frequencies, b.frequencies) else {
      throw .otherStatistics(reason: "they are of another query")
    }
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

  /// Whether two parts are of one query. Only parts that do not hold a word have the words near it.
  private static func haveEqualNames(_ a: [[UInt8]: UInt64], _ b: [[UInt8]: UInt64]) -> Bool {
    func missing(_ from: [[UInt8]: UInt64], _ other: [[UInt8]: UInt64]) -> Bool {
      from.keys.contains { $0.first != nearest && other[$0] == nil }
    }
    return !missing(a, b) && !missing(b, a)
  }

  /// Adds another part, as `+` does.
  public static func += (total: inout SharedStatistics, part: SharedStatistics) throws(SearchError) {
    total = try total + part
  }
}
