/// Encodes all posting lists of a segment in parts, each by a job of the pool, and concatenates the parts.
struct PostingSectionsBuilder: ~Copyable {
  /// Maximum terms of a part: their entries are in memory until they are added to the dictionary.
  private static let maximumTerms = 1 << 15
  /// Target for the occurrences of a part, which its last term may exceed: their positions are in memory until they are
  /// written to the file.
  private static let maximumOccurrences = 1 << 20
  /// Parts for each worker, to balance the load.
  private static let partsPerWorker = 4

  /// A range of terms, and its lists once the job of `ticket` is done.
  private final class Part: @unchecked Sendable {
    // Safe because: one job changes it, and it is read when that job is done.
    let terms: Range<Int>
    var ticket = 0
    var encoder: PostingEncoder

    init(_ terms: Range<Int>, documents: Int, keepsForms: Bool, pairs: SegmentPairs?) {
      self.terms = terms
      encoder = PostingEncoder(documents: documents, keepsForms: keepsForms, pairs: pairs)
    }

    /// Frees the memory of the lists and entries, once they are written.
    func release() { encoder = PostingEncoder(documents: 0, keepsForms: false, pairs: nil) }
  }

  private let terms: SegmentTerms
  private let sort: OccurrenceSort
  private let parts: [Part]

  /// Divides the terms of a segment into parts.
  ///
  /// - Parameters:
  ///   - documents: number of documents of the segment.
  ///   - keepsForms: whether to post which forms of French words documents hold.
  ///   - pairs: the terms as parts of pairs, to post which words are beside those that are not frequent; nil not to.
  ///   - workers: number of workers of the pool.
  init(
    _ terms: SegmentTerms, _ sort: OccurrenceSort, documents: Int, keepsForms: Bool, pairs: SegmentPairs?, workers: Int
  ) {
    self.terms = terms
    self.sort = sort
    parts = PostingSectionsBuilder.ranges(terms, sort, workers).map {
      Part($0, documents: documents, keepsForms: keepsForms, pairs: pairs)
    }
  }

  /// Returns ranges of terms with about equally many occurrences; none divides the spellings of a key.
  private static func ranges(_ terms: SegmentTerms, _ sort: OccurrenceSort, _ workers: Int) -> [Range<Int>] {
    let all = Int(sort.starts[terms.formRangeCount])
    let maximum = max(1, min(maximumOccurrences, all / (workers == 1 ? 1 : workers * partsPerWorker)))
    var ranges: [Range<Int>] = []
    var start = 0
    while start < terms.count {
      var end = min(terms.count, start + maximumTerms)
      let first = Int(sort.starts[terms.formRanges(of: start).lowerBound])
      // The part ends with the first term behind at least `maximum` of its occurrences.
      end = (start + 1..<end).partitionPoint {
        Int(sort.starts[terms.formRanges(of: $0).lowerBound]) - first >= maximum
      }
      end = terms.endOfKey(end - 1)
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  /// Encodes the lists, builds the dictionary and writes their sections.
  ///
  /// - Parameter lengths: the length code of each document.
  /// - Throws: `SearchError.system` if the file cannot be written.
  mutating func encode(
    _ lengths: [UInt8], _ pool: WorkerPool, _ times: JobTimes, to writer: inout SegmentWriter
  ) throws(SearchError) {
    var sections = try TermSectionsWriter(&writer)
    // The entries of a part are added to the dictionary while the next parts are encoded.
    let ahead = pool.workers == 1 ? 0 : 2 * pool.workers
    for number in 0..<parts.count + ahead {
      if number < parts.count { submit(parts[number], lengths: lengths, pool, times) }
      guard number >= ahead else { continue }
      let part = parts[number - ahead]
      pool.wait(for: part.ticket)
      try addToDictionary(part, &sections, times)
      // The lists go to files part by part, and their memory is freed.
      try times.measure(\.write) { () throws(SearchError) in try sections.take(&part.encoder.lists, &writer) }
      part.release()
    }
    let start = SystemCalls.nanoseconds()
    try sections.finish(&writer)
    times.add(\.write, SystemCalls.nanoseconds() &- start)
  }

  /// Submits the job that encodes a part.
  private func submit(_ part: Part, lengths: [UInt8], _ pool: WorkerPool, _ times: JobTimes) {
    let (terms, sort) = (terms, sort)
    part.ticket = pool.submit { worker in
      times.measure(\.encode, worker) { part.encoder.encode(part.terms, of: terms, sort, lengths: lengths) }
    }
  }

  /// Offsets in the sections where the lists of the next part begin: the sizes of the parts before it.
  private var before = PostingList()

  /// Adds the entries of a part to the dictionary, and its forms to the lexicon.
  private mutating func addToDictionary(
    _ part: Part, _ sections: inout TermSectionsWriter, _ times: JobTimes
  ) throws(SearchError) {
    let start = SystemCalls.nanoseconds()
    var inlineStart = 0
    for index in 0..<part.encoder.encoded.count {
      let entry = part.encoder.encoded[index]
      var address = terms.address(Int(entry.term))
      if entry.isKey { address.removeLast(address.count - SegmentTerms.keyLength(address) + 1) }
      let list = entry.list.moved(by: before)
      sections.dictionary.inline.write(
        part.encoder.inline.bytes, inlineStart..<inlineStart + Int(entry.inlineCount))
      inlineStart += Int(entry.inlineCount)
      sections.dictionary.add(address, list)
    }
    for entry in part.encoder.lexicon { try sections.lexicon.add(entry) }
    before = part.encoder.lists.emptyList(documents: 0, positions: 0).moved(by: before)
    times.add(\.encode, SystemCalls.nanoseconds() &- start)
  }
}
