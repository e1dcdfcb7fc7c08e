/// What a scalar is to the word breaker. The order is the generator's.
enum CharacterClass: UInt8 {
  case other, letter, numeric, ideograph, hebrewLetter, katakana, extendNumLet, extend, format, zwj
  case apostrophe, doubleQuote, midLetter, midNum, midNumLet, newline, space, hyphen, vanishing
  case regionalIndicator, sentenceEnd, pictograph

  /// Letters, digits and their like: what a word begins with.
  @inline(__always)
  var startsWord: Bool { rawValue &- 1 < 6 }

  /// Ends a word of letters wherever it stands; of a full stop that holds only after two letters.
  @inline(__always)
  var endsLetters: Bool {
    let outside = Self.bit(.other) | Self.bit(.space) | Self.bit(.newline) | Self.bit(.hyphen) | Self.bit(.sentenceEnd)
    let quotes = Self.bit(.doubleQuote) | Self.bit(.midLetter) | Self.bit(.midNum)
    let symbols = Self.bit(.regionalIndicator) | Self.bit(.pictograph)
    return Self.bit(self) & (outside | quotes | symbols) != 0
  }

  /// Between words it leaves them side by side.
  @inline(__always)
  var staysBeside: Bool {
    let blanks = Self.bit(.space) | Self.bit(.hyphen)
    return Self.bit(self) & (blanks | Self.bit(.vanishing) | Self.bit(.format) | Self.bit(.zwj)) != 0
  }

  /// Sets of classes are bits of one number: a test is one instruction.
  @inline(__always)
  private static func bit(_ kind: CharacterClass) -> UInt32 { 1 &<< UInt32(kind.rawValue) }
}

/// Class, lower-case form and folded key of every Unicode 15 scalar, in a two-level table.
///
/// An entry is 64 bits: up to three UTF-8 bytes of form (bits 0 to 23), three of key (24 to 47), their counts
/// (48, 50), the class (52 to 56) and flags (57 to 62); where a text is longer, bit 63 says
/// that bits 0 to 23 are a place in `long`. The table is unpacked once per process and never freed.
@safe
struct CharacterTable: @unchecked Sendable {
  static let shared = CharacterTable()

  static let pageBits = 7
  static let pageSize = 1 << pageBits

  // Safe because: allocated once, never changed after `init`, never freed; every index is masked or checked.
  private let pageOf: UnsafeMutablePointer<UInt16>
  private let entries: UnsafeMutablePointer<UInt64>
  // A pointer and not an array: a copy of the table then counts no references.
  private let long: UnsafePointer<UInt8>

  /// A table entry with its parts named.
  struct Entry {
    let bits: UInt64

    @inline(__always) var form: UInt32 { UInt32(truncatingIfNeeded: bits) & 0xFF_FFFF }
    @inline(__always) var key: UInt32 { UInt32(truncatingIfNeeded: bits &>> 24) & 0xFF_FFFF }
    @inline(__always) var formCount: Int { Int(bits &>> 48) & 3 }
    @inline(__always) var keyCount: Int { Int(bits &>> 50) & 3 }
    @inline(__always) var classValue: UInt8 { UInt8(truncatingIfNeeded: bits &>> 52) & 31 }
    /// Form and key are the scalar itself; the texts of the entry are empty.
    @inline(__always) var isIdentity: Bool { bits & Flag.identity != 0 }
    /// Needs the neighbours to be normalised (combining marks and their like).
    @inline(__always) var needsNormalising: Bool { bits & Flag.slow != 0 }
    @inline(__always) var isUpper: Bool { bits & Flag.upper != 0 }
    @inline(__always) var isLong: Bool { bits & Flag.long != 0 }
    /// Texts in the entry, no neighbours to look at.
    @inline(__always) var isPlain: Bool { bits & Flag.unusual == 0 }
    /// The common case: a plain letter.
    @inline(__always) var isPlainLetter: Bool { bits & (Flag.unusual | Flag.classes) == Flag.letter }

    /// Safe because: the generator writes raw values of the enumeration, and `init` checks each.
    @inline(__always)
    var characterClass: CharacterClass { unsafe unsafeBitCast(classValue, to: CharacterClass.self) }
  }

  enum Flag {
    static let identity: UInt64 = 1 << 57
    static let slow: UInt64 = 1 << 58
    static let upper: UInt64 = 1 << 59
    /// Form and key differ: a diacritic or a ligature.
    static let diacritics: UInt64 = 1 << 60
    /// Only Vietnamese writes it: ă đ ơ ư, ạ ả ã, two marks on a letter, ì ò ...
    static let vietnamese: UInt64 = 1 << 61
    /// Only French writes it: ç ë ï ü œ æ ÿ.
    static let french: UInt64 = 1 << 62
    static let long: UInt64 = 1 << 63
    static let unusual = identity | slow | long
    static let classes: UInt64 = 31 << 52
    static let letter = UInt64(CharacterClass.letter.rawValue) << 52
  }

  @inline(__always)
  subscript(scalar: UInt32) -> Entry {
    assert(scalar < 0x11_0000)
    let page = unsafe Int(pageOf[Int(scalar &>> UInt32(CharacterTable.pageBits))])
    let index = page &<< CharacterTable.pageBits | Int(scalar & UInt32(CharacterTable.pageSize - 1))
    return unsafe Entry(bits: entries[index])
  }

  /// The entry of an ASCII scalar: the first page is the first that is stored.
  @inline(__always)
  subscript(ascii byte: UInt8) -> Entry {
    assert(byte < 0x80)
    return unsafe Entry(bits: entries[Int(byte)])
  }

