extension TermAddress {
  /// Whether the term is frequent (`FrequentKeys`).
  var isFrequent: Bool { pairWord.isFrequent }

  /// The term as a part of pairs.
  var pairWord: PairWord {
    let end = bytes.dropFirst().firstIndex(of: 0) ?? bytes.count
    return PairWord(key: bytes.span.extracting(min(1, end)..<end), language)
  }
}
