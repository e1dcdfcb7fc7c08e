extension TermAddress {
  /// Whether the term is frequent (`FrequentKeys`).
  var isFrequent: Bool { FrequentKeys.contains(bytes.span.extracting(keyRange), in: language) }

  /// The term as a part of pairs.
  var pairWord: PairWord { PairWord(key: bytes.span.extracting(keyRange), language) }

  private var keyRange: Range<Int> {
    let end = bytes.dropFirst().firstIndex(of: 0) ?? bytes.count
    return min(1, end)..<end
  }
}
