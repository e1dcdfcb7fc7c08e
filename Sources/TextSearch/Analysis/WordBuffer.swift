/// The word being read: its form and key so far, in memory of fixed size.
///
/// A word longer than `limit` bytes is truncated after a whole letter. Query words are truncated in the same way, so a
/// truncated word is still found.
@safe
struct WordBuffer: ~Copyable {
  /// Maximum length of form and key, in bytes; one letter may exceed it.
  static let limit = 200
  private static let capacity = 256

  // Safe because: both buffers have `capacity` bytes. Appending stops past `limit`; an append writes at most eight
  // bytes or checks its length against `limit` first; `finish` writes eight more.
  private let formBytes: UnsafeMutableRawPointer
  private let keyBytes: UnsafeMutableRawPointer
  /// Length of the form in bytes.
  private(set) var formCount = 0
  /// Length of the key in bytes.
  private(set) var keyCount = 0
  /// The union of the bits of all appended table entries; its flags show which diacritics the word has.
  private var seen: UInt64 = 0
  /// Whether the word contains a digit.
  var hasDigit = false
  /// Whether the word contains scalars that must be composed.
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

  /// Removes form and key.
  @inline(__always)
  mutating func clear() {
    formCount = 0
    keyCount = 0
    seen = 0
    hasDigit = false
    needsNormalising = false
  }

  /// Returns byte `index` of the key; traps past its end.
  func keyByte(_ index: Int) -> UInt8 {
    precondition(index < keyCount)
    return unsafe keyBytes.load(fromByteOffset: index, as: UInt8.self)
  }

  /// Whether the key is a single t, which may be the euphonic t of `a-t-il`.
  var isT: Bool { keyCount == 1 && keyByte(0) == 0x74 }

  /// Whether the key consists of ASCII letters and digits.
  var isLatin: Bool {
    for index in 0..<keyCount {
      let byte = keyByte(index)
      guard byte &- 0x61 < 26 || byte &- 0x30 < 10 else { return false }
    }
    return true
  }

  /// Whether the key consists of ASCII digits.
  var isDigits: Bool {
    for index in 0..<keyCount where keyByte(index) &- 0x30 >= 10 { return false }
    return true
  }

