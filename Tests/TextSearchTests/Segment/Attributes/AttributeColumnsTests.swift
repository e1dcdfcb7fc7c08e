import TestSupport
import Testing

@testable import TextSearch

/// The section `attributes` against plain values.
@Suite struct AttributeColumnsTests {
  @Test(arguments: [(UInt64(1221), 0), (1222, 1), (1223, 7), (1224, 64), (1225, 300), (1226, 900)])
  func valuesMakeTheRoundTrip(seed: UInt64, count: Int) throws {
    var random = SeededRandom(seed: seed)
    let model = AttributeModel(count: count, &random)
    let columns = try model.columns(MappedBytes.array(try model.section(0..<count)), documents: count)
    #expect(columns.schema == model.schema)
    let names = Set(model.documents.flatMap(\.keys)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(columns.names == names, "seed \(seed)")
    for name in names {
      let column = try #require(try columns.column(name))
      #expect(column.type == model.schema.type(of: name))
      for document in 0..<count {
        #expect(
          try column.values(of: document) == model.values(name, of: document), "seed \(seed), \(name) \(document)")
      }
    }
    #expect(try columns.column("none") == nil)
  }

  @Test(arguments: [UInt64(1231), 1232]) func dictionariesFindEveryBound(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for type in AttributeType.allCases {
      let texts = (0..<random.integer(1...400)).map { _ in AttributeModel.text(of: type, &random) }
      let keys = Set(texts.map { AttributeKey(AttributeValue($0, as: type)) }).sorted()
      var writer = ByteWriter()
      let attribute = SortedAttribute(name: "a", type: type, keys: keys, pairs: [])
      let count = try AttributeDictionary.write(attribute, to: &writer)
      #expect(count == keys.count)
      var offset = 0
      let dictionary = try AttributeDictionary(try MappedBytes.region(writer), at: &offset, type: type)
      #expect(offset == writer.count && dictionary.count == keys.count)
      for (index, key) in keys.enumerated() {
        #expect(try dictionary.key(at: index + 1) == key, "seed \(seed)")
      }
      for _ in 0..<200 {
        let probe = AttributeKey(AttributeValue(AttributeModel.text(of: type, &random), as: type))
        let expected = 1 + (keys.firstIndex { $0 >= probe } ?? keys.count)
        #expect(try dictionary.lowerBound(probe) == expected, "seed \(seed), \(probe)")
      }
      #expect(throws: SearchError.self) { try dictionary.value(at: 0) }
      #expect(throws: SearchError.self) { try dictionary.value(at: keys.count + 1) }
    }
  }

