/// Up to twelve toneless Vietnamese letters packed into one number: five bits per letter, the last letter in the low
/// bits.
///
/// No letter has the number 0, so that different texts have different numbers.
struct PackedLetters: Equatable {
  /// Maximum number of letters.
  static let limit = 12
  /// All letters in the order of their numbers, which start at 1.
  static let alphabet = Array("abcdeghiklmnopqrstuvxyăâêôơưđ".unicodeScalars)
  /// Numbers of the front vowels.
  static let front = Set("eêiy".unicodeScalars.map(number))
  static let i = number("i")
  static let u = number("u")
  private static let (c, h, p, t) = (number("c"), number("h"), number("p"), number("t"))

  private(set) var bits: UInt64 = 0
  private(set) var count = 0

  init() {}

  init(_ text: String) {
    for scalar in text.unicodeScalars { append(PackedLetters.number(scalar)) }
  }

  /// Returns the number of a letter; 0 for a scalar outside the alphabet.
  static func number(_ letter: Unicode.Scalar) -> UInt8 {
    alphabet.firstIndex(of: letter).map { UInt8($0 + 1) } ?? 0
  }

  var isEmpty: Bool { count == 0 }

  /// The number of the first letter.
  var first: UInt8? { isEmpty ? nil : UInt8(truncatingIfNeeded: bits >> UInt64(5 * (count - 1))) }

  /// Whether the letters end in p, t, c or ch.
  var isStopped: Bool {
    let last = UInt8(bits & 31)
    return last == Self.p || last == Self.t || last == Self.c
      || last == Self.h && UInt8(bits >> 5 & 31) == Self.c
  }

  /// Appends the letter of a number.
  mutating func append(_ letter: UInt8) {
    bits = bits << 5 | UInt64(letter)
    count += 1
  }

  /// Returns the letters after `prefix`; nil if the letters do not start with it.
  func dropping(_ prefix: PackedLetters) -> PackedLetters? {
    let remaining = count - prefix.count
    guard remaining >= 0, bits >> UInt64(5 * remaining) == prefix.bits else { return nil }
    var suffix = self
    suffix.bits &= 1 << UInt64(5 * remaining) - 1
    suffix.count = remaining
    return suffix
  }

  /// Returns the letters with one more letter in front.
  func following(_ letter: UInt8) -> PackedLetters {
    var longer = self
    longer.bits |= UInt64(letter) << UInt64(5 * count)
    longer.count += 1
    return longer
  }
}
