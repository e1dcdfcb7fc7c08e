/// The word being read: its form and key so far, in fixed memory.
///
/// A word longer than `limit` bytes is cut there (a whole letter at a time); query words are cut alike, so a cut word
/// is still found.
@safe
struct WordBuffer: ~Copyable {
  /// Longest form and longest key, in bytes.
  static let limit = 200
  private static let capacity = 256

  // Safe because: both buffers hold `capacity` bytes; appending stops at `limit`, and one append writes at most four
  // bytes past it (`appendPacked`) or is checked against `limit` first.
  private let formBytes: UnsafeMutablePointer<UInt8>
  private let keyBytes: UnsafeMutablePointer<UInt8>
  private(set) var formCount = 0
  private(set) var keyCount = 0
  /// One bit per mark hint seen, bit 0 for "some diacritic".
  private(set) var hints: UInt8 = 0
  var hasDigit = false
  var needsNormalising = false

  init() {
    unsafe formBytes = .allocate(capacity: WordBuffer.capacity)
    unsafe keyBytes = .allocate(capacity: WordBuffer.capacity)
  }

  deinit {
    unsafe formBytes.deallocate()
    unsafe keyBytes.deallocate()
  }

  var isEmpty: Bool { keyCount == 0 }

  mutating func clear() {
    formCount = 0
    keyCount = 0
    hints = 0
    hasDigit = false
    needsNormalising = false
  }

  @inline(__always)
  func formByte(_ index: Int) -> UInt8 {
    assert(index < formCount)
    return unsafe formBytes[index]
  }

  @inline(__always)
  func keyByte(_ index: Int) -> UInt8 {
    assert(index < keyCount)
    return unsafe keyBytes[index]
  }

  var form: [UInt8] { unsafe Array(UnsafeBufferPointer(start: formBytes, count: formCount)) }
  var key: [UInt8] { unsafe Array(UnsafeBufferPointer(start: keyBytes, count: keyCount)) }

  /// Appends form and key of an entry whose texts are in the entry itself.
  @inline(__always)
  mutating func appendPacked(_ entry: CharacterTable.Entry) {
    guard formCount <= WordBuffer.limit, keyCount <= WordBuffer.limit else { return }
    unsafe UnsafeMutableRawPointer(formBytes + formCount).storeBytes(of: entry.form.littleEndian, as: UInt32.self)
    unsafe UnsafeMutableRawPointer(keyBytes + keyCount).storeBytes(of: entry.key.littleEndian, as: UInt32.self)
    formCount &+= entry.formCount
    keyCount &+= entry.keyCount
    hints |= 1 &<< entry.hint | (entry.isMarked ? 1 : 0) &<< 4
  }

  mutating func append(form: some Collection<UInt8>, key: some Collection<UInt8>) {
    guard formCount + form.count <= WordBuffer.limit, keyCount + key.count <= WordBuffer.limit else { return }
    for byte in form {
      unsafe formBytes[formCount] = byte
      formCount += 1
    }
    for byte in key {
      unsafe keyBytes[keyCount] = byte
      keyCount += 1
    }
  }

  /// Marks that were seen: any diacritic, only Vietnamese, only French.
  static func hasHint(_ hints: UInt8, _ hint: MarkHint) -> Bool { hints & 1 << hint.rawValue != 0 }
  static func isMarked(_ hints: UInt8) -> Bool { hints & 1 << 4 != 0 }

  @inline(__always)
  var formHash: UInt64 { unsafe WordBuffer.hash(UnsafeRawPointer(formBytes), count: formCount) }

  static func hash(_ bytes: [UInt8]) -> UInt64 {
    unsafe bytes.withUnsafeBytes { buffer in
      // An empty array may have no address.
      guard let base = buffer.baseAddress else { return WordBuffer.finish(0x9E37_79B9_7F4A_7C15) }
      return unsafe hash(base, count: buffer.count)
    }
  }

  /// Multiply and fold, eight bytes at a time (the idea of wyhash); the last word is read with its own length.
  @inline(__always)
  private static func hash(_ base: UnsafeRawPointer, count: Int) -> UInt64 {
    var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
    var index = 0
    while index &+ 8 <= count {
      let word = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      hash = mix(hash ^ word)
      index &+= 8
    }
    var rest: UInt64 = 0
    var left = count &- index
    if left >= 4 {
      rest = unsafe UInt64(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt32.self)))
      index &+= 4
      left &-= 4
    }
    while left > 0 {
      rest = unsafe rest &<< 8 | UInt64(base.load(fromByteOffset: index, as: UInt8.self))
      index &+= 1
      left &-= 1
    }
    return finish(mix(hash ^ rest))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func finish(_ value: UInt64) -> UInt64 { value ^ value &>> 32 }
}
