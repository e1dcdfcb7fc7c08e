/// Sorts the forms of a lexicon in little memory: by runs, each of them a lexicon in a temporary file, which are merged at
/// the end (external merge sort: Knuth, "The Art of Computer Programming" 3, section 5.4).
struct LexiconSorter: ~Copyable {
  /// A form of the current run.
  private struct Entry: BitwiseCopyable {
    /// The first eight bytes decide most comparisons.
    var prefix: UInt64
    var documents: UInt64
    /// Offset in `bytes`, and number of bytes.
    var start: Int
    var count: UInt32
  }

  /// Maximum bytes of a run in memory.
  private let runBytes: Int
  private var bytes = GrowableBuffer<UInt8>(capacity: 1 << 12)
  private var entries: [Entry] = []
  private var file: SpoolFile
  /// Number of bytes of the words and of the index of each run in the file.
  private var runs: [(words: Int, index: Int)] = []

  /// Sorts all forms in memory.
  init() { self.init(SpoolFile(), runBytes: .max) }

  /// - Parameters:
  ///   - file: for the runs, if there are several.
  ///   - runBytes: maximum bytes of memory of a run.
  init(_ file: consuming SpoolFile, runBytes: Int) {
    self.file = file
    self.runBytes = runBytes
  }

  /// Adds a form; forms come in any order, and the documents of equal ones are added up.
  mutating func add(_ entry: LexiconEntry) throws(SearchError) {
    var prefix: UInt64 = 0
    for index in 0..<8 { prefix = prefix &<< 8 | (index < entry.order.count ? UInt64(entry.order[index]) : 0) }
    entries.append(
      Entry(
        prefix: prefix, documents: entry.documents, start: bytes.count, count: UInt32(entry.order.count)))
    bytes.append(entry.order.span)
    if bytes.count + entries.count * MemoryLayout<Entry>.stride >= runBytes { try endRun() }
  }

  /// Writes the forms in memory to the file, as a lexicon of their own.
  private mutating func endRun() throws(SearchError) {
    var writer = LexiconWriter()
    try LexiconSorter.write(&entries, bytes, into: &writer, to: &file)
    var index = writer.index()
    runs.append((writer.words.count, index.count))
    try file.take(&index)
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll()
  }

  /// Writes the words of a lexicon in order.
  ///
  /// - Returns: the index of the lexicon.
  consuming func finish(to sink: inout some ByteSink & ~Copyable) throws(SearchError) -> ByteWriter {
    var writer = LexiconWriter()
    if runs.isEmpty {
      try LexiconSorter.write(&entries, bytes, into: &writer, to: &sink)
    } else {
      try endRun()
      bytes.reset(capacity: 0)
      entries = []
      try LexiconSorter.merge(runs, in: try file.contents("lexicon"), into: &writer, to: &sink)
    }
    return writer.index()
  }

  /// Sorts forms and writes them.
  private static func write(
    _ entries: inout [Entry], _ bytes: borrowing GrowableBuffer<UInt8>, into writer: inout LexiconWriter,
    to sink: inout some ByteSink & ~Copyable
  ) throws(SearchError) {
    sort(&entries, bytes)
    var index = 0
    while index < entries.count {
      let order = order(entries[index], bytes)
      var documents: UInt64 = 0
      while index < entries.count, compare(entries[index], bytes, order) {
        documents += entries[index].documents
        index += 1
      }
      writer.add(order, documents: documents)
      try sink.takePieces(&writer.words)
    }
    try sink.take(&writer.words)
  }

  private static func sort(_ entries: inout [Entry], _ bytes: borrowing GrowableBuffer<UInt8>) {
    entries.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      for index in 0..<Int(min(a.count, b.count)) {
        let (x, y) = (bytes[a.start + index], bytes[b.start + index])
        if x != y { return x < y }
      }
      return a.count < b.count
    }
  }

  private static func order(_ entry: Entry, _ bytes: borrowing GrowableBuffer<UInt8>) -> [UInt8] {
    (entry.start..<entry.start + Int(entry.count)).map { bytes[$0] }
  }

  /// Whether an entry is of this form.
  private static func compare(_ entry: Entry, _ bytes: borrowing GrowableBuffer<UInt8>, _ order: [UInt8]) -> Bool {
    entry.count == order.count && order.indices.allSatisfy { bytes[entry.start + $0] == order[$0] }
  }

  /// Merges the runs and writes them.
  private static func merge(
    _ runs: [(words: Int, index: Int)], in file: ByteRegion, into writer: inout LexiconWriter,
    to sink: inout some ByteSink & ~Copyable
  ) throws(SearchError) {
    var cursors: [Lexicon.Cursor] = []
    var order = MergeOrder(sequences: runs.count)
    var start = 0
    for (number, run) in runs.enumerated() {
      let words = try file.slice(at: start, count: run.words)
      let lexicon = try Lexicon(words: words, index: try file.slice(at: start + run.words, count: run.index))
      start += run.words + run.index
      cursors.append(try lexicon.cursor(at: []))
      if try cursors[number].next() { order.push(number, cursors[number].text) }
    }
    while !order.isEmpty {
      let form = order.head(order.first)
      var documents: UInt64 = 0
      while !order.isEmpty, order.head(order.first) == form {
        let run = order.pop()
        documents += cursors[run].documents
        if try cursors[run].next() { order.push(run, cursors[run].text) }
      }
      writer.add(form, documents: documents)
      try sink.takePieces(&writer.words)
    }
    try sink.take(&writer.words)
  }
}
