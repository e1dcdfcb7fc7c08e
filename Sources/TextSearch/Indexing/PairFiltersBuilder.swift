/// Makes the pair filters of a segment's documents while their occurrences are sorted.
final class PairFiltersBuilder: @unchecked Sendable {
  // Safe because: a document's words are written by the one job that sorts it, and read when those jobs are done.

  private let lengths: [UInt8]
  /// Where the filter of each document begins, and where the last ends.
  private let starts: [Int]
  private let words: SharedTable<UInt64>
  /// What stands for the key of each run.
  private let hashes: GrowableBuffer<UInt32>

  /// - Parameter lengths: the length code of each document.
  init(_ terms: SegmentTerms, lengths: [UInt8]) {
    self.lengths = lengths
    var starts = [0]
    starts.reserveCapacity(lengths.count + 1)
    for code in lengths { starts.append(starts[starts.count - 1] + PairFilters.wordCount(lengthCode: code)) }
    self.starts = starts
    words = SharedTable(count: starts[lengths.count])
    var hashes = GrowableBuffer<UInt32>(capacity: max(1, terms.runCount))
    for term in 0..<terms.count {
      let key = terms.key(term)
      hashes.append(repeating: PairFilters.hash(ofKey: key.span), count: terms.runs(term).count)
    }
    self.hashes = hashes
  }

  // MARK: Documents

  /// Adds the neighbours in a field of a document.
  ///
  /// - Parameters:
  ///   - tokens: those of the field, by their places in the log.
  ///   - first: where the codes of the log's worker begin.
  func addTokens(
    of document: Int, _ log: borrowing GrowableBuffer<UInt32>, _ tokens: Range<Int>, first: Int,
    _ runOfCode: borrowing GrowableBuffer<UInt32>
  ) {
    let filter = starts[document]..<starts[document + 1]
    PairFiltersBuilder.add(log, tokens, first, runOfCode, hashes, to: words, filter)
  }

  private static func add(
    _ log: borrowing GrowableBuffer<UInt32>, _ tokens: Range<Int>, _ first: Int,
    _ runOfCode: borrowing GrowableBuffer<UInt32>, _ hashes: borrowing GrowableBuffer<UInt32>,
    to words: SharedTable<UInt64>, _ filter: Range<Int>
  ) {
    let (codes, runs, hashes) = (log.span, runOfCode.span, hashes.span)
    var previous: UInt32 = 0
    for token in tokens {
      let next = hashes[Int(runs[first &+ Int(codes[token])])]
      if token > tokens.lowerBound {
        let pair = PairFilters.hash(previous, next)
        words[filter.lowerBound &+ PairFilters.word(of: pair, in: filter.count)] |= PairFilters.bits(of: pair)
      }
      previous = next
    }
  }

  /// Adds a pair of runs that stand side by side in a document.
  func add(_ first: UInt32, _ second: UInt32, to document: Int) {
    let (start, count) = (starts[document], starts[document + 1] - starts[document])
    let pair = PairFilters.hash(hashes[Int(first)], hashes[Int(second)])
    words[start + PairFilters.word(of: pair, in: count)] |= PairFilters.bits(of: pair)
  }

  // MARK: SurfaceForm

  func write(to writer: inout SegmentWriter) throws(SearchError) {
    var filters = PairFiltersWriter()
    for code in lengths { try filters.add(lengthCode: code) }
    try filters.begin(&writer)
    var part = ByteWriter(capacity: 1 << 16)
    for index in 0..<words.count {
      part.write(words[index])
      if part.count == 1 << 16 { try PairFiltersBuilder.flush(&part, to: &writer) }
    }
    try PairFiltersBuilder.flush(&part, to: &writer)
    try writer.end()
  }

  private static func flush(_ part: inout ByteWriter, to writer: inout SegmentWriter) throws(SearchError) {
    try writer.append(part.bytes, 0..<part.count)
    part.removeAll()
  }
}
