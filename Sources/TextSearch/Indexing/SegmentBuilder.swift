/// Sorts a posting buffer and writes it as one segment.
///
/// Documents are numbered in the order of their keys; of documents with one key the last stays.
struct SegmentBuilder: ~Copyable {
  private let fields: [String]
  private let attributes: [String]
  private let fingerprint: UInt64
  private let schema: AttributeSchema
  /// Indices of the documents that stay, by key.
  private var order: [Int] = []
  private(set) var replacedKeys: [[UInt8]] = []

  init(fields: [String], attributes: [String], fingerprint: UInt64, schema: AttributeSchema) {
    self.fields = fields
    self.attributes = attributes
    self.fingerprint = fingerprint
    self.schema = schema
  }

  /// Writes the segment; gives its size in bytes.
  mutating func write(
    _ buffer: inout PostingBuffer, _ analyzer: borrowing Analyzer, to path: String
  ) throws(SearchError) -> Int {
    sortDocuments(buffer)
    var writer = try SegmentWriter(
      creating: path, documents: order.count, fingerprint: fingerprint, schema: schema.fingerprint)
    try writer.write(.attributes, AttributeSection.encode(buffer, order, schema).bytes.span)
    try writeDocuments(&buffer, &writer)
    try writeKeys(buffer, &writer)
    try writeLengths(buffer, &writer)
    try writePostings(buffer, analyzer, &writer)
    var compounds = ByteWriter()
    CompoundList.write(buffer.compounds, to: &compounds)
    try writer.write(.compounds, compounds.bytes.span)
    return try writer.finish()
  }

  private mutating func sortDocuments(_ buffer: borrowing PostingBuffer) {
    let documents = buffer.documents
    let sorted = documents.indices.sorted { a, b in
      if documents[a].key == documents[b].key { return a < b }
      return documents[a].key.lexicographicallyPrecedes(documents[b].key)
    }
    for (place, index) in sorted.enumerated() {
      if place + 1 < sorted.count, documents[sorted[place + 1]].key == documents[index].key {
        replacedKeys.append(documents[index].key)
      } else {
        order.append(index)
      }
    }
  }

  // MARK: Sections by document

  private func writeDocuments(_ buffer: inout PostingBuffer, _ writer: inout SegmentWriter) throws(SearchError) {
    var records = ByteWriter(capacity: buffer.stored.count + 64 * order.count)
    var offsets: [UInt64] = [0]
    let numbers = buffer.finalAttributeNumbers
    for index in order {
      let entry = buffer.documents[index]
      if !entry.stored.isEmpty {
        records.write(buffer.stored.bytes.span.extracting(entry.stored))
        StoredDocument.write(entry.attributes.map { (name: numbers[$0.name], value: $0.value) }, to: &records)
      }
      offsets.append(UInt64(records.count))
    }
    buffer.releaseStored()
    var column = ByteWriter(capacity: 8 * order.count + 8)
    Column.write(offsets, to: &column)
    column.write(records)
    try writer.write(.documents, column.bytes.span)
  }

  private func writeKeys(_ buffer: borrowing PostingBuffer, _ writer: inout SegmentWriter) throws(SearchError) {
    var section = ByteWriter()
    var offsets: [UInt64] = [0]
    for index in order { offsets.append(offsets[offsets.count - 1] + UInt64(buffer.documents[index].key.count)) }
    Column.write(offsets, to: &section)
    for index in order { section.write(contentsOf: buffer.documents[index].key) }
    try writer.write(.keys, section.bytes.span)
  }

  private func writeLengths(_ buffer: borrowing PostingBuffer, _ writer: inout SegmentWriter) throws(SearchError) {
    var lengths = ByteWriter(capacity: order.count)
    for index in order {
      lengths.write(LengthCode.encode(SegmentBuilder.length(buffer.documents[index])))
    }
    try writer.write(.lengths, lengths.bytes.span)
    var columns = ByteWriter()
    for field in fields.indices {
      Column.write(order.map { UInt64(buffer.documents[$0].fieldLengths[field]) }, to: &columns)
    }
    try writer.write(.fieldLengths, columns.bytes.span)

    var statistics = CollectionStatistics()
    for index in order { statistics.add(countLanguages(buffer, buffer.documents[index])) }
    var section = ByteWriter()
    statistics.write(to: &section)
    for names in [fields, attributes] {
      section.writeVariable(names.count)
      for name in names { section.writeString(name) }
    }
    try writer.write(.statistics, section.bytes.span)
  }

  private static func length(_ entry: PostingBuffer.Entry) -> Int { entry.fieldLengths.reduce(0) { $0 + Int($1) } }