  @Test(arguments: [UInt64(1241), 1242, 1243]) func mergingInAnyGroupingWritesTheSameBytes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let model = AttributeModel(count: 240, &random)
    let whole = MappedBytes.array(try model.section(0..<240))
    let cuts = [0, random.integer(0...80), random.integer(80...160), 240]
    let parts = try (0..<3).map { part in
      try model.columns(
        MappedBytes.array(try model.section(cuts[part]..<cuts[part + 1])), documents: cuts[part + 1] - cuts[part])
    }
    func merge(_ parts: [(columns: AttributeColumns, range: Range<Int>)]) throws -> [UInt8] {
      let sources = parts.map { (columns: $0.columns, numbers: $0.range.map { UInt32($0) }) }
      return try AttributeModel.merged(sources.shuffled(using: &random), model.schema)
    }
    let ranges = (0..<3).map { cuts[$0]..<cuts[$0 + 1] }
    #expect(try merge((0..<3).map { (parts[$0], ranges[$0]) }) == whole, "seed \(seed)")
    let first = try model.columns(try merge([(parts[0], ranges[0]), (parts[1], ranges[1])]), documents: cuts[2])
    #expect(try merge([(first, 0..<cuts[2]), (parts[2], ranges[2])]) == whole, "seed \(seed)")
    let last = try model.columns(
      try merge([(parts[1], 0..<ranges[1].count), (parts[2], ranges[1].count..<240 - cuts[1])]),
      documents: 240 - cuts[1])
    #expect(try merge([(parts[0], ranges[0]), (last, cuts[1]..<240)]) == whole, "seed \(seed)")
  }

  @Test(arguments: [UInt64(1245), 1246]) func mergedDocumentsMayComeInAnyOrder(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var model = AttributeModel(count: 200, &random)
    let sources = try [0..<120, 120..<200].map { range in
      try model.columns(MappedBytes.array(try model.section(range)), documents: range.count)
    }
    let order = (0..<UInt32(200)).shuffled(using: &random)
    let found = try AttributeModel.merged(
      [(sources[0], Array(order[..<120])), (sources[1], Array(order[120...]))], model.schema)
    let old = model.documents
    for (document, number) in order.enumerated() { model.documents[Int(number)] = old[document] }
    #expect(try found == MappedBytes.array(model.section(0..<200)), "seed \(seed)")
  }

  @Test func mergingLeavesOutWhatOnlyDeletedDocumentsHad() throws {
    var random = SeededRandom(seed: 1251)
    var model = AttributeModel(count: 100, &random)
    let columns = try model.columns(MappedBytes.array(try model.section(0..<100)), documents: 100)
    let numbers = (0..<UInt32(100)).map { $0 % 2 == 0 ? $0 / 2 : DocumentMapping.none }
    let merged = try AttributeModel.merged([(columns, numbers)], model.schema)
    model.documents = stride(from: 0, to: 100, by: 2).map { model.documents[$0] }
    let plain = MappedBytes.array(try model.section(0..<50))
    #expect(merged == plain, "seed 1251")
  }

  @Test func fewValuesTakeFewBytes() throws {
    var writer = AttributeColumnsWriter(AttributeSchema())
    let index = writer.columnIndex(of: "rare")
    for document in [5, 70_000] { writer.add("x", to: UInt32(document), at: index) }
    let section = try AttributeModel.section(AttributeSchema(), documents: 100_000) { (section) throws(SearchError) in
      try writer.write(to: &section)
    }
    #expect(section.count < 60)
    let columns = try AttributeColumns(
      try MappedBytes.region(section), documents: 100_000, fingerprint: AttributeSchema().fingerprint)
    let column = try #require(try columns.column("rare"))
    #expect(try column.values(of: 70_000) == [.keyword("x")] && column.values(of: 70_001) == [])
    #expect(try column.counts(in: DocumentSet(all: 100_000)) == [99_998, 2])
  }

  // MARK: Damage

  /// Regions of one mapped file: a file for each would take most of the time.
  private func regions(_ contents: [[UInt8]]) throws -> [ByteRegion] {
    let all = try MappedBytes.region(contents.flatMap { $0 })
    var offset = 0
    return try contents.map { bytes in
      defer { offset += bytes.count }
      return try all.slice(at: offset, count: bytes.count)
    }
  }

  /// Uses everything that reads the section.
  private func read(_ model: AttributeModel, _ region: ByteRegion, documents: Int) throws(SearchError) {
    let columns = try AttributeColumns(region, documents: documents, fingerprint: model.schema.fingerprint)
    for name in columns.names {
      guard let column = try columns.column(name) else { continue }
      var set = DocumentSet(limit: documents)
      for document in stride(from: 0, to: documents, by: 5) { _ = try column.values(of: document) }
      try column.insert([2..<5], into: &set)
      try column.insert([1..<2, 4..<9], into: &set)
      _ = try column.counts(in: set)
      for key in [AttributeKey.number(0), .text([0x70])] { _ = try column.dictionary.lowerBound(key) }
    }
    _ = try AttributeModel.merged([(columns, (0..<UInt32(documents)).map { $0 })], model.schema)
  }

  @Test func truncatedSectionsAreErrors() throws {
    var random = SeededRandom(seed: 1261)
    let model = AttributeModel(count: 40, &random)
    let bytes = MappedBytes.array(try model.section(0..<40))
    try read(model, try MappedBytes.region(bytes), documents: 40)
    let cut = try regions((0..<bytes.count).map { Array(bytes.prefix($0)) })
    for (count, region) in cut.enumerated() {
      #expect(throws: SearchError.self, "length \(count)") { try read(model, region, documents: 40) }
    }
  }

  @Test func startsBeyondTheValuesAreDamage() throws {
    // Two documents, one with two values; starts of eight bytes: 0, far away, 2.
    for far in [UInt64(3), 1 << 32, 1 << 62, .max] {
      var writer = ByteWriter()
      let attribute = SortedAttribute(name: "n", type: .keyword, keys: [.text([0x61]), .text([0x62])], pairs: [])
      _ = try AttributeDictionary.write(attribute, to: &writer)
      Column.write([0, far, 2], to: &writer)
      Column.write([1, 2], to: &writer)
      let column = try AttributeColumn(
        try MappedBytes.region(writer), name: "n", type: .keyword, form: .multiValued, documents: 2)
      #expect(throws: SearchError.self) { try column.counts(in: DocumentSet(all: 2)) }
      #expect(throws: SearchError.self) { try column.values(of: 0) }
    }
  }

  @Test(arguments: [UInt8(0x01), 0x80, 0xFF]) func changedBytesNeverTrap(flip: UInt8) throws {
    var random = SeededRandom(seed: 1262)
    let model = AttributeModel(count: 40, &random)
    let bytes = MappedBytes.array(try model.section(0..<40))
    let damaged = try regions(
      bytes.indices.map { offset in
        var damaged = bytes
        damaged[offset] ^= flip
        return damaged
      })
    var errors = 0
    for region in damaged {
      do { try read(model, region, documents: 40) } catch { errors += 1 }
    }
    #expect(errors > bytes.count / 10)
  }
}
