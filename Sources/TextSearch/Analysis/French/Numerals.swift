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

  /// Returns the number of a Roman ordinal; nil for anything else.
  ///
  /// A single numeral is I, V or X: Le, Ce, De and Même are words. Only I has the endings of a first.
  ///
  /// - Parameters:
  ///   - key: the folded word.
  ///   - letters: the number of its letters that are the numeral.
  static func romanOrdinal(_ key: [UInt8], letters: Int) -> Int? {
    let numeral = key.prefix(letters)
    guard letters > 1 || isSmall(numeral), let number = roman(numeral) else { return nil }
    let ending = key.dropFirst(letters)
    let isEnding = ["e", "eme", "ieme"].contains { ending.elementsEqual($0.utf8) }
    let isFirst = number == 1 && ["er", "re", "ere"].contains { ending.elementsEqual($0.utf8) }
    return isEnding || isFirst ? number : nil
  }

  /// Returns the number of letters of the numeral that a folded word without capitals begins with: 3 in xixe and xixieme.
  static func romanLetters(_ key: [UInt8]) -> Int {
    let letters = key.prefix { value(of: $0) > 0 }.count
    guard letters > 1 else { return letters }
    let isOne = romanOrdinal(key, letters: letters) != nil || romanOrdinal(key, letters: letters - 1) == nil
    return isOne ? letters : letters - 1
  }

  /// Whether a numeral has no letter but i, v and x.
  static func isSmall(_ numeral: some Collection<UInt8>) -> Bool { numeral.allSatisfy { 1...10 ~= value(of: $0) } }

  /// The letters of one, five and ten units of one decimal digit, folded.
  private struct NumeralLetters {
    let one: UInt8
    let five: UInt8
    let ten: UInt8
  }

  /// The letters of thousands, hundreds, tens and ones.
  private static let letters = [
    NumeralLetters(one: 0x6D, five: 0, ten: 0), NumeralLetters(one: 0x63, five: 0x64, ten: 0x6D),
    NumeralLetters(one: 0x78, five: 0x6C, ten: 0x63), NumeralLetters(one: 0x69, five: 0x76, ten: 0x78),
  ]

  /// Returns the value of a Roman numeral in canonical form, 1 to 3999; nil for other letters.
  static func roman(_ letters: ArraySlice<UInt8>) -> Int? {
    var tail = letters
    var total = 0
    for letters in Numerals.letters { total = 10 * total + takeDigit(letters, &tail) }
    return tail.isEmpty && total > 0 ? total : nil
  }

  /// Takes the letters of one decimal digit: iv, ix, or at most one v and three i.
  private static func takeDigit(_ letters: NumeralLetters, _ tail: inout ArraySlice<UInt8>) -> Int {
    if tail.first == letters.one, let next = tail.dropFirst().first, next == letters.five || next == letters.ten {
      tail = tail.dropFirst(2)
      return next == letters.five ? 4 : 9
    }
    var digit = 0
    if tail.first == letters.five {
      digit = 5
      tail = tail.dropFirst()
    }
    let ones = tail.prefix(3).prefix { $0 == letters.one }.count
    tail = tail.dropFirst(ones)
    return digit + ones
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

  /// The lengths of the groups of Vietnamese telephone numbers: of ten digits (mobile), and of eleven that begin with 02.
  private static let vietnameseGroups = (
    mobile: [[4, 3, 3], [3, 3, 4], [3, 4, 3], [4, 2, 2, 2]], fixed: [[3, 4, 4], [4, 3, 4], [4, 4, 3]]
  )

  /// Whether groups of digits of these lengths, the first of which begins the key, are a Vietnamese telephone number.
  static func isVietnameseTelephone(_ key: [UInt8], _ counts: [Int]) -> Bool {
    guard key.count >= 2, key[0] == 0x30 else { return false }
    switch key[1] {
    case 0x32: return vietnameseGroups.fixed.contains(counts)
    case 0x33, 0x35, 0x37, 0x38, 0x39: return vietnameseGroups.mobile.contains(counts)
    default: return false
    }
  }

  /// Returns the number that is dialled within the country for one with the code of France or Viet Nam; nil for others.
  static func nationalTelephone(_ digits: [UInt8]) -> [UInt8]? {
    let number = digits.dropFirst(2)
    guard let first = number.first, first != 0x30 else { return nil }
    let isFrench = digits.starts(with: "33".utf8) && number.count == 9
    let isVietnamese = digits.starts(with: "84".utf8) && number.count == (first == 0x32 ? 10 : 9)
    return isFrench || isVietnamese ? [0x30] + number : nil
  }

  /// Returns the digits of a French or Vietnamese telephone number (01.23.45.67.89, 0912.345.678) or a SIRET number (123.456.789.00012) with points;
  /// nil for anything else.
  static func withoutIdentifierPoints(_ key: [UInt8]) -> [UInt8]? {
    let groups = key.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.allSatisfy { $0 &- 0x30 < 10 } }) else { return nil }
    let counts = groups.map(\.count)
    let isTelephone = counts == [2, 2, 2, 2, 2] && key[0] == 0x30 && key[1] != 0x30
    return isTelephone || isVietnameseTelephone(key, counts) || counts == [3, 3, 3, 5] ? groups.flatMap { $0 } : nil
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
