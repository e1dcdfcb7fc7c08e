/// The sections of a segment that hold something for each document: they can be written before anything is sorted.
final class DocumentSections: @unchecked Sendable {
  // Safe because: one job uses it, and the builder when that job is done.
  private let batches: [DocumentBatch]
  private let order: DocumentOrder
  private let options: IndexOptions
  private let attributeNames: [String]
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
    attributeNames = batches.reduce(into: Set<String>()) { $0.formUnion($1.attributeNames) }.sorted()
  }

  /// Begins the file and writes the sections; an error waits for `takeWriter`.
  func write(to path: String) {
    do throws(SearchError) {
      var writer = try SegmentWriter(
        creating: path, documents: order.places.count, fingerprint: options.analyzer.fingerprint)
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

  private func writeDocuments(_ writer: inout SegmentWriter) throws(SearchError) {
    var numbers: [String: Int] = [:]
    for (number, name) in attributeNames.enumerated() { numbers[name] = number }
    // The attributes of all documents, behind each other; texts are copied from the batches as they are.
    var attributes = ByteWriter(capacity: 1 << 16)
    var attributeEnds: [Int] = []
    var offsets: [UInt64] = [0]
    offsets.reserveCapacity(order.places.count + 1)
    var texts = 0
    for place in order.places {
      texts += entry(place).storedCount
      writeAttributes(place, numbers, to: &attributes)
      attributeEnds.append(attributes.count)
      offsets.append(UInt64(texts + attributes.count))
    }
    try writer.begin(.documents)
    var column = ByteWriter(capacity: 8 * order.places.count + 16)
    Column.write(offsets, to: &column)
    try writer.append(column.bytes.span)
    var start = 0
    for (number, place) in order.places.enumerated() {
      let entry = entry(place)
      try writer.append(batches[Int(place.batch)].stored.bytes, entry.stored..<entry.stored + entry.storedCount)
      try writer.append(attributes.bytes, start..<attributeEnds[number])
      start = attributeEnds[number]
    }
    try writer.end()
  }

  /// What follows the texts of a document that stores anything.
  private func writeAttributes(_ place: DocumentOrder.Place, _ numbers: [String: Int], to records: inout ByteWriter) {
    let attributes = batches[Int(place.batch)].attributes[Int(place.index)]
    guard options.storesText || !attributes.isEmpty else { return }
    StoredDocument.write(attributes.map { (name: numbers[$0.key] ?? 0, value: $0.value) }, to: &records)
  }

  private func writeKeys(_ writer: inout SegmentWriter) throws(SearchError) {
    var section = ByteWriter()
    var offsets: [UInt64] = [0]
    offsets.reserveCapacity(order.places.count + 1)
    for place in order.places { offsets.append(offsets[offsets.count - 1] + UInt64(entry(place).keyCount)) }
    Column.write(offsets, to: &section)
    try writer.begin(.keys)
    try writer.append(section.bytes.span)
    for place in order.places {
      let entry = entry(place)
      try writer.append(batches[Int(place.batch)].keys, Int(entry.key)..<Int(entry.key + entry.keyCount))
    }
    try writer.end()
  }

  private func writeLengths(_ writer: inout SegmentWriter) throws(SearchError) {
    let codes = lengths
    try writer.write(.lengths, codes.span)
    var columns = ByteWriter()
    for field in options.fields.indices {
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
    var section = ByteWriter()
    statistics.write(to: &section)
    for names in [options.fields, attributeNames] {
      section.writeVariable(names.count)
      for name in names { section.writeString(name) }
    }
    try writer.write(.statistics, section.bytes.span)
  }

  private func fieldLength(_ field: Int, _ place: DocumentOrder.Place) -> UInt64 {
    UInt64(batches[Int(place.batch)].fieldLengths[Int(place.index) * options.fields.count + field])
  }
}
