/// The canonical spellings of numbers, ordinals and Roman numerals in French and Vietnamese text.
enum Numerals {
  /// The endings of ordinals, folded: 1er, 1re, 1ère, 2e, 2ème, 2ième, 2nd, 2nde.
  static let ordinalEndings: Set<String> = ["er", "re", "ere", "e", "eme", "ieme", "nd", "nde"]

  /// Returns the digits of an ordinal and `e`: 19e for 19e, 19ème, 19ième; nil for anything else.
  static func ordinal(_ key: [UInt8]) -> [UInt8]? {
    let digits = key.prefix { $0 &- 0x30 < 10 }
    guard !digits.isEmpty, digits.count <= 4, digits.count < key.count else { return nil }
    let ending = String(decoding: key.dropFirst(digits.count), as: UTF8.self)
    return ordinalEndings.contains(ending) ? Array(digits) + [0x65] : nil
  }

  /// Returns a Roman ordinal (XIXe, VIème) as digits and `e`; nil for anything else.
  ///
  /// In capitals all numerals are accepted but a single L, C, D or M (Le, Ce, De and Me are words). In lower case only
  /// numerals of at least two of the letters i, v and x are, except `vie`.
  static func romanOrdinal(_ key: [UInt8], isCapital: Bool) -> [UInt8]? {
    let letters = key.prefix { value(of: $0) > 0 }
    let ending = String(decoding: key.dropFirst(letters.count), as: UTF8.self)
    guard ending == "e" || ending == "eme" || ending == "ieme" || ending == "er" else { return nil }
    let isSmall = letters.allSatisfy { value(of: $0) <= 10 }
    guard letters.count >= 2 || (isCapital && isSmall) else { return nil }
    guard isCapital || (isSmall && key != Array("vie".utf8)) else { return nil }
    guard let number = roman(letters) else { return nil }
    return Array(String(number).utf8) + [0x65]
  }

  /// Returns the value of a Roman numeral in canonical form, 1 to 3999; nil for other letters.
  static func roman(_ letters: some Collection<UInt8>) -> Int? {
    var total = 0
    var last = 0
    for letter in letters.reversed() {
      let value = value(of: letter)
      guard value > 0 else { return nil }
      total += value < last ? -value : value
      last = max(last, value)
    }
    return total >= 1 && total <= 3999 && canonicalNumeral(total) == Array(letters) ? total : nil
  }

  private static let steps: [(value: Int, letters: String)] = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
  ]

  /// Returns the Roman numeral of a number in canonical form.
  private static func canonicalNumeral(_ number: Int) -> [UInt8] {
    var remainder = number
    var letters: [UInt8] = []
    for (value, text) in steps {
      while remainder >= value {
        letters += Array(text.utf8)
        remainder -= value
      }
    }
    return letters
  }

  /// Returns the value of a letter; 0 if it is not a Roman numeral.
  private static func value(of letter: UInt8) -> Int {
    switch letter {
    case 0x69: 1
    case 0x76: 5
    case 0x78: 10
    case 0x6C: 50
    case 0x63: 100
    case 0x64: 500
    case 0x6D: 1000
    default: 0
    }
  }

  /// Returns a folded number without the points between its groups of three digits (1.234.567, 1.234,5); nil if it has
  /// none.
  static func withoutGroupPoints(_ key: [UInt8]) -> [UInt8]? {
    guard key.contains(0x2E) else { return nil }
    let integer = key.prefix { $0 != 0x2C }
    let fraction = key.dropFirst(integer.count)
    let groups = integer.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard groups.count >= 2, (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.allSatisfy({ $0.allSatisfy { $0 &- 0x30 < 10 } }), fraction.dropFirst().allSatisfy({ $0 &- 0x30 < 10 })
    else { return nil }
    return groups.flatMap { $0 } + fraction
  }
}