  var form: [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: formBytes, count: formCount)) }
  var key: [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: keyBytes, count: keyCount)) }

  /// Whether the key has two to twelve letters, begins like a Roman numeral or with `ir`, and ends in e or r.
  @inline(__always)
  var mayBeRomanOrdinal: Bool {
    guard keyCount &- 2 < 11 else { return false }
    let last = unsafe keyBytes.load(fromByteOffset: keyCount &- 1, as: UInt8.self)
    guard last == 0x65 || last == 0x72 else { return false }
    guard isRoman(0) else { return false }
    let second = unsafe keyBytes.load(fromByteOffset: 1, as: UInt8.self)
    return isRoman(1) || second == 0x65 || second == 0x72 && keyByte(0) == 0x69
  }

  /// Whether byte `index` of the key is a letter of Roman numerals.
  @inline(__always)
  private func isRoman(_ index: Int) -> Bool {
    switch unsafe keyBytes.load(fromByteOffset: index, as: UInt8.self) {
    case 0x69, 0x76, 0x78, 0x6C, 0x63, 0x64, 0x6D: true
    default: false
    }
  }

  /// Whether the word has a diacritic or a ligature.
  var hasDiacritics: Bool { seen & CharacterTable.Flag.diacritics != 0 }
  /// Whether the word has a letter that only Vietnamese uses.
  var hasVietnameseDiacritics: Bool { seen & CharacterTable.Flag.vietnamese != 0 }
  /// Whether the word has a letter that only French uses.
  var hasFrenchDiacritics: Bool { seen & CharacterTable.Flag.french != 0 }

  /// Appends form and key of an entry that holds its texts itself.
  @inline(__always)
  mutating func appendPacked(_ entry: CharacterTable.Entry) {
    guard formCount <= WordBuffer.limit, keyCount <= WordBuffer.limit else { return }
    unsafe formBytes.storeBytes(of: entry.form.littleEndian, toByteOffset: formCount, as: UInt32.self)
    unsafe keyBytes.storeBytes(of: entry.key.littleEndian, toByteOffset: keyCount, as: UInt32.self)
    formCount &+= entry.formCount
    keyCount &+= entry.keyCount
    seen |= entry.bits
  }

  /// Appends the plain letters from `start` on. Most bytes of a text go through this loop.
  ///
  /// The loop's state is in local variables, because after a store through a pointer the compiler reloads properties.
  ///
  /// - Returns: the offset of the first other scalar, and the number of letters before it.
  @inline(__always)
  mutating func appendLetters(
    _ text: Span<UInt8>, from start: Int, _ table: CharacterTable
  ) -> (end: Int, letters: Int) {
    var (index, letters) = (start, 0)
    var (form, key, seen) = (formCount, keyCount, self.seen)
    while index < text.count, form <= WordBuffer.limit, key <= WordBuffer.limit {
      if index &+ 8 <= text.count {
        let (count, lowered) = WordBuffer.asciiLetters(text, at: index)
        if count > 0 {
          unsafe formBytes.storeBytes(of: lowered, toByteOffset: form, as: UInt64.self)
          unsafe keyBytes.storeBytes(of: lowered, toByteOffset: key, as: UInt64.self)
          form &+= count
          key &+= count
          index &+= count
          letters &+= count
          if count == 8 { continue }
          // Most words end here: bytes up to 0x20 are not letters.
          if text[index] <= 0x20 { break }
        }
      }
      let (scalar, width) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      guard entry.isPlainLetter else { break }
      unsafe formBytes.storeBytes(of: entry.form.littleEndian, toByteOffset: form, as: UInt32.self)
      unsafe keyBytes.storeBytes(of: entry.key.littleEndian, toByteOffset: key, as: UInt32.self)
      form &+= entry.formCount
      key &+= entry.keyCount
      seen |= entry.bits
      index &+= width
      letters &+= 1
    }
    (formCount, keyCount, self.seen) = (form, key, seen)
    return (index, letters)
  }

  /// Returns the number of ASCII letters at `index` before the first other of eight bytes, and the eight bytes in lower
  /// case, in memory order.
  @inline(__always)
  static func asciiLetters(_ text: Span<UInt8>, at index: Int) -> (count: Int, lowered: UInt64) {
    // Safe because: the caller has checked that the text has eight bytes from `index` on.
    let bytes = unsafe UInt64(
      littleEndian: text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
    let high: UInt64 = 0x8080_8080_8080_8080
    let lowered = bytes | 0x2020_2020_2020_2020
    let low = lowered & ~high
    // Bit 7 of each byte: at least a; above z. The sum of seven bits and a small number does not carry over.
    let fromA = low &+ 0x1F1F_1F1F_1F1F_1F1F
    let aboveZ = low &+ 0x0505_0505_0505_0505
    let others = ~(fromA & ~aboveZ & ~bytes) & high
    return (others.trailingZeroBitCount &>> 3, lowered.littleEndian)
  }

  /// Appends form and key of a letter; nothing if either would exceed `limit`.
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

  /// Writes zeroes after form and key, so that both can be read eight bytes at a time.
  @inline(__always)
  mutating func finish() {
    unsafe formBytes.storeBytes(of: 0, toByteOffset: formCount, as: UInt64.self)
    unsafe keyBytes.storeBytes(of: 0, toByteOffset: keyCount, as: UInt64.self)
  }

  /// Returns the bytes of the form from 8 · `index` on, the first in the low byte, padded with zeroes.
  @inline(__always)
  func formWord(_ index: Int) -> UInt64 {
    assert(8 * index < formCount + 8)
    return unsafe UInt64(littleEndian: formBytes.load(fromByteOffset: 8 &* index, as: UInt64.self))
  }

  /// Returns the bytes of the key from 8 · `index` on, the first in the low byte, padded with zeroes.
  @inline(__always)
  func keyWord(_ index: Int) -> UInt64 {
    assert(8 * index < keyCount + 8)
    return unsafe UInt64(littleEndian: keyBytes.load(fromByteOffset: 8 &* index, as: UInt64.self))
  }

  /// The first sixteen bytes of the form, padded with zeroes.
  var formWords: SIMD2<UInt64> { SIMD2(formWord(0), formCount > 8 ? formWord(1) : 0) }
  /// The first sixteen bytes of the key, padded with zeroes.
  var keyWords: SIMD2<UInt64> { SIMD2(keyWord(0), keyCount > 8 ? keyWord(1) : 0) }

  /// The last eight bytes of the form, the last in the high byte; zeroes below a shorter form.
  var formEnd: UInt64 { unsafe WordBuffer.end(of: formBytes, formCount) }
  /// The last eight bytes of the key, the last in the high byte; zeroes below a shorter key.
  var keyEnd: UInt64 { unsafe WordBuffer.end(of: keyBytes, keyCount) }

  private static func end(of bytes: UnsafeMutableRawPointer, _ count: Int) -> UInt64 {
    // Safe because: the last eight bytes of a text, or eight bytes from the start of a shorter one, are in the buffer.
    let offset = max(0, count - 8)
    let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    return count < 8 ? word << UInt64(8 * (8 - count)) : word
  }

  /// The hash of the form: multiply and fold, eight bytes at a time, after wyhash (Wang Yi).
  @inline(__always)
  var formHash: UInt64 {
    var hash = WordBuffer.seed ^ UInt64(truncatingIfNeeded: formCount)
    for index in 0..<(formCount &+ 7) &>> 3 { hash = WordBuffer.mix(hash ^ formWord(index)) }
    return hash
  }

  /// Initial state of the hash.
  static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Multiplies by a constant and folds the halves of the product.
  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
