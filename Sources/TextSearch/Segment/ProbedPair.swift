/// A pair of neighbours as filters are asked for it: what tells where its word is in a filter, and its bits there.
struct ProbedPair: BitwiseCopyable {
  fileprivate let hash: UInt64
  fileprivate let bits: UInt64

  /// - Parameter hash: of the pair (`PairFilters.hash`).
  init(_ hash: UInt64) {
    self.hash = hash
    bits = PairFilters.bits(of: hash)
  }

  /// A pair that no filter denies.
  static let any = ProbedPair()

  private init() { (hash, bits) = (0, 0) }
}

/// The filter of a document, at its place in memory.
///
/// Safe because: made by `PairFilters.filter`, which has checked that the words are there, and used before the segment goes.
@unsafe
struct DocumentFilter {
  fileprivate let words: UnsafeRawPointer
  /// At least 1.
  fileprivate let count: Int

  @inline(__always)
  init(_ words: UnsafeRawPointer, _ count: Int) { unsafe (self.words, self.count) = (words, count) }

  /// False only if the document does not hold the pair.
  @inline(__always)
  func mayContain(_ pair: ProbedPair) -> Bool {
    // Safe because: the index is below the count.
    let index = unsafe PairFilters.word(of: pair.hash, in: count)
    let word = unsafe words.loadUnaligned(fromByteOffset: 8 &* index, as: UInt64.self)
    return UInt64(littleEndian: word) & pair.bits == pair.bits
  }

  /// False only if the document contains none of some pairs.
  @inline(__always)
  func mayContain(anyOf pairs: [ProbedPair], _ range: Range<Int>) -> Bool {
    for index in range where unsafe mayContain(pairs[index]) { return true }
    return false
  }
}
