/// A pair of neighbours as filters are asked for it: where its word is in a filter, and its bits there.
struct AskedPair: BitwiseCopyable {
  fileprivate let place: UInt32
  fileprivate let bits: UInt64

  /// - Parameter hash: of the pair (`PairFilters.hash`).
  init(_ hash: UInt64) {
    place = UInt32(truncatingIfNeeded: hash &>> 32)
    bits = PairFilters.bits(of: hash)
  }

  /// A pair that no filter denies.
  static let any = AskedPair()

  private init() { (place, bits) = (0, 0) }
}

/// The filter of a document, at its place in memory.
///
/// Safe because: made by `PairFilters.filter`, which has checked that the words are there, and used before the segment goes.
@unsafe
struct DocumentFilter {
  fileprivate let words: UnsafeRawPointer
  /// At least 1.
  fileprivate let count: UInt64

  @inline(__always)
  init(_ words: UnsafeRawPointer, _ count: UInt64) { unsafe (self.words, self.count) = (words, count) }

  /// False only if the document does not hold the pair.
  @inline(__always)
  func mayHold(_ pair: AskedPair) -> Bool {
    // A place is below 2^32, so this is below the count.
    let index = unsafe (UInt64(pair.place) &* count) &>> 32
    let word = unsafe words.loadUnaligned(fromByteOffset: Int(truncatingIfNeeded: index) &* 8, as: UInt64.self)
    return UInt64(littleEndian: word) & pair.bits == pair.bits
  }

  /// The same of some ways to ask for a pair: false only if all are denied.
  @inline(__always)
  func mayHold(_ ways: [AskedPair], _ places: Range<Int>) -> Bool {
    for place in places where unsafe mayHold(ways[place]) { return true }
    return false
  }
}
