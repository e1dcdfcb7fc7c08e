/// Up to twelve toneless Vietnamese letters in one number, five bits each, the last letter lowest.
///
/// No letter is 0, so that different texts have different numbers.
struct PackedLetters: Equatable {
  static let limit = 12
  /// All letters, in the order of their numbers, from 1.
  static let alphabet = Array("abcdeghiklmnopqrstuvxyăâêôơưđ".unicodeScalars)
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

  /// The number of a letter; 0 if it is none of the alphabet.
  static func number(_ letter: Unicode.Scalar) -> UInt8 {
    alphabet.firstIndex(of: letter).map { UInt8($0 + 1) } ?? 0
  }

  var isEmpty: Bool { count == 0 }

  var first: UInt8? { isEmpty ? nil : UInt8(truncatingIfNeeded: bits >> UInt64(5 * (count - 1))) }

  /// Ends in p, t, c or ch.
  var isStopped: Bool {
    let last = UInt8(bits & 31)
    return last == Self.p || last == Self.t || last == Self.c
      || last == Self.h && UInt8(bits >> 5 & 31) == Self.c
  }

  mutating func append(_ letter: UInt8) {
    bits = bits << 5 | UInt64(letter)
    count += 1
  }

  /// What follows `beginning`; nil if the letters do not begin so.
  func dropping(_ beginning: PackedLetters) -> PackedLetters? {
    let left = count - beginning.count
    guard left >= 0, bits >> UInt64(5 * left) == beginning.bits else { return nil }
    var rest = self
    rest.bits &= 1 << UInt64(5 * left) - 1
    rest.count = left
    return rest
  }

  /// The same letters after one more.
  func following(_ letter: UInt8) -> PackedLetters {
    var longer = self
    longer.bits |= UInt64(letter) << UInt64(5 * count)
    longer.count += 1
    return longer
  }
}
