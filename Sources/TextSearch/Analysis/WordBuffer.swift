/// The word being read: its form and key so far, in fixed memory.
///
/// A word longer than `limit` bytes is cut there (a whole letter at a time); query words are cut alike, so a cut word
/// is still found.
@safe
struct WordBuffer: ~Copyable {
  /// Longest form and longest key, in bytes.
  static let limit = 200
  private static let capacity = 256

  // Safe because: both buffers hold `capacity` bytes; appending stops past `limit`, one append writes at most eight
  // bytes or is checked against `limit` first, and `finish` writes eight more.
  private let formBytes: UnsafeMutableRawPointer
  private let keyBytes: UnsafeMutableRawPointer
  private(set) var formCount = 0
  private(set) var keyCount = 0
  /// All bits of the table entries seen: the flags tell which marks the word carries.
  private var seen: UInt64 = 0
  var hasDigit = false
  var needsNormalising = false

  init() {
    unsafe formBytes = .allocate(byteCount: WordBuffer.capacity, alignment: 8)
    unsafe keyBytes = .allocate(byteCount: WordBuffer.capacity, alignment: 8)
    unsafe formBytes.initializeMemory(as: UInt8.self, repeating: 0, count: WordBuffer.capacity)
    unsafe keyBytes.initializeMemory(as: UInt8.self, repeating: 0, count: WordBuffer.capacity)
  }

  deinit {
    unsafe formBytes.deallocate()
    unsafe keyBytes.deallocate()
  }

  var isEmpty: Bool { keyCount == 0 }

  @inline(__always)
  mutating func clear() {
    formCount = 0
    keyCount = 0
    seen = 0
    hasDigit = false
    needsNormalising = false
  }

  func keyByte(_ index: Int) -> UInt8 {
    precondition(index < keyCount)
    return unsafe keyBytes.load(fromByteOffset: index, as: UInt8.self)
  }

  /// One t, which need not be a word.
  var isT: Bool { keyCount == 1 && keyByte(0) == 0x74 }

  /// Plain letters and digits alone.
  var isLatin: Bool {
    for index in 0..<keyCount {
      let byte = keyByte(index)
      guard byte &- 0x61 < 26 || byte &- 0x30 < 10 else { return false }
    }
    return true
  }

  /// ASCII digits alone.
  var isDigits: Bool {
    for index in 0..<keyCount where keyByte(index) &- 0x30 >= 10 { return false }
    return true
  }

