/// Class, lower-case form and folded key of every Unicode 15 scalar, in a two-level table.
///
/// An entry has 64 bits: up to three UTF-8 bytes of the form (bits 0 to 23), up to three of the key (24 to 47), their
/// byte counts (48 to 49, 50 to 51), the class (52 to 56) and flags (57 to 62). If either text is longer, bit 63 is set
/// and bits 0 to 23 are an offset in `longBytes`. The table is unpacked once per process and never freed.
@safe
struct CharacterTable: @unchecked Sendable {
  static let shared = CharacterTable()

  static let pageBits = 7
  static let pageSize = 1 << pageBits

  // Safe because: allocated once, never changed after `init`, never freed; every index is masked or checked.
  private let pageOf: UnsafeMutablePointer<UInt16>
  private let entries: UnsafeMutablePointer<UInt64>
  // A pointer, not an array: copying the table then needs no reference counting.
  private let longBytes: UnsafePointer<UInt8>

  /// The entry of one scalar.
  struct Entry {
    let bits: UInt64

    @inline(__always) var form: UInt32 { UInt32(truncatingIfNeeded: bits) & 0xFF_FFFF }
    @inline(__always) var key: UInt32 { UInt32(truncatingIfNeeded: bits &>> 24) & 0xFF_FFFF }
    @inline(__always) var formCount: Int { Int(bits &>> 48) & 3 }
    @inline(__always) var keyCount: Int { Int(bits &>> 50) & 3 }
    @inline(__always) var classValue: UInt8 { UInt8(truncatingIfNeeded: bits &>> 52) & 31 }
    /// Whether form and key are the scalar itself. The entry then holds no texts.
    @inline(__always) var isIdentity: Bool { bits & Flag.identity != 0 }
    /// Whether the scalar must be normalised together with its neighbours (combining marks and their like).
    @inline(__always) var needsNormalising: Bool { bits & Flag.slow != 0 }
    @inline(__always) var isUpper: Bool { bits & Flag.upper != 0 }
    @inline(__always) var isLong: Bool { bits & Flag.long != 0 }
    /// Whether the entry holds both texts and the scalar needs no normalisation.
    @inline(__always) var isPlain: Bool { bits & Flag.unusual == 0 }
    /// Whether the entry is plain and of class `letter`: the common case.
    @inline(__always) var isPlainLetter: Bool { bits & (Flag.unusual | Flag.classes) == Flag.letter }

    /// Safe because: the generator writes raw values of the enumeration, and `init` checks each.
    @inline(__always)
    var characterClass: CharacterClass { unsafe unsafeBitCast(classValue, to: CharacterClass.self) }
  }

  /// Bit masks of an entry.
  enum Flag {
    static let identity: UInt64 = 1 << 57
    static let slow: UInt64 = 1 << 58
    static let upper: UInt64 = 1 << 59
    /// Form and key differ: the scalar has a diacritic or is a ligature.
    static let diacritics: UInt64 = 1 << 60
    /// A letter that only Vietnamese uses: ă đ ơ ư, ạ ả ã, letters with two diacritics, ì ò ...
    static let vietnamese: UInt64 = 1 << 61
    /// A letter that only French uses: ç ë ï ü œ æ ÿ.
    static let french: UInt64 = 1 << 62
    static let long: UInt64 = 1 << 63
    static let unusual = identity | slow | long
    static let classes: UInt64 = 31 << 52
    static let letter = UInt64(CharacterClass.letter.rawValue) << 52
  }

  /// Returns the entry of a scalar, which must be below U+110000.
  @inline(__always)
  subscript(scalar: UInt32) -> Entry {
    assert(scalar < 0x11_0000)
    let page = unsafe Int(pageOf[Int(scalar &>> UInt32(CharacterTable.pageBits))])
    let index = page &<< CharacterTable.pageBits | Int(scalar & UInt32(CharacterTable.pageSize - 1))
    return unsafe Entry(bits: entries[index])
  }

  /// Returns the entry of an ASCII scalar without a page lookup: the ASCII page is stored first.
  @inline(__always)
  subscript(ascii byte: UInt8) -> Entry {
    assert(byte < 0x80)
    return unsafe Entry(bits: entries[Int(byte)])
  }

  /// Returns form and key of an entry with `isLong`.
  func longTexts(of entry: Entry) -> (form: [UInt8], key: [UInt8]) {
    let offset = Int(entry.form)
    let form = longText(at: offset)
    return (form, longText(at: offset + 1 + form.count))
  }

  /// Returns the text at an offset of `longBytes`, where its byte count precedes its bytes.
  private func longText(at offset: Int) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: longBytes + offset + 1, count: Int(longBytes[offset])))
  }
}

