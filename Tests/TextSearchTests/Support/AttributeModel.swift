import TestSupport

@testable import TextSearch

/// Documents with random attributes, and what is true of them, found value by value.
struct AttributeModel {
  typealias Attributes = [String: [String]]

  var schema: AttributeSchema
  var documents: [Attributes]

  static let names = ["date", "year", "tags", "città", "rare"]
  static let keywords = [
    "paix", "paris", "Paris", "port", "Đối", "đối", "doi", "", "a b", "zz", "été", "Été", "ete", "hòa", "hoà", "HOÀ",
    "2025", "12",
  ]

  /// A random schema and `count` documents.
  init(count: Int, _ random: inout SeededRandom) {
    var types: [String: AttributeType] = ["year": .integer]
    for name in ["tags", "città", "rare"] where random.integer(0...2) == 0 {
      types[name] = random.pick(AttributeType.allCases)
    }
    schema = AttributeSchema(types)
    documents = []
    for _ in 0..<count {
      var attributes: Attributes = [:]
      for name in Self.names where random.integer(0...(name == "rare" ? 30 : 3)) != 0 || name == "date" {
        if name == "rare", random.integer(0...1) == 0 { continue }
        attributes[name] = values(of: schema.type(of: name), maximum: name == "tags" ? 4 : 1, &random)
      }
      if random.integer(0...9) == 0 { attributes = [:] }
      documents.append(attributes)
    }
  }

  private func values(of type: AttributeType, maximum: Int, _ random: inout SeededRandom) -> [String] {
    (0..<random.integer(1...maximum)).map { _ in Self.text(of: type, &random) }
  }

  /// Mostly of the type; a few are not.
  static func text(of type: AttributeType, _ random: inout SeededRandom) -> String {
    if random.integer(0...15) == 0 { return random.pick(keywords) }
    switch type {
    case .keyword: return random.pick(keywords) + (random.integer(0...2) == 0 ? String(random.integer(0...40)) : "")
    case .integer: return String(random.pick([random.integer(-9...9), random.integer(-3000...3000), Int.max, Int.min]))
    case .date:
      let date = AttributeDate(
        Int64(random.integer(1_700_000_000...1_760_000_000)), random.pick(AttributeDate.Precision.allCases))
      return date?.description ?? "2025"
    }
  }

  /// Distinct values of a document, in order.
  func values(_ name: String, of document: Int) -> [AttributeValue] {
    let type = schema.type(of: name)
    return Set((documents[document][name] ?? []).map { AttributeValue($0, as: type) }).sorted()
  }

  func passes(_ filter: AttributeFilter, _ document: Int) -> Bool {
    switch filter {
    case .equals(let name, let value): return values(name, of: document).contains { equals($0, value, name) }
    case .matches(let name, let text):
      let type = schema.type(of: name)
      if type != .keyword, AttributeValue(text, as: type).type == type {
        return values(name, of: document).contains { equals($0, .keyword(text), name) }
      }
      return values(name, of: document).contains { FoldedText(text).matches(Array($0.text.utf8)) }
    case .begins(let name, let text):
      return values(name, of: document).contains {
        $0.type == .keyword && FoldedText(text).matchesBeginning(of: Array($0.text.utf8))
      }
    case .oneOf(let name, let wanted):
      return wanted.contains { value in values(name, of: document).contains { equals($0, value, name) } }
    case .range(let name, let from, let through):
      return values(name, of: document).contains { isInRange($0, from: from, through: through, schema.type(of: name)) }
    case .exists(let name): return !values(name, of: document).isEmpty
    case .all(let parts): return parts.allSatisfy { passes($0, document) }
    case .any(let parts): return parts.contains { passes($0, document) }
    case .not(let part): return !passes(part, document)
    }
  }

  private func equals(_ own: AttributeValue, _ wanted: AttributeValue, _ name: String) -> Bool {
    let wanted = AttributeValue(wanted.text, as: schema.type(of: name))
    if case .date(let date) = own, case .date(let period) = wanted {
      return period.start <= date.start && date.start <= period.end
    }
    return Self.group(own) == Self.group(wanted)
  }

  /// What all spellings of a value have in common.
  static func group(_ value: AttributeValue) -> AttributeValue {
    guard case .keyword(let text) = value else { return value }
    return .keyword(String(decoding: SpellingGroup.key(of: text), as: UTF8.self))
  }

  /// What a facet must count in documents: by the group of a value.
  func counts(_ name: String, of documents: [Int]) -> [AttributeValue: FacetCounts.Entry] {
    var spellings: [AttributeValue: [AttributeValue: Int]] = [:]
    var total: [AttributeValue: Int] = [:]
    for document in documents {
      let values = values(name, of: document)
      for value in values { spellings[Self.group(value), default: [:]][value, default: 0] += 1 }
      for group in Set(values.map(Self.group)) { total[group, default: 0] += 1 }
    }
    return spellings.reduce(into: [:]) { entries, item in
      let best = item.value.min { ($1.value, $0.key) < ($0.value, $1.key) }!
      entries[item.key] = FacetCounts.Entry(
        value: best.key, documents: total[item.key]!,
        spellings: item.value.sorted { $0.key < $1.key }.map {
          FacetCounts.Spelling(value: $0.key, documents: $0.value)
        })
    }
  }

