/// A word as it stands in a text: up to fifteen bytes of letters in two registers, neither decoded nor folded.
///
/// Letters are those of ASCII and all bytes from 80 but C2 and E2: these two begin the spaces, quotes and dashes of Latin-1
/// and of General Punctuation, and of letters only rare ones (ª º µ ⁿ ℃). Nor are they ever a later byte of a
/// sequence, if it is well-formed. So a writing ends where a word mostly ends too.
struct SurfaceForm: BitwiseCopyable {
  /// Bytes 0 to 7 and 8 to 15, low ones first, zeroes behind the end.
  let head: UInt64
  let tail: UInt64
  /// Bytes; 16 if there are more than fifteen.
  let count: Int

  /// Fewer bytes than this have no writing.
  static let window = 16

  /// Neither empty nor cut.
  @inline(__always)
  var isWhole: Bool { UInt(bitPattern: count &- 1) < UInt(SurfaceForm.window &- 1) }

  /// Reads the letters at `start`, which is inside a text of at least `window` bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, at start: Int) {
    let words = SurfaceForm.load(text, at: start)
    let ends = SurfaceForm.ends(words)
    // Without branches: no one can foresee which words are longer than eight bytes.
    let isLong: UInt64 = ends[0] == 0 ? .max : 0
    head = words[0] & SurfaceForm.before(ends[0])
    tail = words[1] & SurfaceForm.before(ends[1]) & isLong
    count = ends[0].trailingZeroBitCount &>> 3 &+ (ends[1].trailingZeroBitCount &>> 3 & Int(truncatingIfNeeded: isLong))
  }

  /// A writing that was read before.
  init(head: UInt64, tail: UInt64) {
    self.head = head
    self.tail = tail
    count = 16 &- (tail == 0 ? head.leadingZeroBitCount &+ 64 : tail.leadingZeroBitCount) &>> 3
  }

  /// Sixteen bytes, zeroes behind the end of the text.
  @inline(__always)
  private static func load(_ text: Span<UInt8>, at start: Int) -> SIMD2<UInt64> {
    let past = start &+ window &- text.count
    // Safe because: `window` bytes follow.
    if past <= 0 {
      return unsafe words(text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt128.self))
    }
    // Safe because: the text has `window` bytes, so these end with it.
    let last = unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: text.count &- window, as: UInt128.self)
    return words((UInt128(littleEndian: last) &>> UInt128(truncatingIfNeeded: 8 &* past)).littleEndian)
  }

  @inline(__always)
  private static func words(_ bytes: UInt128) -> SIMD2<UInt64> {
    let bytes = UInt128(littleEndian: bytes)
    return SIMD2(UInt64(truncatingIfNeeded: bytes), UInt64(truncatingIfNeeded: bytes &>> 64))
  }

  /// Bit 7 of each byte that is no letter.
  @inline(__always)
  private static func ends(_ bytes: SIMD2<UInt64>) -> SIMD2<UInt64> {
    func all(_ byte: UInt64) -> SIMD2<UInt64> { SIMD2(repeating: byte &* 0x0101_0101_0101_0101) }
    let low = (bytes | all(0x20)) & all(0x7F)
    // Bit 7 of a byte: at least a; above z; neither C2 nor E2. Seven bits and a small number do not carry over.
    let (fromA, aboveZ) = (low &+ all(0x1F), low &+ all(0x05))
    let isNoLead = (low ^ all(0x62)) &+ all(0x7F)
    let letters = fromA & ~aboveZ & ~bytes | isNoLead & bytes
    return ~letters & all(0x80)
  }

  /// All bits below the byte of the lowest bit 7 that is set.
  @inline(__always)
  private static func before(_ bits: UInt64) -> UInt64 {
    let firsts = bits &>> 7
    return (firsts &- 1) & ~firsts
  }

  /// Never alike for two writings that differ in a few bits only, which is all that a cache needs.
  @inline(__always)
  var hash: UInt64 {
    let product = (head ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: tail ^ 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
