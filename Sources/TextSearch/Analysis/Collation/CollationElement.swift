/// The weights of a letter, digit or sign in a `Collation`.
struct CollationElement: Equatable {
  /// The weight of the first level: one byte, or a lead byte and the three bytes of a scalar; `mark` for a combining mark.
  let primary: UInt32
  /// The weight of its diacritic; `none` without one.
  var letter = CollationElement.none
  /// The weight of its tone; `none` without one.
  var tone = CollationElement.none
  /// Whether it is a letter of a word.
  var isLetter = false
  /// Whether it is a capital.
  var isUpper = false

  /// The weight of what is not there.
  static let none: UInt8 = 1
  /// The primary weight of a mark that belongs to the element before.
  static let mark: UInt32 = 0

  private static let space: UInt32 = 0x04
  private static let signs: UInt32 = 0x06 << 24
  private static let digits: UInt32 = 0x10
  private static let latin: UInt32 = 0x20
  private static let others: UInt32 = 0xA0 << 24
  /// Weights from the letter `a` to `b`, so that each letter may be followed by some with diacritics.
  private static let step: UInt32 = 4

  /// Tones in their order.
  private static let tones: [UInt32: UInt8] = [0x300: 2, 0x309: 3, 0x303: 4, 0x301: 5, 0x323: 6]
  private static let breve: UInt8 = 2
  private static let circumflex: UInt8 = 3
  private static let horn: UInt8 = 4
  /// Other diacritics in their order.
  private static let diacritics: [UInt32: UInt8] = [
    0x306: breve, 0x302: circumflex, 0x31B: horn, 0x308: 5, 0x327: 6, 0x30A: 7, 0x30C: 8, 0x304: 9, 0x328: 10,
    0x30B: 11, 0x307: 12,
  ]
  private static let otherDiacritic: UInt8 = 32
  /// A ligature, or a letter with a stroke.
  private static let joined: UInt8 = 33

  /// Returns the primary weight of a letter from a to z.
  static func primary(_ letter: Unicode.Scalar) -> UInt32 { latin + step * (letter.value - 0x61) }

  /// Returns the elements of a scalar: several for ligatures, none for what is invisible.
  static func elements(of scalar: UInt32, _ alphabet: Collation.Alphabet) -> [CollationElement] {
    var elements = plainElements(of: scalar, alphabet)
    if CharacterTable.shared[scalar].isUpper { for index in elements.indices { elements[index].isUpper = true } }
    return elements
  }

  private static func plainElements(of scalar: UInt32, _ alphabet: Collation.Alphabet) -> [CollationElement] {
    switch CharacterTable.shared[scalar].characterClass {
    case .space, .newline: return [CollationElement(primary: space)]
    case .format, .zwj, .vanishing: return []
    // Signs that differ in shape alone are one.
    case .apostrophe: return [CollationElement(primary: signs | 0x27)]
    case .hyphen: return [CollationElement(primary: signs | 0x2D)]
    default: break
    }
    guard let own = Unicode.Scalar(scalar) else { return [] }
    var elements: [CollationElement] = []
    for part in String(decoding: Folding.form(of: [own]), as: UTF8.self).unicodeScalars {
      for decomposed in Normalizer.shared.decomposed(part.value) {
        add(decomposed, to: &elements, alphabet)
      }
    }
    return elements
  }

  /// Adds a scalar that is not decomposable: a mark to the element before it, if there is one.
  private static func add(_ scalar: UInt32, to elements: inout [CollationElement], _ alphabet: Collation.Alphabet) {
    if isMark(scalar) {
      let mark = CollationElement(mark: scalar)
      if elements.isEmpty { return elements.append(mark) }
      return elements[elements.count - 1].add(mark, alphabet)
    }
    guard let own = Unicode.Scalar(scalar) else { return }
    let isLetter = CharacterTable.shared[scalar].characterClass == .letter
    let folded = String(decoding: Folding.key(of: Array(String(own).utf8)), as: UTF8.self).unicodeScalars
    for (index, part) in folded.enumerated() {
      var element = CollationElement(plain: part, isLetter: isLetter)
      // đ
      if scalar == 0x111 {
        element = CollationElement(primary: primary("d") + 1, isLetter: true)
      } else if index == 0, part != own {
        element.letter = joined
      }
      elements.append(element)
    }
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    guard CharacterTable.shared[scalar].characterClass == .extend else { return false }
    return [0x300..<0x370, 0x1AB0..<0x1B00, 0x1DC0..<0x1E00, 0x20D0..<0x2100, 0xFE00..<0xFE30].contains {
      $0.contains(scalar)
    }
  }

  private init(mark scalar: UInt32) {
    primary = CollationElement.mark
    if let tone = CollationElement.tones[scalar] {
      self.tone = tone
    } else {
      letter = CollationElement.diacritics[scalar] ?? CollationElement.otherDiacritic
    }
  }

  /// The element of a folded scalar.
  private init(plain scalar: Unicode.Scalar, isLetter: Bool) {
    self.isLetter = isLetter
    switch scalar {
    case "a"..."z": primary = CollationElement.primary(scalar)
    case "0"..."9": primary = CollationElement.digits + scalar.value - 0x30
    default:
      switch CharacterTable.shared[scalar.value].characterClass {
      case .space, .newline: primary = CollationElement.space
      case .letter, .numeric, .ideograph, .hebrewLetter, .katakana, .extend, .scriptDigit:
        primary = CollationElement.others | scalar.value
      default: primary = CollationElement.signs | scalar.value
      }
    }
  }

  init(primary: UInt32, isLetter: Bool = false) {
    self.primary = primary
    self.isLetter = isLetter
  }

  /// Adds the diacritic or tone of a mark; of several the first counts, and all do in the bytes.
  mutating func add(_ mark: CollationElement, _ alphabet: Collation.Alphabet) {
    if tone == CollationElement.none { tone = mark.tone }
    guard letter == CollationElement.none, mark.letter != CollationElement.none else { return }
    if alphabet == .vietnamese, let own = vietnamese(mark.letter) {
      self = CollationElement(primary: own, tone: tone)
    } else {
      letter = mark.letter
    }
  }

  private init(primary: UInt32, tone: UInt8) {
    self.init(primary: primary, isLetter: true)
    self.tone = tone
  }

  /// Returns the primary weight of this letter with a diacritic, if both are a letter of the Vietnamese alphabet.
  private func vietnamese(_ diacritic: UInt8) -> UInt32? {
    switch (diacritic, primary) {
    case (CollationElement.breve, CollationElement.primary("a")): primary + 1
    case (CollationElement.circumflex, CollationElement.primary("a")): primary + 2
    case (CollationElement.circumflex, CollationElement.primary("e")): primary + 1
    case (CollationElement.circumflex, CollationElement.primary("o")): primary + 1
    case (CollationElement.horn, CollationElement.primary("o")): primary + 2
    case (CollationElement.horn, CollationElement.primary("u")): primary + 1
    default: nil
    }
  }
}
