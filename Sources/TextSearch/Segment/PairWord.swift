/// A word as a part of pairs: a hash of its key, and whether its term is frequent (`FrequentKeys`). All spellings of a key are one
/// word here.
struct PairWord: BitwiseCopyable, Hashable {
  private static let frequent: UInt32 = 1 << 31

  private let bits: UInt32

  /// The word of no term.
  init() { bits = 0 }

  /// The word of a term.
  init(key: Span<UInt8>, _ language: Language) {
    let hash = UInt32(truncatingIfNeeded: Checksum.of(key)) & ~PairWord.frequent
    bits = FrequentKeys.contains(key, in: language) ? hash | PairWord.frequent : hash
  }

  @inline(__always)
  var hash: UInt32 { bits & ~PairWord.frequent }

  @inline(__always)
  var isFrequent: Bool { bits & PairWord.frequent != 0 }

  /// The word's code beside others.
  @inline(__always)
  var neighbourCode: UInt8 {
    let codes = isFrequent ? NeighbourCode.frequent : NeighbourCode.other
    // The high bits of the product choose one of them.
    let mixed = hash &* 0x9E37_79B1
    return codes.lowerBound &+ UInt8(truncatingIfNeeded: (UInt64(mixed) &* UInt64(codes.count)) &>> 32)
  }
}
