/// The sections of a segment that hold something for each document: they can be written before anything is sorted.
final class DocumentSections: @unchecked Sendable {
  // Safe because: one job uses it, and the builder when that job is done.
  private let batches: [DocumentBatch]
  private let order: DocumentOrder
  private let options: IndexOptions
  private let attributeNames: [String]
  private let attributeNumbers: [String: Int]
  private var writer: SegmentWriter?
  private var failure: SearchError?
  /// The length code of each document.
  let lengths: [UInt8]

  init(_ batches: [DocumentBatch], _ order: DocumentOrder, _ options: IndexOptions) {
    self.batches = batches
    self.order = order
    self.options = options
    lengths = order.places.map { place in
      LengthCode.encode(batches[Int(place.batch)].entries[Int(place.index)].length)
    }
    let names = DocumentSections.attributeNames(batches, order)
    attributeNames = names
    attributeNumbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
  }

  /// Names of the attributes of the documents that stay, in the order of their bytes.
  private static func attributeNames(_ batches: [DocumentBatch], _ order: DocumentOrder) -> [String] {
    var names: Set<String> = []
    for place in order.places {
      for name in batches[Int(place.batch)].attributes[Int(place.index)].keys { names.insert(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Begins the file and writes the sections; an error waits for `takeWriter`.
  func write(to path: String) {
    do throws(SearchError) {
      var writer = try SegmentWriter(
        creating: path, documents: order.places.count, fingerprint: options.analyzer.fingerprint,
        schema: options.schema.fingerprint)
      try writeAttributes(&writer)
      try writeDocuments(&writer)
      for batch in batches { batch.releaseStored() }
      try writeKeys(&writer)
      try writeLengths(&writer)
      try writeStatistics(&writer)
      self.writer = .some(consume writer)
    } catch {
      failure = error
    }
  }

  /// The writer of the file, for the other sections.
  func takeWriter() throws(SearchError) -> SegmentWriter {
    if let failure { throw failure }
    return writer.take()!
  }

  private func entry(_ place: DocumentOrder.Place) -> DocumentBatch.Entry {
    batches[Int(place.batch)].entries[Int(place.index)]
  }

  // MARK: Sections by document

  private func writeAttributes(_ writer: inout SegmentWriter) throws(SearchError) {
    var columns = AttributeColumnsWriter(options.schema, documents: order.places.count)
    let places = attributeNames.map { columns.place(of: $0) }
    for (document, place) in order.places.enumerated() {
      for (name, value) in attributes(of: place) {
        columns.add(Normalizer.shared.composed(value), to: UInt32(document), at: places[name])
      }
    }
    var section = ByteWriter()
    columns.write(to: &section)
    try writer.write(.attributes, section.bytes.span)
  }

  /// Attributes of a document: numbers of their names, and values.
  private func attributes(of place: DocumentOrder.Place) -> [(name: Int, value: String)] {
    let own = batches[Int(place.batch)].attributes[Int(place.index)]
    guard !own.isEmpty else { return [] }
    return own.flatMap { name, values in values.map { (name: attributeNumbers[name] ?? 0, value: $0) } }
  }

  private func writeDocuments(_ writer: inout SegmentWriter) throws(SearchError) {
    var store = DocumentStoreWriter(options.storedCompression, fields: options.storedFieldNumbers)
    var record = ByteWriter()
    for place in order.places {
      record.removeAll()
      let entry = entry(place)
      let attributes = attributes(of: place)
      if entry.storedCount > 0 || !attributes.isEmpty {
        record.write(batches[Int(place.batch)].stored.bytes, entry.stored..<entry.stored + entry.storedCount)
        StoredDocument.write(attributes, to: &record)
      }
      DocumentSections.add(record, to: &store)
    }
    var section = ByteWriter(capacity: store.byteCount)
    store.finish(into: &section)
    try writer.write(.documents, section.bytes.span)
  }

  private static func add(_ record: borrowing ByteWriter, to store: inout DocumentStoreWriter) {
    store.add(record.bytes.span)
  }

  private func writeKeys(_ writer: inout SegmentWriter) throws(SearchError) {
    var keys = KeyTableWriter()
    for place in order.places { keys.add(batches[Int(place.batch)].key(Int(place.index))) }
    try keys.write(ranks: ByteWriter(), to: &writer)
  }

  private func writeLengths(_ writer: inout SegmentWriter) throws(SearchError) {
    let codes = lengths
    try writer.write(.lengths, codes.span)
    var columns = ByteWriter()
    for field in options.fields.indices.dropLast() {
      Column.write(order.places.map { fieldLength(field, $0) }, to: &columns)
    }
    try writer.write(.fieldLengths, columns.bytes.span)
  }

  private func writeStatistics(_ writer: inout SegmentWriter) throws(SearchError) {
    var statistics = CollectionStatistics()
    for place in order.places {
      let entry = entry(place)
      let (french, vietnamese) = (Int(entry.french), Int(entry.vietnamese))
      statistics.add([entry.length - french - vietnamese, french, vietnamese])
    }
    try statistics.write(fields: options.fields, attributes: attributeNames, to: &writer)
  }

  private func fieldLength(_ field: Int, _ place: DocumentOrder.Place) -> UInt64 {
    UInt64(batches[Int(place.batch)].fieldLengths[Int(place.index) * options.fields.count + field])
  }
}
