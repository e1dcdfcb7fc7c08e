/// The number of documents with each value of an attribute.
///
/// Texts that differ in letter case, the place of a Vietnamese tone mark and composition alone are spellings of one value; those that
/// differ in diacritics (*Huế*, *Hue*) are different values. Counts are kept by spelling, so that those of segments and shards add up to
/// those of the collection.
public struct FacetCounts: Sendable, Equatable {
  /// A value, and the number of documents that have it.
  public struct Entry: Sendable, Equatable {
    /// The commonest spelling of a value, of equally common ones the first by its bytes; or the start of a period.
    /// ``AttributeFilter/equals(_:_:)`` finds the documents of all spellings.
    public let value: AttributeValue
    /// Number of documents, at least 1.
    public let documents: Int
    /// The spellings with their documents, in the order of their bytes. A document may have several.
    public let spellings: [Spelling]
  }

  /// A spelling of a value, and the number of documents that have it.
  public struct Spelling: Sendable, Equatable {
    /// The value as documents have it.
    public let value: AttributeValue
    /// Number of documents, at least 1.
    public var documents: Int
  }

  /// The spellings of one value.
  private struct Group: Sendable, Equatable {
    /// Documents that have a spelling; each counts once.
    var documents = 0
    /// In the order of their values.
    var spellings: [Spelling] = []

    /// Adds documents that have a spelling; not to those of the group.
    mutating func add(_ spelling: AttributeValue, _ documents: Int) {
      let index = spellings.firstIndex { !($0.value < spelling) } ?? spellings.count
      if index < spellings.count, spellings[index].value == spelling {
        spellings[index].documents += documents
      } else {
        spellings.insert(Spelling(value: spelling, documents: documents), at: index)
      }
    }

    var entry: Entry {
      // The first of equally common spellings.
      var best = spellings[0]
      for spelling in spellings where spelling.documents > best.documents { best = spelling }
      return Entry(value: best.value, documents: documents, spellings: spellings)
    }
  }

  /// The groups by what their spellings have in common; a document with values of several groups counts for each.
  private var groups: [AttributeValue: Group] = [:]
  /// Number of documents without a value.
  public private(set) var missing = 0

  /// Documents that have the value, in any spelling.
  public subscript(value: AttributeValue) -> Int { groups[FacetCounts.group(of: value)]?.documents ?? 0 }

  /// All values, in order.
  public var ascending: [Entry] { groups.values.map(\.entry).sorted { $0.value < $1.value } }

  /// The `limit` values with the most documents, in descending order of their number; equal ones in the order of the values.
  public func top(_ limit: Int) -> [Entry] {
    let sorted = groups.values.map(\.entry).sorted { a, b in
      a.documents != b.documents ? a.documents > b.documents : a.value < b.value
    }
    return Array(sorted.prefix(max(0, limit)))
  }

  /// Adds the counts of other documents, as of another segment or shard.
  static func += (total: inout FacetCounts, part: FacetCounts) {
    total.missing += part.missing
    if total.groups.isEmpty {
      total.groups = part.groups
      return
    }
    total.groups.merge(part.groups) { total, part in
      var total = total
      total.documents += part.documents
      for spelling in part.spellings { total.add(spelling.value, spelling.documents) }
      return total
    }
  }

  /// Returns what all spellings of a value have in common.
  private static func group(of value: AttributeValue) -> AttributeValue {
    guard case .keyword(let text) = value else { return value }
    return .keyword(String(decoding: SpellingGroup.key(of: text), as: UTF8.self))
  }
}

extension FacetCounts {
  /// Counts the documents of a set by the values of an attribute.
  init(_ name: String, _ segment: Segment, in set: DocumentSet) throws(SearchError) {
    guard let column = try segment.attributeColumns.column(name) else {
      missing = set.count
      return
    }
    let counts = try column.counts(in: set)
    missing = counts[0]
    // The number of the group of each ordinal that is counted.
    var groupOf = [UInt32](repeating: 0, count: counts.count)
    var numbers: [AttributeValue: UInt32] = [:]
    numbers.reserveCapacity(counts.dropFirst().count { $0 > 0 })
    var found: [Group] = []
    var hasSpellings = false
    try column.dictionary.forEachValue(of: counts) { ordinal, value in
      let group = FacetCounts.group(of: value)
      let next = UInt32(found.count)
      let number = numbers[group] ?? next
      if number == next { numbers[group] = next }
      groupOf[ordinal] = number
      if number < next {
        hasSpellings = true
        found[Int(number)].documents += counts[ordinal]
        found[Int(number)].add(value, counts[ordinal])
      } else {
        let spelling = Spelling(value: value, documents: counts[ordinal])
        found.append(Group(documents: counts[ordinal], spellings: [spelling]))
      }
    }
    if hasSpellings, !column.isSingleValued {
      for (number, documents) in try column.groupCounts(groupOf, groups: found.count, in: set).enumerated() {
        found[number].documents = documents
      }
    }
    groups = numbers.mapValues { found[Int($0)] }
  }

