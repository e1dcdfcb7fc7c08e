/// The surface form of a word: up to fifteen bytes of letters in two registers, neither decoded nor folded.
///
/// Letters are the ASCII letters and all bytes from 0x80 on except 0xC2 and 0xE2. These two are the first bytes of the
/// spaces, quotes and dashes of Latin-1 and General Punctuation, and of rare letters only (ª º µ ⁿ ℃). In well-formed
/// text they are never a continuation byte. So a surface form mostly ends at the end of a word.
struct SurfaceForm: BitwiseCopyable {
  /// Bytes 0 to 7, the first in the low byte, padded with zeroes.
  let head: UInt64
  /// Bytes 8 to 15, the first in the low byte, padded with zeroes.
  let tail: UInt64
  /// Number of bytes; 16 if there are more than fifteen.
  let count: Int

  /// Number of bytes that are loaded, and minimum length of the text.
  static let window = 16

  /// Whether the surface form is neither empty nor truncated.
  @inline(__always)
  var isComplete: Bool { UInt(bitPattern: count &- 1) < UInt(SurfaceForm.window &- 1) }

  /// Reads the letters from `start` on, which must be inside a text of at least `window` bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, at start: Int) {
    let words = SurfaceForm.load(text, at: start)
    let ends = SurfaceForm.ends(words)
    // Without branches: whether a word is longer than eight bytes is unpredictable.
    let isLong: UInt64 = ends[0] == 0 ? .max : 0
    head = words[0] & SurfaceForm.before(ends[0])
    tail = words[1] & SurfaceForm.before(ends[1]) & isLong
    count = ends[0].trailingZeroBitCount &>> 3 &+ (ends[1].trailingZeroBitCount &>> 3 & Int(truncatingIfNeeded: isLong))
  }

  /// Creates a surface form from the bytes of another.
  init(head: UInt64, tail: UInt64) {
    self.head = head
    self.tail = tail
    count = 16 &- (tail == 0 ? head.leadingZeroBitCount &+ 64 : tail.leadingZeroBitCount) &>> 3
  }

  /// Loads sixteen bytes, padded with zeroes past the end of the text.
  @inline(__always)
  private static func load(_ text: Span<UInt8>, at start: Int) -> SIMD2<UInt64> {
    let past = start &+ window &- text.count
    // Safe because: the text has `window` bytes from `start` on.
    if past <= 0 {
      return unsafe words(text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt128.self))
    }
    // Safe because: the text has at least `window` bytes, and these are its last ones.
    let last = unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: text.count &- window, as: UInt128.self)
    return words((UInt128(littleEndian: last) &>> UInt128(truncatingIfNeeded: 8 &* past)).littleEndian)
  }

  /// Returns the two words of sixteen bytes, the first byte lowest.
  @inline(__always)
  private static func words(_ bytes: UInt128) -> SIMD2<UInt64> {
    let bytes = UInt128(littleEndian: bytes)
    return SIMD2(UInt64(truncatingIfNeeded: bytes), UInt64(truncatingIfNeeded: bytes &>> 64))
  }

  /// Returns bit 7 of each byte that is not a letter.
  @inline(__always)
  private static func ends(_ bytes: SIMD2<UInt64>) -> SIMD2<UInt64> {
    func all(_ byte: UInt64) -> SIMD2<UInt64> { SIMD2(repeating: byte &* 0x0101_0101_0101_0101) }
    let low = (bytes | all(0x20)) & all(0x7F)
    // Bit 7 of each byte: at least a; above z; neither C2 nor E2. The sum of seven bits and a small number does not
    // carry over.
    let (fromA, aboveZ) = (low &+ all(0x1F), low &+ all(0x05))
    let isNoLead = (low ^ all(0x62)) &+ all(0x7F)
    let letters = fromA & ~aboveZ & ~bytes | isNoLead & bytes
    return ~letters & all(0x80)
  }

  /// Returns a mask of all bytes below the lowest byte whose bit 7 is set.
  @inline(__always)
  private static func before(_ bits: UInt64) -> UInt64 {
    let firsts = bits &>> 7
    return (firsts &- 1) & ~firsts
  }

  /// A hash that separates surface forms which differ in a few bits. A cache needs no more.
  @inline(__always)
  var hash: UInt64 {
    let product = (head ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: tail ^ 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
