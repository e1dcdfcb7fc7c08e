/// Builds the pair filters of a segment's documents while their occurrences are sorted.
final class PairFiltersBuilder: @unchecked Sendable {
  // Safe because: the filter of a document is written by the one job that sorts it, and read when those jobs are done.

  /// The length code of each document.
  private let lengths: [UInt8]
  /// Index in `words` of the filter of each document, then the number of all words.
  private let starts: [Int]
  /// The 64-bit words of all filters.
  private let words: SharedTable<UInt64>
  /// Hash of the key of each form range.
  private let hashes: GrowableBuffer<UInt32>
  /// The word of each form range.
  private let pairWords: GrowableBuffer<PairWord>

  /// Creates empty filters.
  ///
  /// - Parameter lengths: the length code of each document.
  init(_ terms: SegmentTerms, lengths: [UInt8]) {
    self.lengths = lengths
    var starts = [0]
    starts.reserveCapacity(lengths.count + 1)
    for code in lengths { starts.append(starts[starts.count - 1] + PairFilters.wordCount(lengthCode: code)) }
    self.starts = starts
    words = SharedTable(count: starts[lengths.count])
    var hashes = GrowableBuffer<UInt32>(capacity: max(1, terms.formRangeCount))
    var pairWords = GrowableBuffer<PairWord>(capacity: max(1, terms.formRangeCount))
    for term in 0..<terms.count {
      let address = TermAddress(bytes: terms.address(term))
      let key = Array(address.key)
      let count = terms.formRanges(of: term).count
      hashes.append(repeating: PairFilters.hash(ofKey: key.span), count: count)
      pairWords.append(repeating: PairWord(key: key.span, address.language), count: count)
    }
    self.hashes = hashes
    self.pairWords = pairWords
  }

  // MARK: Documents

  /// Adds the adjacent pairs of tokens in a field of a document.
  ///
  /// - Parameters:
  ///   - tokens: those of the field, as indexes in the log.
  ///   - firstCode: index of the first code of the log's worker.
  ///   - formRangeOfCode: index of the form range of each code of all workers.
  func addTokens(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>, to document: Int, _ slots: PairSlots
  ) {
    let filter = starts[document]..<starts[document + 1]
    PairFiltersBuilder.add(
      tokens, of: log, firstCode: firstCode, formRangeOfCode: formRangeOfCode, hashes: hashes, to: words, at: filter)
    PairFiltersBuilder.add(
      tokens, of: log, firstCode: firstCode, formRangeOfCode: formRangeOfCode, words: pairWords, to: slots)
  }

  /// Adds the adjacent pairs of some tokens to the slots of a document.
  private static func add(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>, words: borrowing GrowableBuffer<PairWord>, to slots: PairSlots
  ) {
    guard !tokens.isEmpty else { return }
    let (codes, formRanges, words) = (log.span, formRangeOfCode.span, words.span)
    var previous = words[Int(formRanges[firstCode &+ Int(codes[tokens.lowerBound])])]
    for token in tokens.dropFirst() {
      let next = words[Int(formRanges[firstCode &+ Int(codes[token])])]
      slots.add(previous, next)
      previous = next
    }
  }

  /// Adds the adjacent pairs of some tokens to the filter at a range of `words`.
  private static func add(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>, hashes: borrowing GrowableBuffer<UInt32>,
    to words: SharedTable<UInt64>, at filter: Range<Int>
  ) {
    let (codes, formRanges, hashes) = (log.span, formRangeOfCode.span, hashes.span)
    var previous: UInt32 = 0
    for token in tokens {
      let next = hashes[Int(formRanges[firstCode &+ Int(codes[token])])]
      if token > tokens.lowerBound {
        let pair = PairFilters.hash(previous, next)
        words[filter.lowerBound &+ PairFilters.word(of: pair, in: filter.count)] |= PairFilters.bits(of: pair)
      }
      previous = next
    }
  }

  /// Adds an adjacent pair of a document.
  ///
  /// - Parameters:
  ///   - first: form range of the first word.
  ///   - second: form range of the second word.
  func add(_ first: UInt32, _ second: UInt32, to document: Int, _ slots: PairSlots) {
    slots.add(pairWords[Int(first)], pairWords[Int(second)])
    let (start, count) = (starts[document], starts[document + 1] - starts[document])
    let pair = PairFilters.hash(hashes[Int(first)], hashes[Int(second)])
    words[start + PairFilters.word(of: pair, in: count)] |= PairFilters.bits(of: pair)
  }

  // MARK: Writing

  /// Writes the section of the pair filters.
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

  /// Writes collected bytes to the file.
  private static func flush(_ part: inout ByteWriter, to writer: inout SegmentWriter) throws(SearchError) {
    try writer.append(part.bytes, 0..<part.count)
    part.removeAll()
  }
}
