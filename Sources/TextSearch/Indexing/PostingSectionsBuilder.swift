/// Encodes all posting lists of a segment, in parts that jobs of the pool take, and puts the parts together.
struct PostingSectionsBuilder: ~Copyable {
  /// Terms of a part at most: their entries wait in memory for the dictionary.
  private static let maximumTerms = 1 << 15
  /// Occurrences of a part, one term more or less: its positions wait in memory for the file.
  private static let maximumOccurrences = 1 << 20
  /// Parts for each worker, so that none waits long for the others.
  private static let partsPerWorker = 4

  /// A part on its way.
  private final class Part: @unchecked Sendable {
    // Safe because: one job changes it, and it is read when that job is done.
    let terms: Range<Int>
    var ticket = 0
    var encoder: PostingEncoder

    init(_ terms: Range<Int>, documents: Int, keepsForms: Bool) {
      self.terms = terms
      encoder = PostingEncoder(documents: documents, keepsForms: keepsForms)
    }
  }

  private let terms: SegmentTerms
  private let sort: OccurrenceSort
  private let parts: [Part]
  private var dictionary = TermDictionaryWriter()

  /// - Parameters:
  ///   - documents: of the segment.
  ///   - keepsForms: post which forms of French words documents hold.
  init(_ terms: SegmentTerms, _ sort: OccurrenceSort, documents: Int, keepsForms: Bool, workers: Int) {
    self.terms = terms
    self.sort = sort
    parts = PostingSectionsBuilder.ranges(terms, sort, workers).map {
      Part($0, documents: documents, keepsForms: keepsForms)
    }
  }

  /// Stretches of terms with about equally many occurrences; the spellings of a key stay together.
  private static func ranges(_ terms: SegmentTerms, _ sort: OccurrenceSort, _ workers: Int) -> [Range<Int>] {
    let all = Int(sort.starts[terms.runCount])
    let maximum = max(1, min(maximumOccurrences, all / (workers == 1 ? 1 : workers * partsPerWorker)))
    var ranges: [Range<Int>] = []
    var start = 0
    while start < terms.count {
      var end = min(terms.count, start + maximumTerms)
      let first = Int(sort.starts[terms.runs(start).lowerBound])
      var low = start + 1
      // The first term that ends past the share of a part.
      while low < end {
        let middle = (low + end) / 2
        if Int(sort.starts[terms.runs(middle).lowerBound]) - first >= maximum { end = middle } else { low = middle + 1 }
      }
      end = terms.endOfKey(end - 1)
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  /// Encodes the lists, makes the dictionary and writes their sections.
  mutating func encode(
    _ lengths: [UInt8], _ pool: WorkerPool, _ times: JobTimes, to writer: inout SegmentWriter
  ) throws(SearchError) {
    try writer.begin(.positions)
    // The entries of a part are put into the dictionary while the next parts are encoded.
    let ahead = pool.workers == 1 ? 0 : 2 * pool.workers
    for number in 0..<parts.count + ahead {
      if number < parts.count { submit(parts[number], lengths, pool, times) }
      guard number >= ahead else { continue }
      let part = parts[number - ahead]
      pool.wait(for: part.ticket)
      addToDictionary(part, times)
      // The largest section goes to the file part by part.
      try times.measure(\.write) { () throws(SearchError) in
        try writer.append(part.encoder.lists.positions.bytes, 0..<part.encoder.lists.positions.count)
      }
      part.encoder.lists.releasePositions()
    }
    try writer.end()
    try times.measure(\.write) { () throws(SearchError) in try write(to: &writer) }
  }

  private func submit(_ part: Part, _ lengths: [UInt8], _ pool: WorkerPool, _ times: JobTimes) {
    let (terms, sort) = (terms, sort)
    part.ticket = pool.submit { worker in
      times.measure(\.encode, worker) { part.encoder.encode(terms, part.terms, sort, lengths) }
    }
  }

  /// Bytes of the parts before one: where its lists begin in the sections.
  private var before = PostingList()
  private var lexicon: [LexiconEntry] = []

  private mutating func addToDictionary(_ part: Part, _ times: JobTimes) {
    let start = SystemCalls.nanoseconds()
    var inlineStart = 0
    for index in 0..<part.encoder.encoded.count {
      let entry = part.encoder.encoded[index]
      var address = terms.address(Int(entry.term))
      if entry.isKey { address.removeLast(address.count - SegmentTerms.keyLength(address) + 1) }
      let list = entry.list.moved(by: before)
      dictionary.inline.write(part.encoder.inline.bytes, inlineStart..<inlineStart + Int(entry.inlineCount))
      inlineStart += Int(entry.inlineCount)
      dictionary.add(address, list)
    }
    lexicon += part.encoder.lexicon
    part.encoder.releaseEntries()
    before = part.encoder.lists.emptyList(documents: 0, positions: 0).moved(by: before)
    times.add(\.encode, SystemCalls.nanoseconds() &- start)
  }

  /// Writes the sections but the positions.
  private func write(to writer: inout SegmentWriter) throws(SearchError) {
    try writer.write(.terms, dictionary.terms.bytes.span)
    try writer.write(.termIndex, dictionary.index().bytes.span)
    try writer.begin(.postings)
    for part in parts { try writer.append(part.encoder.lists.postings.bytes, 0..<part.encoder.lists.postings.count) }
    try writer.end()
    try writer.begin(.blocks)
    for part in parts { try writer.append(part.encoder.lists.blocks.bytes, 0..<part.encoder.lists.blocks.count) }
    try writer.end()
    try writer.begin(.forms)
    for part in parts { try writer.append(part.encoder.lists.forms.bytes, 0..<part.encoder.lists.forms.count) }
    try writer.end()
    try writer.begin(.codes)
    for part in parts { try writer.append(part.encoder.lists.codes.bytes, 0..<part.encoder.lists.codes.count) }
    try writer.end()
    let words = LexiconWriter.sorted(lexicon)
    try writer.write(.lexicon, words.words.bytes.span)
    try writer.write(.lexiconIndex, words.index().bytes.span)
  }
}
