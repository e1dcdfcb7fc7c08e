/// What the terms of a segment are as parts of pairs.
final class SegmentPairs: @unchecked Sendable {
  // Safe because: made by one thread, and only read from then on.

  /// The word of each form range.
  let words: GrowableBuffer<PairWord>

  init(_ terms: SegmentTerms) {
    var words = GrowableBuffer<PairWord>(capacity: max(1, terms.formRangeCount))
    for term in 0..<terms.count {
      words.append(repeating: terms.pairWord(term), count: terms.formRanges(of: term).count)
    }
    self.words = words
  }

  /// Whether the term of a form range is frequent (`FrequentKeys`).
  func isFrequent(_ formRange: Int) -> Bool { words[formRange].isFrequent }
}
