/// A condition on the attributes of a document.
///
/// Values are read as the attribute's type: `.keyword("2025")` means the year where the attribute is a date and the number
/// where it is an integer. A condition holds for an attribute with several values if it holds for one of them.
public indirect enum AttributeFilter: Sendable, Hashable {
  /// The attribute with this name has the value, as the query language writes `name:=value`. A date matches if it begins in the period
  /// of the value: `2025` matches any day of 2025. Of a text letter case and the place of a tone mark do not matter, but diacritics do:
  /// all spellings of a value that ``FacetCounts`` counts together have it.
  case equals(String, AttributeValue)
  /// The attribute has a value that a typed one means, as the query language writes `name:value`: letter case and the place of a
  /// tone mark do not matter, nor do diacritics in words typed without. Numbers and dates are as in ``equals(_:_:)``.
  case matches(String, String)
  /// The attribute has a value that begins with one that a typed beginning means, as in ``matches(_:_:)``: `name:value*`.
  case begins(String, String)
  /// The attribute has any of the values.
  case oneOf(String, [AttributeValue])
  /// The attribute has a value between two bounds, which are included; nil for no bound. A range of dates reaches from the
  /// beginning of the first period to the end of the last. Values of another type than the attribute's are in no range.
  case range(String, from: AttributeValue?, through: AttributeValue?)
  /// The attribute has any value.
  case exists(String)
  /// All conditions hold; true without any.
  case all([AttributeFilter])
  /// At least one holds; false without any.
  case any([AttributeFilter])
  /// The condition does not hold.
  case not(AttributeFilter)

  /// Names of the attributes in the filter.
  var names: Set<String> {
    switch self {
    case .equals(let name, _), .matches(let name, _), .begins(let name, _), .oneOf(let name, _),
      .range(let name, _, _), .exists(let name):
      [name]
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.names) }
    case .not(let part): part.names
    }
  }
}

extension AttributeFilter {
  /// Returns the documents of a segment that pass.
  ///
  /// - Throws: `SearchError.attributeValue` for a bound that is not of the attribute's type.
  func documents(in segment: Segment) throws(SearchError) -> DocumentSet {
    var set = DocumentSet(limit: segment.documentCount)
    switch self {
    case .equals(let name, let value):
      try AttributeFilter.insert([value], of: name, in: segment, into: &set)
    case .matches(let name, let text):
      try AttributeFilter.insert(text, isPrefix: false, of: name, in: segment, into: &set)
    case .begins(let name, let text):
      try AttributeFilter.insert(text, isPrefix: true, of: name, in: segment, into: &set)
    case .oneOf(let name, let values):
      try AttributeFilter.insert(values, of: name, in: segment, into: &set)
    case .range(let name, let first, let last):
      let type = segment.attributeColumns.schema.type(of: name)
      let from = try AttributeFilter.bound(first, name, type)
      let through = try AttributeFilter.bound(last, name, type)
      guard let column = try segment.attributeColumns.column(name) else { break }
      try column.insert([try column.dictionary.ordinals(from: from, through: through)], into: &set)
    case .exists(let name):
      guard let column = try segment.attributeColumns.column(name) else { break }
      try column.insert([1..<column.dictionary.count + 1], into: &set)
    case .all(let parts):
      set.invert()
      for part in parts { set.formIntersection(try part.documents(in: segment)) }
    case .any(let parts):
      for part in parts { set.formUnion(try part.documents(in: segment)) }
    case .not(let part):
      set = try part.documents(in: segment)
      set.invert()
    }
    return set
  }

  /// Inserts the documents whose attribute `name` has any of the values.
  private static func insert(
    _ values: [AttributeValue], of name: String, in segment: Segment, into set: inout DocumentSet
  ) throws(SearchError) {
    guard let column = try segment.attributeColumns.column(name) else { return }
    var ranges: [Range<Int>] = []
    for value in values {
      let value = composed(value).converted(to: column.type)
      guard case .text(let bytes) = AttributeKey(value) else {
        ranges.append(try column.dictionary.ordinals(of: value))
        continue
      }
      let text = FoldedText(String(decoding: bytes, as: UTF8.self), isExact: true)
      ranges += try column.dictionary.ordinals(meantBy: text, isPrefix: false)
    }
    try column.insert(ranges, into: &set)
  }

  /// Inserts the documents whose attribute `name` has a value that a text means.
  private static func insert(
    _ text: String, isPrefix: Bool, of name: String, in segment: Segment, into set: inout DocumentSet
  ) throws(SearchError) {
    guard let column = try segment.attributeColumns.column(name) else { return }
    let value = composed(.keyword(text)).converted(to: column.type)
    if !isPrefix, column.type != .keyword, value.type == column.type {
      return try insert([value], of: name, in: segment, into: &set)
    }
    try column.insert(try column.dictionary.ordinals(meantBy: FoldedText(text), isPrefix: isPrefix), into: &set)
  }

  /// Converts a bound to the attribute's type.
  private static func bound(
    _ value: AttributeValue?, _ name: String, _ type: AttributeType
  ) throws(SearchError) -> AttributeValue? {
    guard let value else { return nil }
    let bound = composed(value).converted(to: type)
    guard bound.type == type else { throw .attributeValue(name: name, value: value.text, type: type) }
    return bound
  }

  /// Composes text, as in columns (Unicode NFC).
  private static func composed(_ value: AttributeValue) -> AttributeValue {
    guard case .keyword(let text) = value else { return value }
    return .keyword(Normalizer.shared.composed(text))
  }
}

extension AttributeDictionary {
  /// Returns the ordinals of the numbers that match: the number itself, or all dates that begin in its period.
  fileprivate func ordinals(of value: AttributeValue) throws(SearchError) -> Range<Int> {
    switch (value, AttributeKey(value)) {
    case (.date(let date), _): try ordinals(date.keys)
    case (_, .number(let number)): try ordinals(number...number)
    case (_, .text(let text)): try ordinals(from: text, through: text)
    }
  }

  /// Returns the ordinals of the values between two bounds of the dictionary's type.
  fileprivate func ordinals(
    from first: AttributeValue?, through last: AttributeValue?
  ) throws(SearchError) -> Range<Int> {
    guard type != .keyword else {
      return try ordinals(from: AttributeDictionary.text(first), through: AttributeDictionary.text(last))
    }
    let low = first.map(AttributeDictionary.numbers)?.lowerBound ?? .min
    let high = last.map(AttributeDictionary.numbers)?.upperBound ?? .max
    return low <= high ? try ordinals(low...high) : 0..<0
  }

  private static func text(_ value: AttributeValue?) -> [UInt8]? {
    guard let value, case .text(let text) = AttributeKey(value) else { return nil }
    return text
  }

  private static func numbers(_ value: AttributeValue) -> ClosedRange<Int64> {
    switch value {
    case .integer(let number): number...number
    case .date(let date): date.keys
    case .keyword: 0...0
    }
  }
}
