/// Sorting by an attribute, or by the text of a stored field as `title`.
///
/// Numbers and dates are sorted as such, texts by a ``Collation``. A document with several values is sorted by its minimum in ascending
/// order, by its maximum in descending order. In both directions, texts that could not be read as the attribute's type follow its values,
/// and documents without value are last. Documents with equal values are in the order of their keys.
public struct AttributeOrder: Sendable, Hashable {
  /// Name of the attribute; where there is none of this name, of the stored field. An empty text is no value, and only the first 1024
  /// bytes count.
  public var name: String
  /// Whether the largest values come first.
  public var isDescending: Bool
  /// The order of texts.
  public var collation: Collation

  /// Creates an order by an attribute or a stored field; ascending by default.
  public init(_ name: String, descending: Bool = false, _ collation: Collation = Collation()) {
    self.name = name
    isDescending = descending
    self.collation = collation
  }
}

extension AttributeOrder {
  /// A document and what it is sorted by.
  struct Hit: Equatable {
    let document: UInt32
    let key: SortKey
  }

  /// What documents are sorted by.
  enum Source: Equatable {
    case attribute
    /// The stored field, counted among the stored fields.
    case field(Int)
  }

  /// The first `limit` documents of a set. Where the search has to end, some may be sorted as if they had no value.
  func top(
    _ limit: Int, _ segment: Segment, in set: DocumentSet, by source: Source, _ control: SearchControl
  ) throws(SearchError) -> [Hit] {
    guard limit > 0, !set.isEmpty else { return [] }
    switch source {
    case .attribute:
      guard let column = try segment.attributeColumns.column(name) else {
        return try first(limit, segment, in: set) { _ in AttributeOrder.last }.map { Hit(document: $0, key: .missing) }
      }
      return try top(limit, segment, in: set, column: column, control)
    case .field(let field):
      return try top(limit, segment, in: set, field: field, control)
    }
  }

  /// The sort key of documents without value.
  private static let last = UInt32.max

  /// Returns the first `limit` documents by the numbers of `sortKey`, equal ones in the order of their keys.
  private func first(
    _ limit: Int, _ segment: Segment, in set: DocumentSet, _ sortKey: (Int) -> UInt32
  ) throws(SearchError) -> [UInt32] {
    var top = SmallestKeys(limit: limit)
    for document in set {
      top.add(UInt64(sortKey(document)) << 32 | UInt64(try segment.keyRanks.rank(UInt32(document))))
    }
    var documents: [UInt32] = []
    for item in top.sorted { documents.append(try segment.keyRanks.document(UInt32(truncatingIfNeeded: item))) }
    return documents
  }

  /// The order of texts, as kept ranks are named.
  private func keptOrder(isField: Bool) -> KeptRanks.Order {
    let alphabet: UInt8 = collation.alphabet == .vietnamese ? 1 : 0
    return KeptRanks.Order(name: name, isField: isField, number: alphabet + (collation.skipsArticles ? 2 : 0))
  }

  // MARK: Attributes

  private func top(
    _ limit: Int, _ segment: Segment, in set: DocumentSet, column: AttributeColumn, _ control: SearchControl
  ) throws(SearchError) -> [Hit] {
    let ranks = try textRanks(column, segment, in: set, control)
    let numbers = UInt32(column.dictionary.numberCount)
    var sortKeys = [UInt32](repeating: AttributeOrder.last, count: segment.documentCount)
    func sortKey(_ ordinal: Int) -> UInt32 {
      let ordinal = UInt32(ordinal)
      if ordinal <= numbers { return isDescending ? numbers - ordinal : ordinal - 1 }
      let rank = ranks[Int(ordinal - numbers) - 1]
      // Where the search had to end.
      if rank == TextRanks.missing { return AttributeOrder.last }
      return isDescending ? AttributeOrder.last - 1 - rank : numbers + rank
    }
    try column.forEachValue { document, ordinal in
      if set.contains(document) { sortKeys[document] = min(sortKeys[document], sortKey(ordinal)) }
    }
    var hits: [Hit] = []
    for document in try first(limit, segment, in: set, { sortKeys[$0] }) {
      let ordinal = try column.ordinals(of: Int(document)).min { sortKey($0) < sortKey($1) }
      let value = try ordinal.map { (ordinal) throws(SearchError) in try column.dictionary.value(at: ordinal) }
      hits.append(Hit(document: document, key: value.map { key(of: $0) } ?? .missing))
    }
    return hits
  }

