/// What the terms of a segment are as parts of pairs.
final class SegmentPairs: @unchecked Sendable {
  // Safe because: made by one thread, and only read from then on.

  /// The word of each form range.
  let words: GrowableBuffer<PairWord>

  init(_ terms: SegmentTerms) {
    var words = GrowableBuffer<PairWord>(capacity: max(1, terms.formRangeCount))
    for term in 0..<terms.count {
      words.append(
        repeating: TermAddress(bytes: terms.address(term)).pairWord, count: terms.formRanges(of: term).count)
    }
    self.words = words
  }

  /// The words of a field, and the codes that they have for those beside them.
  struct Field: ~Copyable {
    fileprivate(set) var words = GrowableBuffer<PairWord>(capacity: 256)
    /// One more at each end: no word.
    fileprivate(set) var codes = GrowableBuffer<UInt8>(capacity: 256)

    /// Returns the byte of an occurrence at a position of the field.
    @inline(__always)
    func neighbours(_ position: Int) -> UInt8 {
      NeighbourCode.byte(previous: codes[position], next: codes[position &+ 2])
    }

    /// Notes that a compound begins at a position: words beside it may be beside the compound.
    mutating func beginCompound(_ position: Int) { codes[position + 1] = NeighbourCode.any }
  }

  /// Sets `field` to the words of some tokens.
  ///
  /// - Parameters:
  ///   - tokens: those of the field, as indexes in the log.
  ///   - firstCode: index of the first code of the log's worker.
  ///   - formRangeOfCode: index of the form range of each code of all workers.
  func read(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>, into field: inout Field
  ) {
    SegmentPairs.read(tokens, of: log, firstCode: firstCode, formRangeOfCode: formRangeOfCode, words, into: &field)
  }

  private static func read(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>, _ words: borrowing GrowableBuffer<PairWord>,
    into field: inout Field
  ) {
    let (codes, formRanges, words) = (log.span, formRangeOfCode.span, words.span)
    field.words.removeAll()
    field.codes.removeAll()
    field.codes.append(NeighbourCode.none)
    for token in tokens {
      let word = words[Int(formRanges[firstCode &+ Int(codes[token])])]
      field.words.append(word)
      field.codes.append(word.neighbourCode)
    }
    field.codes.append(NeighbourCode.none)
  }
}