  /// Counts the documents of a set by year, month or day; dates that are less precise keep their own period. A document
  /// with several dates in a period counts once; values that are no dates do not count, and documents that have only such
  /// are missing.
  init(_ name: String, by precision: AttributeDate.Precision, _ segment: Segment, in set: DocumentSet)
    throws(SearchError)
  {
    missing = set.count
    guard let column = try segment.attributeColumns.column(name) else { return }
    let periods = try column.periods(precision)
    var counts: [AttributeDate: Int] = [:]
    // Dates of a document are ascending, and so are their periods: equal ones are neighbours.
    var last: (document: Int, period: AttributeDate)?
    try column.forEachValue { document, ordinal in
      guard set.contains(document), let period = periods[ordinal] else { return }
      let isSameDocument = document == last?.document
      guard !isSameDocument || period != last?.period else { return }
      counts[period, default: 0] += 1
      if !isSameDocument { missing -= 1 }
      last = (document, period)
    }
    for (period, documents) in counts {
      let value = AttributeValue.date(period)
      groups[value] = Group(documents: documents, spellings: [Spelling(value: value, documents: documents)])
    }
  }

  /// Counts the documents of a set by the definition: document by document.
  init(definition name: String, _ segment: Segment, in set: DocumentSet) throws(SearchError) {
    let column = try segment.attributeColumns.column(name)
    for document in set {
      let values = try column?.values(of: document) ?? []
      if values.isEmpty { missing += 1 }
      for value in values { groups[FacetCounts.group(of: value), default: Group()].add(value, 1) }
      for group in Set(values.map(FacetCounts.group)) { groups[group]?.documents += 1 }
    }
  }
}

extension AttributeDictionary {
  /// Calls `body` with the ordinals that documents have, ascending, and their values.
  ///
  /// - Parameter counts: the number of documents of each ordinal.
  fileprivate func forEachValue(
    of counts: [Int], _ body: (_ ordinal: Int, _ value: AttributeValue) -> Void
  ) throws(SearchError) {
    let wanted = counts.dropFirst().count { $0 > 0 }
    // Finding a text takes as long as reading a block of them.
    guard wanted > count / AttributeDictionary.blockSize else {
      for ordinal in 1..<count + 1 where counts[ordinal] > 0 { body(ordinal, try value(at: ordinal)) }
      return
    }
    var cursor = Cursor(self)
    while try cursor.next() {
      guard counts[cursor.ordinal] > 0 else { continue }
      if case .text(let text) = cursor.key {
        body(cursor.ordinal, .keyword(String(decoding: text, as: UTF8.self)))
      } else {
        body(cursor.ordinal, try value(at: cursor.ordinal))
      }
    }
  }
}

extension AttributeColumn {
  /// The period of each ordinal; nil for what is no date.
  fileprivate func periods(_ precision: AttributeDate.Precision) throws(SearchError) -> [AttributeDate?] {
    var periods: [AttributeDate?] = [nil]
    for ordinal in 1..<dictionary.count + 1 {
      if case .date(let date) = try dictionary.value(at: ordinal) {
        periods.append(date.truncated(to: precision))
      } else {
        periods.append(nil)
      }
    }
    return periods
  }

  /// Returns the number of documents of `set` that have a value of each group.
  ///
  /// - Parameters:
  ///   - groupOf: the number of the group of each ordinal.
  ///   - groups: the number of groups.
  fileprivate func groupCounts(
    _ groupOf: [UInt32], groups: Int, in set: DocumentSet
  ) throws(SearchError) -> [Int] {
    var counts = [Int](repeating: 0, count: groups)
    // The last document of each group: values of one document follow each other.
    var last = [Int](repeating: -1, count: groups)
    try forEachValue { document, ordinal in
      guard set.contains(document) else { return }
      let group = Int(groupOf[ordinal])
      if last[group] != document { counts[group] += 1 }
      last[group] = document
    }
    return counts
  }
}
