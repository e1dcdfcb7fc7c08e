/// The number of documents with each value of an attribute.
public struct FacetCounts: Sendable, Equatable {
  /// A value, and the number of documents that have it.
  public struct Entry: Sendable, Equatable {
    /// A value, or the start of a period.
    public let value: AttributeValue
    /// Number of documents, at least 1.
    public let documents: Int
  }

  /// Documents by value, and documents that have none; a document with several values counts for each.
  private var counts: [AttributeValue: Int] = [:]
  /// Number of documents without a value.
  public private(set) var missing = 0

  /// Documents that have the value.
  public subscript(value: AttributeValue) -> Int { counts[value] ?? 0 }

  /// All values, in order.
  public var ascending: [Entry] { counts.map(Entry.init).sorted { $0.value < $1.value } }

  /// The `limit` values with the most documents, in descending order of their number; equal ones in the order of the values.
  public func top(_ limit: Int) -> [Entry] {
    let sorted = counts.map(Entry.init).sorted { a, b in
      a.documents != b.documents ? a.documents > b.documents : a.value < b.value
    }
    return Array(sorted.prefix(max(0, limit)))
  }

  /// Adds the counts of other documents, as of another segment.
  static func += (total: inout FacetCounts, part: FacetCounts) {
    total.missing += part.missing
    total.counts.merge(part.counts, uniquingKeysWith: +)
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
    for ordinal in 1..<counts.count where counts[ordinal] > 0 {
      // Texts that are truncated to the same prefix are one value.
      self.counts[try column.dictionary.value(at: ordinal), default: 0] += counts[ordinal]
    }
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
    // Dates of a document are ascending, and so are their periods: equal ones are neighbours.
    var last: (document: Int, period: AttributeDate)?
    try column.forEachValue { document, ordinal in
      guard set.contains(document), let period = periods[ordinal] else { return }
      let isSameDocument = document == last?.document
      guard !isSameDocument || period != last?.period else { return }
      counts[.date(period), default: 0] += 1
      if !isSameDocument { missing -= 1 }
      last = (document, period)
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
}
