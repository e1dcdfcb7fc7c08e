/// Writes the sections of a segment that are organised by document. They do not depend on the terms, so a job can write
/// them while the occurrences are sorted.
final class DocumentSections: @unchecked Sendable {
  // Safe because: one job uses it, and the builder when that job is done.
  private let batches: [DocumentBatch]
  private let order: DocumentOrder
  private let options: IndexOptions
  private let attributeNames: [String]
  private let attributeNumbers: [String: Int]
  /// The writer between `write` and `takeWriter`.
  private var writer: SegmentWriter?
  /// The error that ended `write`.
  private var failure: SearchError?
  /// The length code of each document.
  let lengths: [UInt8]

  /// Prepares the sections of the documents that `order` keeps.
  init(_ batches: [DocumentBatch], _ order: DocumentOrder, _ options: IndexOptions) {
    self.batches = batches
    self.order = order
    self.options = options
    lengths = order.addresses.map { address in
      LengthCode.encode(batches[Int(address.batch)].contents.entries[Int(address.index)].length)
    }
    let names = DocumentSections.attributeNames(batches, order)
    attributeNames = names
    attributeNumbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }

  /// Returns the names of the attributes of the documents kept, in byte order.
  private static func attributeNames(_ batches: [DocumentBatch], _ order: DocumentOrder) -> [String] {
    if batches.allSatisfy(\.attributes.isEmpty) { return [] }
    var names: Set<String> = []
    for address in order.addresses {
      for (name, values) in batches[Int(address.batch)].attributes(of: Int(address.index)) where !values.isEmpty {
        names.insert(name)
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Creates the file and writes the sections. An error is thrown by `takeWriter`.
  func write(to path: String, spoolBytes: Int) {
    do throws(SearchError) {
      var writer = try SegmentWriter(
        creating: path, documents: order.addresses.count, fingerprint: options.analyzer.fingerprint,
        schema: options.schema.fingerprint, spoolBytes: spoolBytes)
      let withRecords = try writeAttributes(&writer)
      try writeDocuments(withRecords, &writer)
      for batch in batches { batch.releaseStored() }
      try writeKeys(&writer)
      try writeLengths(&writer)
      try writeTitles(&writer)
      try writeStatistics(&writer)
      self.writer = .some(consume writer)
    } catch {
      failure = error
    }
  }

  /// Returns the writer of the file, for the other sections; once, after `write`.
  ///
  /// - Throws: the error of `write`.
  func takeWriter() throws(SearchError) -> SegmentWriter {
    if let failure { throw failure }
    return writer.take()!
  }

  /// Returns the entry of a document in its batch.
  private func entry(_ address: DocumentOrder.Address) -> DocumentBatch.Entry {
    batches[Int(address.batch)].contents.entries[Int(address.index)]
  }

  // MARK: Sections by document

  /// Writes the attribute columns, with values in NFC; returns the documents that need a record: all where texts are stored, else those
  /// whose attributes the columns do not give back.
  private func writeAttributes(_ writer: inout SegmentWriter) throws(SearchError) -> DocumentSet {
    var columns = AttributeColumnsWriter(options.schema)
    let columnIndexes = attributeNames.map { columns.columnIndex(of: $0) }
    let types = attributeNames.map(options.schema.type)
    let storesTexts = !options.storedFieldNumbers.isEmpty
    var withRecords = storesTexts ? DocumentSet(all: order.addresses.count) : DocumentSet(limit: order.addresses.count)
    for (document, address) in order.addresses.enumerated() {
      let attributes = attributes(of: address)
      let composed = attributes.map { Normalizer.shared.composed($0.value) }
      for ((name, _), value) in zip(attributes, composed) {
        columns.add(value, to: UInt32(document), at: columnIndexes[name])
      }
      if !storesTexts, !StoredDocument.areInColumns(attributes, composed: composed, types: types) {
        withRecords.insert(document)
      }
    }
    try writer.writeAttributes(options.schema, documents: order.addresses.count) { (section) throws(SearchError) in
      try columns.write(to: &section)
    }
    return withRecords
  }

  /// Returns the attributes of a document: indexes of their names, and values.
  private func attributes(of address: DocumentOrder.Address) -> [(name: Int, value: String)] {
    guard !attributeNames.isEmpty else { return [] }
    let own = batches[Int(address.batch)].attributes(of: Int(address.index))
    guard !own.isEmpty else { return [] }
    return own.flatMap { name, values in values.map { (name: attributeNumbers[name] ?? 0, value: $0) } }
  }

  /// Writes the stored documents.
  ///
  /// - Parameter withRecords: those of the others are empty.
  private func writeDocuments(_ withRecords: DocumentSet, _ writer: inout SegmentWriter) throws(SearchError) {
    var store = DocumentStoreWriter(options.storedCompression, fields: options.storedFieldNumbers)
    var record = ByteWriter()
    try writer.write(&store, documents: order.addresses.count) { document, store in
      let address = order.addresses[document]
      record.removeAll()
      if withRecords.contains(document) {
        let entry = entry(address)
        record.write(batches[Int(address.batch)].stored.bytes, entry.stored..<entry.stored + entry.storedCount)
        StoredDocument.write(attributes(of: address), to: &record)
      }
      store.add(record)
    }
  }

  /// Writes the keys. There are no ranks: documents are in the order of their keys.
  private func writeKeys(_ writer: inout SegmentWriter) throws(SearchError) {
    try writer.writeKeys(count: order.addresses.count, ranks: ByteWriter()) { rank in
      batches[Int(order.addresses[rank].batch)].key(Int(order.addresses[rank].index))
    }
  }

  /// Writes the length codes and the lengths of all fields but the last.
  private func writeLengths(_ writer: inout SegmentWriter) throws(SearchError) {
    try writer.writeLengths(codes: lengths, fields: options.fields.count) { field, document in
      fieldLength(field, order.addresses[document])
    }
  }

  private func writeTitles(_ writer: inout SegmentWriter) throws(SearchError) {
    var titles = TitleTableWriter()
    for (document, address) in order.addresses.enumerated() {
      titles.add(entry(address).title, document: UInt32(document))
    }
    try writer.begin(.titles)
    try titles.write(to: &writer)
    try writer.end()
  }

  /// Writes the counts of documents and tokens, by language.
  private func writeStatistics(_ writer: inout SegmentWriter) throws(SearchError) {
    var statistics = CollectionStatistics()
    for address in order.addresses {
      let entry = entry(address)
      let (french, vietnamese) = (Int(entry.french), Int(entry.vietnamese))
      statistics.add([entry.length - french - vietnamese, french, vietnamese])
    }
    try statistics.write(fields: options.fields, attributes: attributeNames, to: &writer)
  }

  /// Returns the number of tokens of a field of a document.
  private func fieldLength(_ field: Int, _ address: DocumentOrder.Address) -> UInt64 {
    UInt64(batches[Int(address.batch)].contents.fieldLengths[Int(address.index) * options.fields.count + field])
  }
}
