/// Codes of the words beside an occurrence of a term: four bits of each. A byte with the codes of the previous and of the next
/// word stands beside each occurrence of a term that is not frequent, so that most occurrences of no pair are passed over
/// without their positions (nextword indexes: Williams, Zobel and Bahle 2004).
enum NeighbourCode {
  /// No word: the field begins or ends.
  static let none: UInt8 = 0
  /// Words of several terms: a compound begins there too.
  static let any: UInt8 = 15
  /// The codes of frequent words, and of all others (`PairWord.neighbourCode`).
  static let (frequent, other): (Range<UInt8>, Range<UInt8>) = (1..<5, 5..<15)

  /// Returns the byte of an occurrence.
  @inline(__always)
  static func byte(previous: UInt8, next: UInt8) -> UInt8 { previous &<< 4 | next }
}
