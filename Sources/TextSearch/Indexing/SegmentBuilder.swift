/// Sorts a posting buffer and writes it as one segment.
///
/// Documents are numbered in the order of their keys; of documents with one key the last stays.
struct SegmentBuilder: ~Copyable {
  private let options: IndexOptions
  private let attributes: [String]
  /// Indices of the documents that stay, by key.
  private var order: [Int] = []
  private(set) var replacedKeys: [[UInt8]] = []

  /// - Parameter attributes: names of the attributes of all documents, sorted.
  init(_ options: IndexOptions, attributes: [String]) {
    self.options = options
    self.attributes = attributes
  }

  /// Writes the segment; gives its size in bytes.
  mutating func write(
    _ buffer: inout PostingBuffer, _ analyzer: borrowing Analyzer, to path: String
  ) throws(SearchError) -> Int {
    sortDocuments(buffer)
    var writer = try SegmentWriter(
      creating: path, documents: order.count, fingerprint: options.analyzer.fingerprint,
      schema: options.schema.fingerprint)
    try writer.write(.attributes, AttributeSection.encode(buffer, order, options.schema).bytes.span)
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
    var store = DocumentStoreWriter(options.storedCompression, fields: options.storedFieldNumbers)
    var record = ByteWriter()
    let numbers = buffer.finalAttributeNumbers
    for index in order {
      let entry = buffer.documents[index]
      record.removeAll()
      if !entry.stored.isEmpty || !entry.attributes.isEmpty {
        record.write(buffer.stored.bytes.span.extracting(entry.stored))
        StoredDocument.write(entry.attributes.map { (name: numbers[$0.name], value: $0.value) }, to: &record)
      }
      store.add(record.bytes.span)
    }
    buffer.releaseStored()
    var section = ByteWriter(capacity: store.byteCount)
    store.finish(into: &section)
    try writer.write(.documents, section.bytes.span)
  }

  private func writeKeys(_ buffer: borrowing PostingBuffer, _ writer: inout SegmentWriter) throws(SearchError) {
    var keys = KeyTableWriter()
    for index in order { keys.add(buffer.documents[index].key) }
    try writer.write(.keys, keys.keys.bytes.span)
    try writer.write(.keyIndex, keys.index().bytes.span)
    try writer.write(.keyRanks, ByteWriter().bytes.span)
  }

  private func writeLengths(_ buffer: borrowing PostingBuffer, _ writer: inout SegmentWriter) throws(SearchError) {
    var lengths = ByteWriter(capacity: order.count)
    for index in order {
      lengths.write(LengthCode.encode(SegmentBuilder.length(buffer.documents[index])))
    }
    try writer.write(.lengths, lengths.bytes.span)
    var columns = ByteWriter()
    for field in options.fields.indices.dropLast() {
      Column.write(order.map { UInt64(buffer.documents[$0].fieldLengths[field]) }, to: &columns)
    }
    try writer.write(.fieldLengths, columns.bytes.span)

    var statistics = CollectionStatistics()
    for index in order { statistics.add(countLanguages(buffer, buffer.documents[index])) }
    var section = ByteWriter()
    statistics.write(to: &section)
    for names in [options.fields, attributes] {
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
    var lists = PostingListWriter(documents: order.count)
    let lexicon = LexiconWriter()
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
    try writer.write(.forms, lists.forms.bytes.span)
    try writer.write(.codes, lists.codes.bytes.span)
    try writer.write(.lexicon, lexicon.words.bytes.span)
    try writer.write(.lexiconIndex, lexicon.index().bytes.span)
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
    return lists.end(inline: &inline).list
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
