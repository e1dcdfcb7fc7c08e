/// A word as a part of pairs: a hash of its key, and whether its term is frequent (`FrequentKeys`). All spellings of a key are one
/// word here.
struct PairWord: BitwiseCopyable, Hashable {
  private static let frequent: UInt32 = 1 << 31

  private let bits: UInt32

  /// The word of a term.
  init(key: Span<UInt8>, _ language: Language) {
    let hash = UInt32(truncatingIfNeeded: Checksum.of(key)) & ~PairWord.frequent
    bits = FrequentKeys.contains(key, in: language) ? hash | PairWord.frequent : hash
  }

  @inline(__always)
  var hash: UInt32 { bits & ~PairWord.frequent }

  @inline(__always)
  var isFrequent: Bool { bits & PairWord.frequent != 0 }
}
