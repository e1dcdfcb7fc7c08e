/// A `CollationElement` in one number, for the keys of many texts.
struct PackedElement {
  /// The primary weight in the upper half; then flags, tone and diacritic.
  private(set) var bits: UInt64

  private static let upperFlag: UInt64 = 1 << 24
  private static let letterFlag: UInt64 = 1 << 25

  init(_ element: CollationElement) {
    bits =
      UInt64(element.primary) << 32 | UInt64(element.tone) << 8 | UInt64(element.letter)
      | (element.isUpper ? PackedElement.upperFlag : 0) | (element.isLetter ? PackedElement.letterFlag : 0)
  }

  /// The element of a scalar that has none of its own, or several.
  static let unusual = PackedElement(bits: 0)

  private init(bits: UInt64) { self.bits = bits }

  @inline(__always) var isUnusual: Bool { bits == 0 }
  @inline(__always) var primary: UInt32 { UInt32(truncatingIfNeeded: bits &>> 32) }
  @inline(__always) var isLetter: Bool { bits & PackedElement.letterFlag != 0 }
  @inline(__always) var isUpper: Bool { bits & PackedElement.upperFlag != 0 }

  /// The weight of its diacritic.
  @inline(__always)
  var letter: UInt8 {
    get { UInt8(truncatingIfNeeded: bits) }
    set { bits = bits & ~0xFF | UInt64(newValue) }
  }

  /// The weight of its tone.
  @inline(__always)
  var tone: UInt8 {
    get { UInt8(truncatingIfNeeded: bits &>> 8) }
    set { bits = bits & ~0xFF00 | UInt64(newValue) &<< 8 }
  }
}

/// The elements of the scalars that most texts are made of, looked up by index.
struct CollationTable {
  private let packed: [PackedElement]
  private let alphabet: Collation.Alphabet

  static let common = CollationTable(.common)
  static let vietnamese = CollationTable(.vietnamese)

  private init(_ alphabet: Collation.Alphabet) {
    self.alphabet = alphabet
    // The blocks of Latin letters; see `usual`.
    packed = (Array(0..<UInt32(0x250)) + Array(0x1E00..<0x1F00)).map { scalar in
      let elements = CollationElement.elements(of: scalar, alphabet)
      guard elements.count == 1, elements[0].primary != CollationElement.mark else { return .unusual }
      return PackedElement(elements[0])
    }
  }

  /// Returns the element of a scalar; `unusual` if it is not in the table.
  @inline(__always)
  func usual(_ scalar: UInt32) -> PackedElement {
    if scalar < 0x250 { return packed[Int(scalar)] }
    return scalar &- 0x1E00 < 0x100 ? packed[Int(scalar &- 0x1E00 &+ 0x250)] : .unusual
  }

  /// Returns the elements of any scalar.
  func elements(_ scalar: UInt32) -> [PackedElement] {
    CollationElement.elements(of: scalar, alphabet).map(PackedElement.init)
  }
}