extension CharacterTable {
  /// Unpacks the generated data. Pages whose entries are all equal are stored once.
  private init() {
    var builder = Builder()
    var numbers = PackedNumbers(CharacterData.entries)
    while builder.pageCount < Builder.allPages {
      let count = numbers.next()
      builder.append(CharacterTable.nextEntry(&numbers, longBytes: &builder.longBytes), count: count)
    }
    precondition(unsafe builder.pageOf[0] == 0, "the ASCII page comes first")
    unsafe pageOf = builder.pageOf
    unsafe entries = builder.entries
    let texts = UnsafeMutablePointer<UInt8>.allocate(capacity: builder.longBytes.count)
    for index in builder.longBytes.indices { unsafe texts[index] = builder.longBytes[index] }
    unsafe longBytes = UnsafePointer(texts)
  }

  /// Fills pages from ranges of equal entries.
  @safe
  private struct Builder {
    static let allPages = 0x11_0000 >> CharacterTable.pageBits
    private static let capacity = 1 << 17

    // Safe because: `store` and `fill` check both capacities before they write.
    let pageOf = UnsafeMutablePointer<UInt16>.allocate(capacity: allPages)
    /// The capacity is larger than needed; pages that are never written occupy no memory.
    let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    var longBytes: [UInt8] = []
    private(set) var pageCount = 0
    /// The page whose entries are all the key.
    private var uniform: [UInt64: UInt16] = [:]
    /// Number of entries in full pages and in the page being filled.
    private var count = 0

    /// Number of entries in the page being filled.
    private var filled: Int { count & (CharacterTable.pageSize - 1) }

    /// Appends `count` equal entries.
    mutating func append(_ bits: UInt64, count: Int) {
      var remaining = count
      while remaining > 0 {
        if filled == 0, remaining >= CharacterTable.pageSize {
          let pages = remaining >> CharacterTable.pageBits
          store(uniformPage(bits), count: pages)
          remaining -= pages << CharacterTable.pageBits
        } else {
          let added = min(remaining, CharacterTable.pageSize - filled)
          fill(bits, count: added)
          if filled == 0 { store(UInt16(self.count >> CharacterTable.pageBits) - 1, count: 1) }
          remaining -= added
        }
      }
    }

    /// Returns the page whose entries are all `bits`, filling it if there is none yet.
    private mutating func uniformPage(_ bits: UInt64) -> UInt16 {
      if let page = uniform[bits] { return page }
      let page = UInt16(count >> CharacterTable.pageBits)
      uniform[bits] = page
      fill(bits, count: CharacterTable.pageSize)
      return page
    }

    /// Appends `count` references to a page.
    private mutating func store(_ page: UInt16, count: Int) {
      precondition(pageCount + count <= Builder.allPages, "more scalars than Unicode has")
      unsafe (pageOf + pageCount).initialize(repeating: page, count: count)
      pageCount += count
    }

    /// Appends entries to the page being filled.
    private mutating func fill(_ bits: UInt64, count added: Int) {
      precondition(count + added <= Builder.capacity, "more pages than planned for")
      unsafe (entries + count).initialize(repeating: bits, count: added)
      count += added
    }
  }

  /// Reads class, flags, hint and texts of an entry. Texts of more than three bytes stay in `longBytes`.
  private static func nextEntry(_ numbers: inout PackedNumbers, longBytes: inout [UInt8]) -> UInt64 {
    let kind = UInt64(numbers.next())
    let flags = UInt64(numbers.next())
    let hint = UInt64(numbers.next())
    precondition(CharacterClass(rawValue: UInt8(kind)) != nil, "unknown character class")
    var bits = kind << 52 | flags << 57 | hint << 61
    guard bits & Flag.identity == 0 else { return bits }
    let offset = longBytes.count
    for _ in 0..<2 {
      let count = numbers.next()
      longBytes.append(UInt8(count))
      for _ in 0..<count { longBytes.append(UInt8(numbers.next())) }
    }
    let formCount = Int(longBytes[offset])
    let keyCount = Int(longBytes[offset + 1 + formCount])
    if formCount > 3 || keyCount > 3 { return bits | Flag.long | UInt64(offset) }
    for index in 0..<formCount { bits |= UInt64(longBytes[offset + 1 + index]) << UInt64(8 * index) }
    for index in 0..<keyCount { bits |= UInt64(longBytes[offset + 2 + formCount + index]) << UInt64(24 + 8 * index) }
    bits |= UInt64(formCount) << 48 | UInt64(keyCount) << 50
    longBytes.removeLast(longBytes.count - offset)
    return bits
  }
}

/// A reader of the number stream that the generator writes: five bits per character, the low bits first.
///
/// Bit 5 of a character's value is set if more characters of the number follow.
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

  /// Returns the next number. The stream must not be at its end.
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

  /// Returns the value of a character, 0 to 63: its code minus an offset that depends on its group.
  ///
  /// Without branches for digits and letters, because they would be unpredictable.
  @inline(__always)
  private static func digit(_ character: UInt8) -> Int {
    // Bits 5 and 6 of the code select the group: 0 to 9, A to Z, a to z; - and _ are 62 and 63.
    if character == 0x2D { return 62 }
    if character == 0x5F { return 63 }
    let offsets: UInt32 = 0x3D37_3000
    return Int(character) - Int(UInt8(truncatingIfNeeded: offsets >> (UInt32(character >> 5 & 3) * 8)))
  }
}
