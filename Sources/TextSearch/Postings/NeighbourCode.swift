/// Codes of the words beside an occurrence of a term: four bits of each. A byte with the codes of the previous and of the next
/// word stands beside each occurrence of a term that is not frequent, so that most occurrences of no pair are passed over
/// without their positions (nextword indexes: Williams, Zobel and Bahle 2004).
enum NeighbourCode {
  /// No word: the field begins or ends.
  static let none: UInt8 = 0
  /// Words of several terms: a compound begins there too.
  static let any: UInt8 = 15
  /// The first code of frequent words, and the first of all others.
  private static let (firstFrequent, firstOther): (UInt8, UInt8) = (1, 5)

  /// Returns the code of a word by a hash of its key.
  @inline(__always)
  static func code(hash: UInt32, isFrequent: Bool) -> UInt8 {
    let (first, end) = isFrequent ? (firstFrequent, firstOther) : (firstOther, any)
    // The high bits of the product choose one of the codes.
    let mixed = hash &* 0x9E37_79B1
    return first &+ UInt8(truncatingIfNeeded: (UInt64(mixed) &* UInt64(end &- first)) &>> 32)
  }

  /// Returns the byte of an occurrence.
  @inline(__always)
  static func byte(previous: UInt8, next: UInt8) -> UInt8 { previous &<< 4 | next }
}