  var form: [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: formBytes, count: formCount)) }
  var key: [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: keyBytes, count: keyCount)) }

  /// Two to twelve letters that begin as Roman numerals do and end in e or r.
  @inline(__always)
  var mayBeRomanOrdinal: Bool {
    guard keyCount &- 2 < 11 else { return false }
    let last = unsafe keyBytes.load(fromByteOffset: keyCount &- 1, as: UInt8.self)
    guard last == 0x65 || last == 0x72 else { return false }
    return isRoman(0) && (isRoman(1) || (unsafe keyBytes.load(fromByteOffset: 1, as: UInt8.self)) == 0x65)
  }

  @inline(__always)
  private func isRoman(_ index: Int) -> Bool {
    switch unsafe keyBytes.load(fromByteOffset: index, as: UInt8.self) {
    case 0x69, 0x76, 0x78, 0x6C, 0x63, 0x64, 0x6D: true
    default: false
    }
  }

  /// Any diacritic or ligature.
  var hasDiacritics: Bool { seen & CharacterTable.Flag.diacritics != 0 }
  /// A letter that only Vietnamese writes.
  var hasVietnameseDiacritics: Bool { seen & CharacterTable.Flag.vietnamese != 0 }
  /// A letter that only French writes.
  var hasFrenchDiacritics: Bool { seen & CharacterTable.Flag.french != 0 }

  /// Appends form and key of an entry whose texts are in the entry itself.
  @inline(__always)
  mutating func appendPacked(_ entry: CharacterTable.Entry) {
    guard formCount <= WordBuffer.limit, keyCount <= WordBuffer.limit else { return }
    unsafe formBytes.storeBytes(of: entry.form.littleEndian, toByteOffset: formCount, as: UInt32.self)
    unsafe keyBytes.storeBytes(of: entry.key.littleEndian, toByteOffset: keyCount, as: UInt32.self)
    formCount &+= entry.formCount
    keyCount &+= entry.keyCount
    seen |= entry.bits
  }

  /// Appends the plain letters at `start`: the loop that most bytes of a text go through.
  ///
  /// Its state is local, because a store through a pointer makes the compiler read properties anew.
  ///
  /// - Returns: where the first other scalar is, and how many letters came before it.
  @inline(__always)
  mutating func appendLetters(
    _ text: Span<UInt8>, from start: Int, _ table: CharacterTable
  ) -> (end: Int, letters: Int) {
    var (index, letters) = (start, 0)
    var (form, key, seen) = (formCount, keyCount, self.seen)
    while index < text.count, form <= WordBuffer.limit, key <= WordBuffer.limit {
      if index &+ 8 <= text.count {
        let (run, lowered) = WordBuffer.asciiLetters(text, at: index)
        if run > 0 {
          unsafe formBytes.storeBytes(of: lowered, toByteOffset: form, as: UInt64.self)
          unsafe keyBytes.storeBytes(of: lowered, toByteOffset: key, as: UInt64.self)
          form &+= run
          key &+= run
          index &+= run
          letters &+= run
          if run == 8 { continue }
          // Most words end here; 0 to 0x20 are no letters.
          if text[index] <= 0x20 { break }
        }
      }
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      guard entry.isPlainLetter else { break }
      unsafe formBytes.storeBytes(of: entry.form.littleEndian, toByteOffset: form, as: UInt32.self)
      unsafe keyBytes.storeBytes(of: entry.key.littleEndian, toByteOffset: key, as: UInt32.self)
      form &+= entry.formCount
      key &+= entry.keyCount
      seen |= entry.bits
      index &+= count
      letters &+= 1
    }
    (formCount, keyCount, self.seen) = (form, key, seen)
    return (index, letters)
  }

  /// How many of the eight bytes at `index` are ASCII letters before the first that is none, and all eight in lower
  /// case as they are stored (little-endian).
  @inline(__always)
  static func asciiLetters(_ text: Span<UInt8>, at index: Int) -> (run: Int, lowered: UInt64) {
    // Safe because: the caller has checked that eight bytes follow.
    let bytes = unsafe UInt64(
      littleEndian: text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
    let high: UInt64 = 0x8080_8080_8080_8080
    let lowered = bytes | 0x2020_2020_2020_2020
    let low = lowered & ~high
    // Bit 7 of a byte: at least a; above z. Seven bits and a small number do not carry over.
    let fromA = low &+ 0x1F1F_1F1F_1F1F_1F1F
    let aboveZ = low &+ 0x0505_0505_0505_0505
    let others = ~(fromA & ~aboveZ & ~bytes) & high
    return (others.trailingZeroBitCount &>> 3, lowered.littleEndian)
  }

  mutating func append(form: some Collection<UInt8>, key: some Collection<UInt8>) {
    guard formCount + form.count <= WordBuffer.limit, keyCount + key.count <= WordBuffer.limit else { return }
    for byte in form {
      unsafe formBytes.storeBytes(of: byte, toByteOffset: formCount, as: UInt8.self)
      formCount += 1
    }
    for byte in key {
      unsafe keyBytes.storeBytes(of: byte, toByteOffset: keyCount, as: UInt8.self)
      keyCount += 1
    }
  }

  /// Zeroes after form and key, so that both can be read eight bytes at a time.
  @inline(__always)
  mutating func finish() {
    unsafe formBytes.storeBytes(of: 0, toByteOffset: formCount, as: UInt64.self)
    unsafe keyBytes.storeBytes(of: 0, toByteOffset: keyCount, as: UInt64.self)
  }

  /// Bytes 8 i to 8 i + 7 of the form, zeroes behind its end.
  @inline(__always)
  func formWord(_ index: Int) -> UInt64 {
    assert(8 * index < formCount + 8)
    return unsafe UInt64(littleEndian: formBytes.load(fromByteOffset: 8 &* index, as: UInt64.self))
  }

  @inline(__always)
  func keyWord(_ index: Int) -> UInt64 {
    assert(8 * index < keyCount + 8)
    return unsafe UInt64(littleEndian: keyBytes.load(fromByteOffset: 8 &* index, as: UInt64.self))
  }

  /// The first sixteen bytes of the form, zeroes behind its end.
  var formWords: SIMD2<UInt64> { SIMD2(formWord(0), formCount > 8 ? formWord(1) : 0) }
  var keyWords: SIMD2<UInt64> { SIMD2(keyWord(0), keyCount > 8 ? keyWord(1) : 0) }

  /// The last eight bytes, the last one highest, zeroes below the first.
  var formEnd: UInt64 { unsafe WordBuffer.end(of: formBytes, formCount) }
  var keyEnd: UInt64 { unsafe WordBuffer.end(of: keyBytes, keyCount) }

  private static func end(of bytes: UnsafeMutableRawPointer, _ count: Int) -> UInt64 {
    // Safe because: the bytes are inside the buffer, and so are eight bytes of a shorter text.
    let offset = max(0, count - 8)
    let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    return count < 8 ? word << UInt64(8 * (8 - count)) : word
  }

  /// Multiply and fold, eight bytes at a time (the idea of wyhash).
  @inline(__always)
  var formHash: UInt64 {
    var hash = WordBuffer.seed ^ UInt64(truncatingIfNeeded: formCount)
    for index in 0..<(formCount &+ 7) &>> 3 { hash = WordBuffer.mix(hash ^ formWord(index)) }
    return hash
  }

  static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