  /// Tokens of each language in a document.
  private func countLanguages(_ buffer: borrowing PostingBuffer, _ entry: PostingBuffer.Entry) -> [Int] {
    var kinds = [Int](repeating: 0, count: TokenKind.count)
    let log = buffer.log.span
    for index in entry.tokens..<entry.tokens + SegmentBuilder.length(entry) { kinds[Int(log[index] & 3)] += 1 }
    return [kinds[0], kinds[1], kinds[2] + kinds[3]]
  }

  // MARK: Postings

  private func writePostings(
    _ buffer: borrowing PostingBuffer, _ analyzer: borrowing Analyzer, _ writer: inout SegmentWriter
  ) throws(SearchError) {
    let terms = SortedTerms(buffer, analyzer, order: order)
    let occurrences = sortOccurrences(buffer, terms)
    let lengths = order.map { LengthCode.encode(SegmentBuilder.length(buffer.documents[$0])) }
    var lists = PostingListWriter()
    var dictionary = TermDictionaryWriter()
    var keys = KeyFrequencies(documents: order.count)
    var rank = 0
    while rank < terms.count {
      let end = terms.endOfKey(rank)
      if end - rank > 1 {
        let all = occurrences.span.extracting(terms.starts[rank]..<terms.starts[end])
        dictionary.add(
          terms.keyAddress(rank), lists.emptyList(documents: keys.count(all), positions: UInt64(all.count)))
      }
      for term in rank..<end {
        let range = terms.starts[term]..<terms.starts[term + 1]
        let list = SegmentBuilder.encode(occurrences.span.extracting(range), lengths, &lists, &dictionary.inline)
        dictionary.add(terms.address(term), list)
      }
      rank = end
    }
    try writer.write(.terms, dictionary.terms.bytes.span)
    try writer.write(.termIndex, dictionary.index().bytes.span)
    try writer.write(.postings, lists.postings.bytes.span)
    try writer.write(.blocks, lists.blocks.bytes.span)
    try writer.write(.positions, lists.positions.bytes.span)
  }

  /// (document, position) of every token, by term: a counting sort.
  private func sortOccurrences(_ buffer: borrowing PostingBuffer, _ terms: borrowing SortedTerms) -> GrowableBuffer<
    UInt64
  > {
    var occurrences = GrowableBuffer<UInt64>(capacity: terms.starts[terms.count])
    occurrences.append(repeating: 0, count: terms.starts[terms.count])
    var next = terms.starts
    var places = next.mutableSpan
    var sorted = occurrences.mutableSpan
    let log = buffer.log.span
    let ranks = terms.ranks.span
    for (document, index) in order.enumerated() {
      let entry = buffer.documents[index]
      var token = entry.tokens
      var position: UInt32 = 0
      for length in entry.fieldLengths {
        for _ in 0..<length {
          let rank = Int(ranks[Int(log[token])])
          let place = places[rank]
          sorted[place] = UInt64(document) &<< 32 | UInt64(position)
          places[rank] = place &+ 1
          token &+= 1
          position &+= 1
        }
        position &+= PostingBuffer.fieldGap
      }
    }
    return occurrences
  }

  /// Encodes one list from its sorted occurrences.
  private static func encode(
    _ occurrences: Span<UInt64>, _ lengths: [UInt8], _ lists: inout PostingListWriter, _ inline: inout ByteWriter
  ) -> PostingList {
    var documents = 0
    var last = UInt64.max
    for index in occurrences.indices where occurrences[index] >> 32 != last {
      documents += 1
      last = occurrences[index] >> 32
    }
    lists.begin(documents: documents, positions: UInt64(occurrences.count))
    var start = 0
    while start < occurrences.count {
      let document = UInt32(occurrences[start] >> 32)
      var end = start + 1
      while end < occurrences.count, UInt32(occurrences[end] >> 32) == document { end += 1 }
      lists.add(document: document, frequency: UInt32(end - start), length: lengths[Int(document)])
      for index in start..<end { lists.add(position: UInt32(truncatingIfNeeded: occurrences[index])) }
      lists.endDocument()
      start = end
    }
    return lists.end(inline: &inline)
  }
}

/// Counts the documents of a key, all spellings together.
private struct KeyFrequencies {
  private var lastSeen: [UInt32]
  private var mark: UInt32 = 0

  init(documents: Int) { lastSeen = [UInt32](repeating: 0, count: documents) }

  mutating func count(_ occurrences: Span<UInt64>) -> Int {
    mark += 1
    var documents = 0
    for index in occurrences.indices {
      let document = Int(occurrences[index] >> 32)
      if lastSeen[document] != mark {
        lastSeen[document] = mark
        documents += 1
      }
    }
    return documents
  }
}
