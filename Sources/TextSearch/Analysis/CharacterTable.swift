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
    static let marked: UInt64 = 1 << 60
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
    let pageCount = 0x11_0000 >> CharacterTable.pageBits
    let pageOf = UnsafeMutablePointer<UInt16>.allocate(capacity: pageCount)
    var pages: [UInt64] = []
    pages.reserveCapacity(1 << 15)
    var uniform: [UInt64: UInt16] = [:]
    var long: [UInt8] = []
    var page: [UInt64] = []
    page.reserveCapacity(CharacterTable.pageSize)
    var pageIndex = 0

    func store(_ index: UInt16) {
      unsafe pageOf[pageIndex] = index
      pageIndex += 1
    }
    func newPage() -> UInt16 { UInt16(pages.count >> CharacterTable.pageBits) }

    var numbers = PackedNumbers(CharacterData.entries)
    while pageIndex < pageCount {
      var remaining = numbers.next()
      let bits = CharacterTable.nextEntry(&numbers, long: &long)
      while remaining > 0 {
        if page.isEmpty, remaining >= CharacterTable.pageSize {
          let index = uniform[bits] ?? newPage()
          if uniform.updateValue(index, forKey: bits) == nil {
            pages.append(contentsOf: repeatElement(bits, count: CharacterTable.pageSize))
          }
          store(index)
          remaining -= CharacterTable.pageSize
          continue
        }
        let taken = min(remaining, CharacterTable.pageSize - page.count)
        page.append(contentsOf: repeatElement(bits, count: taken))
        remaining -= taken
        if page.count == CharacterTable.pageSize {
          store(newPage())
          pages.append(contentsOf: page)
          page.removeAll(keepingCapacity: true)
        }
      }
    }
    let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: pages.count)
    for index in pages.indices { unsafe entries[index] = pages[index] }
    precondition(unsafe pageOf[0] == 0, "the ASCII page comes first")
    unsafe self.pageOf = pageOf
    unsafe self.entries = entries
    let texts = UnsafeMutablePointer<UInt8>.allocate(capacity: long.count)
    for index in long.indices { unsafe texts[index] = long[index] }
    unsafe self.long = UnsafePointer(texts)
  }

  private static func nextEntry(_ numbers: inout PackedNumbers, long: inout [UInt8]) -> UInt64 {
    let kind = UInt64(numbers.next())
    let flags = UInt64(numbers.next())
    let hint = UInt64(numbers.next())
    precondition(CharacterClass(rawValue: UInt8(kind)) != nil, "unknown character class")
    var bits = kind << 52 | flags << 57 | hint << 61
    guard bits & Flag.identity == 0 else { return bits }
    let place = long.count
    var counts: [Int] = []
    for _ in 0..<2 {
      let count = numbers.next()
      counts.append(count)
      long.append(UInt8(count))
      for _ in 0..<count { long.append(UInt8(numbers.next())) }
    }
    if counts[0] > 3 || counts[1] > 3 { return bits | Flag.long | UInt64(place) }
    for index in 0..<counts[0] { bits |= UInt64(long[place + 1 + index]) << UInt64(8 * index) }
    for index in 0..<counts[1] { bits |= UInt64(long[place + 2 + counts[0] + index]) << UInt64(24 + 8 * index) }
    bits |= UInt64(counts[0]) << 48 | UInt64(counts[1]) << 50
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

  @inline(__always)
  private static func digit(_ character: UInt8) -> Int {
    switch character {
    case 0x30...0x39: Int(character) - 0x30
    case 0x41...0x5A: Int(character) - 0x41 + 10
    case 0x61...0x7A: Int(character) - 0x61 + 36
    case 0x2D: 62
    default: 63
    }
  }
}
