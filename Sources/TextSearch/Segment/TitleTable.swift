/// The documents of a segment by the hashes of their titles, so that a query that is a whole title finds its document at once.
///
/// A hash has 40 bits. The highest 8 are the number of a group; in a group the others ascend, equal ones by their documents.
struct TitleTable: Sendable {
  /// The field whose text is the title.
  static let field = "title"
  /// Stands for the hash of a title without letters and digits.
  static let none = UInt64.max
  static let groups = 256
  fileprivate static let lowBits: UInt64 = 32
  fileprivate static let lowMask: UInt64 = 1 << lowBits - 1

  /// The first entry of each group, and the number of entries.
  private let starts: Column?
  /// The low 32 bits of the hashes.
  private let hashes: Column?
  private let documents: Column?
  private let documentCount: Int
  let count: Int

  /// Opens the section of a segment with some documents.
  ///
  /// - Parameter region: empty if no document has a title.
  init(_ region: ByteRegion, documents documentCount: Int) throws(SearchError) {
    self.documentCount = documentCount
    guard region.count > 0 else {
      (starts, hashes, documents, count) = (nil, nil, nil, 0)
      return
    }
    var offset = 0
    let starts = try Column(region, at: &offset, count: TitleTable.groups + 1)
    let count = try starts.value(at: TitleTable.groups)
    guard count <= documentCount else { throw starts.corrupt("\(count) titles of \(documentCount) documents") }
    self.starts = starts
    self.count = Int(count)
    hashes = try Column(region, at: &offset, count: Int(count))
    documents = try Column(region, at: &offset, count: Int(count))
    guard offset == region.count else { throw region.corrupt(at: offset, "bytes after the titles") }
  }

  /// Returns the hash of a title's letters; `none` where it has none.
  static func hash(of letters: [UInt8]) -> UInt64 { letters.isEmpty ? none : Checksum.of(letters.span) >> 24 }

  /// Returns the documents whose titles have a hash, ascending.
  func documents(withHash hash: UInt64) throws(SearchError) -> [UInt32] {
    guard let starts, let hashes, hash != TitleTable.none else { return [] }
    let group = Int(hash >> TitleTable.lowBits)
    let low = hash & TitleTable.lowMask
    let range = try range(ofGroup: group, starts)
    var (first, end) = (range.lowerBound, range.upperBound)
    while first < end {
      let middle = first + (end - first) / 2
      if try hashes.value(at: middle) < low { first = middle + 1 } else { end = middle }
    }
    var found: [UInt32] = []
    while first < range.upperBound, try hashes.value(at: first) == low {
      found.append(try document(first))
      first += 1
    }
    return found
  }

  private func range(ofGroup group: Int, _ starts: Column) throws(SearchError) -> Range<Int> {
    let (start, end) = (try starts.value(at: group), try starts.value(at: group + 1))
    guard start <= end, end <= count else { throw starts.corrupt("group \(group) of titles from \(start) to \(end)") }
    return Int(start)..<Int(end)
  }

  private func document(_ index: Int) throws(SearchError) -> UInt32 {
    guard let documents else { return 0 }
    let document = try documents.value(at: index)
    guard document < documentCount else { throw documents.corrupt(at: index, "no document \(document)") }
    return UInt32(document)
  }

  /// Calls `body` with the hash and the document of every entry of a group, in their order.
  func forEach(inGroup group: Int, _ body: (UInt64, UInt32) throws(SearchError) -> Void) throws(SearchError) {
    guard let starts, let hashes else { return }
    for index in try range(ofGroup: group, starts) {
      let low = try hashes.value(at: index)
      guard low <= TitleTable.lowMask else { throw hashes.corrupt(at: index, "hash \(low) of a title") }
      try body(UInt64(group) << TitleTable.lowBits | low, try document(index))
    }
  }
}

/// Writes a `TitleTable`.
struct TitleTableWriter: ~Copyable {
  private struct Entry: BitwiseCopyable, Comparable {
    let hash: UInt64
    let document: UInt32

    static func < (a: Entry, b: Entry) -> Bool { (a.hash, a.document) < (b.hash, b.document) }
  }

  private var entries: [Entry] = []

  /// Adds a document, unless its title has no hash; in any order.
  mutating func add(_ hash: UInt64, document: UInt32) {
    if hash != TitleTable.none { entries.append(Entry(hash: hash, document: document)) }
  }

  /// Writes the section of all documents that were added.
  consuming func write<Sink: ByteSink & ~Copyable>(to sink: inout Sink) throws(SearchError) {
    entries.sort()
    let entries = entries
    let ends = (0..<TitleTable.groups).map { group in
      entries.indices.partitionPoint { entries[$0].hash >> TitleTable.lowBits > group }
    }
    try TitleTableWriter.write(to: &sink) { (group, writer) in
      let start = group == 0 ? 0 : ends[group - 1]
      writer.entries = Array(entries[start..<ends[group]])
    }
  }

  /// Writes a section group by group.
  ///
  /// - Parameter addGroup: adds the documents of a group to an empty writer; called three times for each group.
  static func write<Sink: ByteSink & ~Copyable>(
    to sink: inout Sink, _ addGroup: (Int, inout TitleTableWriter) throws(SearchError) -> Void
  ) throws(SearchError) {
    var starts: [UInt64] = [0]
    var maximum = Entry(hash: 0, document: 0)
    try forEach(addGroup) { (entries) in
      starts.append(starts[starts.count - 1] + UInt64(entries.count))
      for entry in entries {
        maximum = Entry(
          hash: max(maximum.hash, entry.hash & TitleTable.lowMask), document: max(maximum.document, entry.document))
      }
    }
    guard starts[TitleTable.groups] > 0 else { return }
    var head = ByteWriter()
    Column.write(starts, to: &head)
    try sink.take(&head)
    var hashes = ColumnWriter(maximum: maximum.hash)
    try forEach(addGroup) { (entries) throws(SearchError) in
      for entry in entries { hashes.add(entry.hash & TitleTable.lowMask) }
      try sink.takePieces(&hashes.bytes)
    }
    try sink.take(&hashes.bytes)
    var documents = ColumnWriter(maximum: UInt64(maximum.document))
    try forEach(addGroup) { (entries) throws(SearchError) in
      for entry in entries { documents.add(UInt64(entry.document)) }
      try sink.takePieces(&documents.bytes)
    }
    try sink.take(&documents.bytes)
  }

  private static func forEach(
    _ addGroup: (Int, inout TitleTableWriter) throws(SearchError) -> Void,
    _ body: ([Entry]) throws(SearchError) -> Void
  ) throws(SearchError) {
    var writer = TitleTableWriter()
    for group in 0..<TitleTable.groups {
      writer.entries.removeAll(keepingCapacity: true)
      try addGroup(group, &writer)
      writer.entries.sort()
      try body(writer.entries)
    }
  }
}