  /// Returns the ranks of the texts of a column, counted from its first text; at least of those that documents of the set have.
  private func textRanks(
    _ column: AttributeColumn, _ segment: Segment, in set: DocumentSet, _ control: SearchControl
  ) throws(SearchError) -> [UInt32] {
    let dictionary = column.dictionary
    guard dictionary.textCount > 0 else { return [] }
    let order = keptOrder(isField: false)
    if let kept = segment.keptRanks.ranks(order) { return kept }
    var wanted = DocumentSet(limit: dictionary.textCount)
    try column.forEachValue { document, ordinal in
      if ordinal > dictionary.numberCount, set.contains(document) {
        wanted.insert(ordinal - dictionary.numberCount - 1)
      }
    }
    var ranks = TextRanks(collation)
    guard segment.keptRanks.needsAll(order, count: wanted.count, of: dictionary.textCount) else {
      for text in wanted {
        if case .text(let bytes) = try dictionary.key(at: dictionary.numberCount + 1 + text) {
          ranks.add(bytes, of: text)
        }
      }
      return ranks.ranks(limit: dictionary.textCount)
    }
    var cursor = AttributeDictionary.Cursor(dictionary)
    while try cursor.next() {
      if ranks.count % AttributeOrder.checkInterval == 0, control.mustEnd() { break }
      if case .text(let bytes) = cursor.key { ranks.add(bytes, of: ranks.count) }
    }
    let isComplete = ranks.count == dictionary.textCount
    let all = ranks.ranks(limit: dictionary.textCount)
    if isComplete { segment.keptRanks.keep(all, order) }
    return all
  }

  /// Returns the sort key of a value.
  private func key(of value: AttributeValue) -> SortKey {
    switch AttributeKey(value) {
    case .number(let number): return SortKey(number, isDescending: isDescending)
    case .text(let text): return key(ofText: text)
    }
  }

  private func key(ofText text: [UInt8]) -> SortKey {
    var writer = CollationKeyWriter(collation)
    var key: [UInt8] = []
    writer.append(text, to: &key)
    return SortKey(collated: key, isDescending: isDescending)
  }

  // MARK: Fields

  private func top(
    _ limit: Int, _ segment: Segment, in set: DocumentSet, field: Int, _ control: SearchControl
  ) throws(SearchError) -> [Hit] {
    let ranks = try fieldRanks(segment, in: set, field: field, control)
    let documents = try first(limit, segment, in: set) { document in
      let rank = ranks[document]
      return rank == TextRanks.missing ? AttributeOrder.last : isDescending ? AttributeOrder.last - 1 - rank : rank
    }
    var records = segment.records
    var hits: [Hit] = []
    for document in documents {
      let text = try AttributeOrder.text(segment, field, of: Int(document), &records)
      hits.append(Hit(document: document, key: text.map { key(ofText: $0) } ?? .missing))
    }
    return hits
  }

  /// Returns the ranks of documents by their texts of a field, at least of those of a set. Where the search has to end, not all.
  private func fieldRanks(
    _ segment: Segment, in set: DocumentSet, field: Int, _ control: SearchControl
  ) throws(SearchError) -> [UInt32] {
    let order = keptOrder(isField: true)
    if let kept = segment.keptRanks.ranks(order) { return kept }
    let readsAll = segment.keptRanks.needsAll(order, count: set.count, of: segment.documentCount)
    var ranks = TextRanks(collation)
    var records = segment.records
    var read = 0
    for document in readsAll ? DocumentSet(all: segment.documentCount) : set {
      if read % AttributeOrder.checkInterval == 0, control.mustEnd() { break }
      read += 1
      if let text = try AttributeOrder.text(segment, field, of: document, &records) { ranks.add(text, of: document) }
    }
    let all = ranks.ranks(limit: segment.documentCount)
    if read == segment.documentCount { segment.keptRanks.keep(all, order) }
    return all
  }

  /// Returns the text of a field by which a document is sorted, composed; nil if it is empty.
  private static func text(
    _ segment: Segment, _ field: Int, of document: Int, _ records: inout DocumentStore.Reader
  ) throws(SearchError) -> [UInt8]? {
    let text = try segment.beginning(ofField: field, of: document, &records)
    if text.isEmpty { return nil }
    // Most texts are ASCII.
    if text.allSatisfy({ $0 < 0x80 }) { return text }
    return Array(Normalizer.shared.composed(String(decoding: text, as: UTF8.self)).utf8)
  }

  /// Texts that are read between two checks whether the search has to end.
  private static let checkInterval = 1024
}

extension AttributeOrder {
  /// The first `limit` documents of a set by the definition: a sort key of each document from all its values, then sorted.
  func topByDefinition(
    _ limit: Int, _ segment: Segment, in set: DocumentSet, by source: Source
  ) throws(SearchError) -> [Hit] {
    var hits: [(hit: Hit, key: [UInt8])] = []
    for document in set {
      var keys: [SortKey] = []
      switch source {
      case .attribute:
        for value in try segment.attributeColumns.column(name)?.values(of: document) ?? [] {
          keys.append(key(of: value))
        }
      case .field(let field):
        let text = try segment.stored(UInt32(document)).fields[field].text
        let kept = String(decoding: AttributeKey.truncated(Array(text.utf8)), as: UTF8.self)
        if !kept.isEmpty { keys.append(key(ofText: Array(Normalizer.shared.composed(kept).utf8))) }
      }
      let hit = Hit(document: UInt32(document), key: keys.min() ?? .missing)
      hits.append((hit, try segment.key(UInt32(document))))
    }
    hits.sort { a, b in
      a.hit.key != b.hit.key ? a.hit.key < b.hit.key : a.key.lexicographicallyPrecedes(b.key)
    }
    return hits.prefix(max(0, limit)).map(\.hit)
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