  /// The key that a document must be sorted by, from its values alone.
  func sortKey(_ order: AttributeOrder, of document: Int) -> SortKey {
    let keys = values(order.name, of: document).map { value in
      switch AttributeKey(value) {
      case .number(let number): SortKey(number, isDescending: order.isDescending)
      case .text(let text):
        SortKey(
          collated: order.collation.key(of: String(decoding: text, as: UTF8.self)), isDescending: order.isDescending)
      }
    }
    return keys.min() ?? .missing
  }

  /// A random order by an attribute.
  static func order(_ name: String, _ random: inout SeededRandom) -> AttributeOrder {
    AttributeOrder(
      name, descending: random.integer(0...1) == 0,
      Collation(random.pick(Collation.Alphabet.allCases), skipsArticles: random.integer(0...1) == 0))
  }

  private func isInRange(
    _ own: AttributeValue, from: AttributeValue?, through: AttributeValue?, _ type: AttributeType
  ) -> Bool {
    guard own.type == type else { return false }
    if case .date(let date) = own {
      var isInside = true
      if let from, case .date(let bound) = AttributeValue(from.text, as: type) { isInside = date.start >= bound.start }
      if let through, case .date(let bound) = AttributeValue(through.text, as: type), date.start > bound.end {
        isInside = false
      }
      return isInside
    }
    let first = from.map { AttributeValue($0.text, as: type) }
    let last = through.map { AttributeValue($0.text, as: type) }
    return first.map { own >= $0 } ?? true && last.map { own <= $0 } ?? true
  }

  /// A random filter; `depth` bounds its nesting.
  func filter(_ random: inout SeededRandom, depth: Int = 2) -> AttributeFilter {
    let name = random.pick(Self.names)
    let type = schema.type(of: name)
    func value() -> AttributeValue {
      let text = Self.text(of: type, &random)
      return random.integer(0...1) == 0 ? .keyword(text) : AttributeValue(text, as: type)
    }
    func bound() -> AttributeValue? {
      guard random.integer(0...3) != 0 else { return nil }
      let bound = value()
      return AttributeValue(bound.text, as: type).type == type ? bound : nil
    }
    switch random.integer(0...(depth > 0 ? 9 : 4)) {
    case 0, 1: return .equals(name, value())
    case 8: return .matches(name, random.pick([value().text, value().text.uppercased()]))
    case 9: return .begins(name, String(value().text.prefix(random.integer(0...3))))
    case 2: return .oneOf(name, (0..<random.integer(0...4)).map { _ in value() })
    case 3: return .range(name, from: bound(), through: bound())
    case 4: return .exists(name)
    case 5: return .not(filter(&random, depth: depth - 1))
    case 6: return .all((0..<random.integer(0...3)).map { _ in filter(&random, depth: depth - 1) })
    default: return .any((0..<random.integer(0...3)).map { _ in filter(&random, depth: depth - 1) })
    }
  }

  // MARK: As the engine stores them

  /// The section of some of the documents, in their order.
  func section(_ range: Range<Int>) throws -> ByteWriter {
    var writer = AttributeColumnsWriter(schema)
    for (number, document) in range.enumerated() {
      for (name, values) in documents[document] {
        let column = writer.columnIndex(of: name)
        for value in values { writer.add(value, to: UInt32(number), at: column) }
      }
    }
    return try AttributeModel.section(schema, documents: range.count) { (section) throws(SearchError) in
      try writer.write(to: &section)
    }
  }

  /// The section of some columns, made in memory.
  static func section(
    _ schema: AttributeSchema, documents: Int, _ add: (inout AttributeSectionWriter) throws(SearchError) -> Void
  ) throws(SearchError) -> ByteWriter {
    var columns = AttributeSectionWriter(schema, documents: documents, SpoolFile())
    try add(&columns)
    var section = ByteWriter()
    try columns.finish(to: &section)
    return section
  }

  /// The section of columns that are merged: those of each source, with the new numbers of its documents.
  static func merged(
    _ sources: [(columns: AttributeColumns, numbers: [UInt32])], _ schema: AttributeSchema
  ) throws(SearchError) -> [UInt8] {
    let mapping = DocumentMapping(numbers: sources.map(\.numbers))
    let names = Set(sources.flatMap(\.columns.names)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let section = try section(schema, documents: mapping.count) { (section) throws(SearchError) in
      for name in names {
        try section.add(try MergedAttribute(name, of: sources.map(\.columns), schema, mapping))
      }
    }
    return MappedBytes.array(section)
  }

  func columns(_ bytes: [UInt8], documents: Int) throws -> AttributeColumns {
    try AttributeColumns(try MappedBytes.region(bytes), documents: documents, fingerprint: schema.fingerprint)
  }

  /// An index of the documents, all with the word `mot`; keys in the order of their numbers.
  func build(_ index: TestIndex, segmentBudget: Int = 384 << 20, shuffled random: inout SeededRandom) throws {
    var all = documents.indices.map { Document(key: Self.key($0), body: "mot", attributes: documents[$0]) }
    all.shuffle(using: &random)
    try index.build(all, IndexOptions(segmentBudget: segmentBudget, attributes: schema.declared))
  }

  static func key(_ document: Int) -> String { "d\(100_000 + document)" }
}
