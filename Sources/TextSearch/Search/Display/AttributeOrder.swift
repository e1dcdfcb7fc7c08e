/// Sorting by an attribute.
///
/// A document with several values is sorted by its minimum in ascending order, by its maximum in descending order. In both
/// directions, texts that could not be read as the attribute's type follow its values, and documents without value are last.
/// Documents with equal values are in the order of their keys.
public struct AttributeOrder: Sendable, Hashable {
  /// Name of the attribute.
  public var name: String
  /// Whether the largest values come first.
  public var isDescending: Bool

  /// Creates an order by an attribute; ascending by default.
  public init(_ name: String, descending: Bool = false) {
    self.name = name
    isDescending = descending
  }
}

extension AttributeOrder {
  /// A document and the value that it is sorted by.
  struct Hit: Equatable {
    let document: UInt32
    let value: AttributeValue?
  }

  /// The first `limit` documents of a set.
  func top(_ limit: Int, _ segment: Segment, in set: DocumentSet) throws(SearchError) -> [Hit] {
    let column = try segment.attributeColumns.column(name)
    var sortKeys = [UInt32](repeating: AttributeOrder.last, count: segment.documentCount)
    if let column { try fill(&sortKeys, column) }
    var top = SmallestKeys(limit: max(0, limit))
    for document in set {
      top.add(UInt64(sortKeys[document]) << 32 | UInt64(try segment.keyRanks.rank(UInt32(document))))
    }
    var hits: [Hit] = []
    for item in top.sorted {
      let sortKey = UInt32(item >> 32)
      var value: AttributeValue?
      if let dictionary = column?.dictionary, sortKey != AttributeOrder.last {
        value = try dictionary.value(at: ordinal(ofKey: sortKey, in: dictionary))
      }
      let document = try segment.keyRanks.document(UInt32(truncatingIfNeeded: item))
      hits.append(Hit(document: document, value: value))
    }
    return hits
  }

  /// The sort key of documents without value.
  private static let last = UInt32.max

  /// Sets the minimum sort key of each document.
  private func fill(_ sortKeys: inout [UInt32], _ column: AttributeColumn) throws(SearchError) {
    try column.forEachValue { document, ordinal in
      sortKeys[document] = min(sortKeys[document], sortKey(of: ordinal, in: column.dictionary))
    }
  }

  /// Whether documents with the value `a` come before those with `b`; false if they are equal. For documents of
  /// several segments.
  func isBefore(_ a: AttributeValue?, _ b: AttributeValue?, type: AttributeType) -> Bool {
    guard let a else { return false }
    guard let b else { return true }
    // Values that were not read as the type.
    if (a.type == type) != (b.type == type) { return a.type == type }
    return isDescending ? b < a : a < b
  }

  /// Where documents with an ordinal come: counted from 0.
  private func sortKey(of ordinal: Int, in dictionary: AttributeDictionary) -> UInt32 {
    let numbers = dictionary.numberCount
    guard isDescending else { return UInt32(ordinal - 1) }
    return UInt32(ordinal <= numbers ? numbers - ordinal : numbers + dictionary.count - ordinal)
  }

  private func ordinal(ofKey sortKey: UInt32, in dictionary: AttributeDictionary) -> Int {
    let numbers = dictionary.numberCount
    guard isDescending else { return Int(sortKey) + 1 }
    return Int(sortKey) < numbers ? numbers - Int(sortKey) : numbers + dictionary.count - Int(sortKey)
  }
}

/// The `limit` smallest of the numbers added.
private struct SmallestKeys {
  private let limit: Int
  private var kept: [UInt64] = []
  /// Threshold: only numbers below it are kept.
  private var threshold = UInt64.max

  init(limit: Int) { self.limit = limit }

  var sorted: [UInt64] { Array(kept.sorted().prefix(limit)) }

  /// Collects up to twice `limit` numbers, then drops the larger half: amortized constant time per number.
  mutating func add(_ number: UInt64) {
    guard limit > 0, number < threshold else { return }
    kept.append(number)
    guard kept.count >= 2 * limit, kept.count >= 64 else { return }
    kept = sorted
    threshold = kept[limit - 1]
  }
}
