extension SegmentMerger {
  /// Writes the merged segment; returns its size in bytes.
  ///
  /// - Parameter spoolBytes: the buffer of each section that waits for others.
  mutating func write(
    _ settings: IndexSettings, to path: String, spoolBytes: Int = SpoolFile.bufferBytes
  ) throws(SearchError) -> Int {
    var writer = try SegmentWriter(
      creating: path, documents: mapping.count, fingerprint: settings.fingerprint, schema: settings.schema.fingerprint,
      spoolBytes: spoolBytes)
    let names = try attributeNames()
    try writeAttributes(settings, &writer)
    try writeDocuments(settings, names, &writer)
    try writeKeys(&writer)
    try writeLengths(settings, &writer)
    try writeTitles(&writer)
    try statistics().write(fields: settings.fields, attributes: names, to: &writer)
    try writePairFrequencies(settings, &writer)
    try writeTerms(&writer)
    return try writer.finish()
  }

  // MARK: By document

  /// Names of the attributes that live documents have, sorted.
  private func attributeNames() throws(SearchError) -> [String] {
    var names: Set<String> = []
    for (index, source) in sources.enumerated() {
      let segment = source.segment
      // Where nothing is deleted every name is that of some document.
      guard !source.deleted.isEmpty, !segment.attributes.isEmpty else {
        names.formUnion(segment.attributes)
        continue
      }
      for name in segment.attributes where !names.contains(name) {
        if try isLive(name, index) { names.insert(name) }
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a live document of a source has an attribute.
  private func isLive(_ name: String, _ source: Int) throws(SearchError) -> Bool {
    let segment = sources[source].segment
    guard let column = try segment.attributeColumns.column(name) else { return false }
    for document in 0..<segment.documentCount where mapping.numbers[source][document] != DocumentMapping.none {
      if try !column.ordinals(of: document).isEmpty { return true }
    }
    return false
  }

  private func writeAttributes(_ settings: IndexSettings, _ writer: inout SegmentWriter) throws(SearchError) {
    let columns = sources.map(\.segment.attributeColumns)
    let names = Set(columns.flatMap(\.names)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    try writer.writeAttributes(settings.schema, documents: mapping.count) { (section) throws(SearchError) in
      for name in names { try section.add(try MergedAttribute(name, of: columns, settings.schema, mapping)) }
    }
  }

  private func writeDocuments(
    _ settings: IndexSettings, _ names: [String], _ writer: inout SegmentWriter
  ) throws(SearchError) {
    var store = DocumentStoreWriter(settings.compression, fields: settings.storedFields)
    var readers = sources.map { $0.segment.records }
    let numbers = sources.map { source in source.segment.attributes.map { names.firstIndex(of: $0) ?? 0 } }
    var changed = ByteWriter()
    try writer.write(&store, documents: mapping.count) { (document, store) throws(SearchError) in
      let origin = mapping.origins[document]
      let source = Int(origin.source)
      let record = try readers[source].record(Int(origin.document))
      let isSame = numbers[source].enumerated().allSatisfy { $0.offset == $0.element }
      if isSame || record.count == 0 {
        try record.withSpan { (span: Span<UInt8>) throws(SearchError) in store.add(span) }
      } else {
        changed.removeAll()
        try StoredDocument.renumber(record, fields: settings.storedFields.count, numbers[source], to: &changed)
        store.add(changed)
      }
    }
  }

  private func writeKeys(_ writer: inout SegmentWriter) throws(SearchError) {
    var ranks = ByteWriter()
    if let order = mapping.ranks { KeyRanks.write(order, to: &ranks) }
    var byRank = mapping.origins
    if let order = mapping.ranks {
      for (number, rank) in order.enumerated() { byRank[Int(rank)] = mapping.origins[number] }
    }
    // Documents of one source come in the order of their keys.
    var cursors = sources.map { KeyWalk($0.segment) }
    try writer.writeKeys(count: mapping.count, ranks: ranks) { (rank) throws(SearchError) in
      try cursors[Int(byRank[rank].source)].key(of: byRank[rank].document)
    }
  }

  private func writeLengths(_ settings: IndexSettings, _ writer: inout SegmentWriter) throws(SearchError) {
    try writer.writeLengths(codes: lengths, fields: settings.fields.count) { (field, document) throws(SearchError) in
      let origin = mapping.origins[document]
      return UInt64(try sources[Int(origin.source)].segment.fieldLength(field, origin.document))
    }
  }

  private func writeTitles(_ writer: inout SegmentWriter) throws(SearchError) {
    try writer.begin(.titles)
    try TitleTableWriter.write(to: &writer) { (group, titles) throws(SearchError) in
      for (index, source) in sources.enumerated() {
        try source.segment.titles.forEach(inGroup: group) { (hash, document) throws(SearchError) in
          let number = mapping.numbers[index][Int(document)]
          if number != DocumentMapping.none { titles.add(hash, document: number) }
        }
      }
    }
    try writer.end()
  }

  /// Returns the statistics of the merged documents: those of the sources without their deleted documents.
  private func statistics() throws(SearchError) -> CollectionStatistics {
    var sum = CollectionStatistics()
    for source in sources {
      let segment = source.segment
      var own = segment.statistics
      let isPart = source.deleted.isEmpty ? true : own.subtract(try DeletedTokens(source).statistics)
      guard isPart else {
        throw try segment.region(.statistics).corrupt(at: 0, "deleted documents have more tokens").inFile(segment.path)
      }
      sum += own
    }
    return sum
  }

  /// Adds up the numbers of the sources, without those of the documents that are left out.
  private func writePairFrequencies(
    _ settings: IndexSettings, _ writer: inout SegmentWriter
  ) throws(SearchError) {
    guard settings.keepsPairs else { return try writer.write(.pairFrequencies, [UInt8]().span) }
    let removed = try removedPairs()
    var total: UInt64 = 0
    var cursors = sources.map { $0.segment.pairFrequencies.start }
    var heads: [(slot: UInt32, frequency: UInt32)?] = []
    for index in sources.indices {
      total &+= sources[index].segment.pairFrequencies.total
      heads.append(try cursors[index].advance())
    }
    // Only damaged totals overflow, or are less than what is removed.
    var table = try PairFrequenciesWriter(total: total &- (removed?.total ?? 0), to: &writer)
    while let slot = heads.lazy.compactMap({ $0?.slot }).min() {
      var frequency: UInt32 = 0
      for index in heads.indices {
        guard let head = heads[index], head.slot == slot else { continue }
        frequency &+= head.frequency
        heads[index] = try cursors[index].advance()
      }
      frequency &-= removed?.frequency(of: slot) ?? 0
      if frequency > 0 { try table.add(Int(slot), frequency, to: &writer) }
    }
    try table.end(&writer)
  }

  /// The pairs of the documents that are left out; nil if there are none.
  private func removedPairs() throws(SearchError) -> RemovedPairs? {
    guard sources.contains(where: { !$0.deleted.isEmpty }) else { return nil }
    let removed = RemovedPairs()
    for source in sources {
      do {
        try removed.add(Array(source.deleted), of: source.segment)
      } catch {
        throw error.inFile(source.segment.path)
      }
    }
    return removed
  }
}

/// Reads the keys of documents in the order of their keys.
private struct KeyWalk {
  private let segment: Segment
  private var cursor: KeyTable.Cursor
  private var next: UInt32 = 0

  init(_ segment: Segment) {
    self.segment = segment
    cursor = segment.keys.start
  }

  mutating func key(of document: UInt32) throws(SearchError) -> [UInt8] {
    let rank = try segment.keyRanks.rank(document)
    while next <= rank {
      _ = try cursor.next()
      next += 1
    }
    return cursor.text
  }
}