  /// Form and key of an entry whose texts are longer than three bytes.
  func longTexts(of entry: Entry) -> (form: [UInt8], key: [UInt8]) {
    let place = Int(entry.form)
    let form = longText(at: place)
    return (form, longText(at: place + 1 + form.count))
  }

  private func longText(at place: Int) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: long + place + 1, count: Int(long[place])))
  }
}

extension CharacterTable {
  /// Unpacks the generated data; pages of equal entries are shared.
  private init() {
    var builder = Builder()
    var numbers = PackedNumbers(CharacterData.entries)
    while builder.pageCount < Builder.allPages {
      let count = numbers.next()
      builder.append(CharacterTable.nextEntry(&numbers, long: &builder.long), count: count)
    }
    precondition(unsafe builder.pageOf[0] == 0, "the ASCII page comes first")
    unsafe pageOf = builder.pageOf
    unsafe entries = builder.entries
    let texts = UnsafeMutablePointer<UInt8>.allocate(capacity: builder.long.count)
    for index in builder.long.indices { unsafe texts[index] = builder.long[index] }
    unsafe long = UnsafePointer(texts)
  }

  /// Fills pages with runs of equal entries.
  @safe
  private struct Builder {
    static let allPages = 0x11_0000 >> CharacterTable.pageBits
    private static let capacity = 1 << 17

    // Safe because: `store` and `fill` check both capacities before they write.
    let pageOf = UnsafeMutablePointer<UInt16>.allocate(capacity: allPages)
    /// More than there are; what is never written takes no memory.
    let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    var long: [UInt8] = []
    private(set) var pageCount = 0
    private var uniform: [UInt64: UInt16] = [:]
    /// Entries of whole pages and of the one that is being filled.
    private var count = 0

    private var taken: Int { count & (CharacterTable.pageSize - 1) }

    mutating func append(_ bits: UInt64, count: Int) {
      var left = count
      while left > 0 {
        if taken == 0, left >= CharacterTable.pageSize {
          let pages = left >> CharacterTable.pageBits
          store(uniformPage(bits), count: pages)
          left -= pages << CharacterTable.pageBits
        } else {
          let added = min(left, CharacterTable.pageSize - taken)
          fill(bits, count: added)
          if taken == 0 { store(UInt16(self.count >> CharacterTable.pageBits) - 1, count: 1) }
          left -= added
        }
      }
    }

    private mutating func uniformPage(_ bits: UInt64) -> UInt16 {
      if let page = uniform[bits] { return page }
      let page = UInt16(count >> CharacterTable.pageBits)
      uniform[bits] = page
      fill(bits, count: CharacterTable.pageSize)
      return page
    }

    private mutating func store(_ page: UInt16, count: Int) {
      precondition(pageCount + count <= Builder.allPages, "more scalars than Unicode has")
      unsafe (pageOf + pageCount).initialize(repeating: page, count: count)
      pageCount += count
    }

    private mutating func fill(_ bits: UInt64, count added: Int) {
      precondition(count + added <= Builder.capacity, "more pages than planned for")
      unsafe (entries + count).initialize(repeating: bits, count: added)
      count += added
    }
  }

  private static func nextEntry(_ numbers: inout PackedNumbers, long: inout [UInt8]) -> UInt64 {
    let kind = UInt64(numbers.next())
    let flags = UInt64(numbers.next())
    let hint = UInt64(numbers.next())
    precondition(CharacterClass(rawValue: UInt8(kind)) != nil, "unknown character class")
    var bits = kind << 52 | flags << 57 | hint << 61
    guard bits & Flag.identity == 0 else { return bits }
    let place = long.count
    for _ in 0..<2 {
      let count = numbers.next()
      long.append(UInt8(count))
      for _ in 0..<count { long.append(UInt8(numbers.next())) }
    }
    let formCount = Int(long[place])
    let keyCount = Int(long[place + 1 + formCount])
    if formCount > 3 || keyCount > 3 { return bits | Flag.long | UInt64(place) }
    for index in 0..<formCount { bits |= UInt64(long[place + 1 + index]) << UInt64(8 * index) }
    for index in 0..<keyCount { bits |= UInt64(long[place + 2 + formCount + index]) << UInt64(24 + 8 * index) }
    bits |= UInt64(formCount) << 48 | UInt64(keyCount) << 50
    long.removeLast(long.count - place)
    return bits
  }
}

/// Reads the number stream that the generator writes: five bits a character, low ones first.
@safe
struct PackedNumbers {
  // Safe because: the literal is immortal and `position` is checked against its length.
  private let base: UnsafePointer<UInt8>
  private let count: Int
  private var position = 0

  init(_ literal: StaticString) {
    unsafe base = literal.utf8Start
    count = literal.utf8CodeUnitCount
  }

  var isAtEnd: Bool { position >= count }

  mutating func next() -> Int {
    var value = 0
    var shift = 0
    while true {
      precondition(position < count, "generated data ends early")
      let digit = unsafe PackedNumbers.digit(base[position])
      position += 1
      value |= (digit & 31) << shift
      if digit & 32 == 0 { return value }
      shift += 5
    }
  }

  /// Without branches, which nothing could foresee: the value of a character is its code less a number by its group.
  @inline(__always)
  private static func digit(_ character: UInt8) -> Int {
    // 0 to 9, - and _ (62, 63), A to Z, a to z: groups by the bits 5 and 6 of the code.
    if character == 0x2D { return 62 }
    if character == 0x5F { return 63 }
    let offsets: UInt32 = 0x3D37_3000
    return Int(character) - Int(UInt8(truncatingIfNeeded: offsets >> (UInt32(character >> 5 & 3) * 8)))
  }
}
