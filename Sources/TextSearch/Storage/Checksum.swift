/// XXH64 (Yann Collet, specification 0.1.1) with seed 0: 64 bits, fast in portable code. Each byte alters the state by
/// an invertible step, so every change of a single byte is detected.
struct Checksum {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// `update` takes multiples of this many bytes.
  static let stripe = 32

  private var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
  /// Bytes that `update` has taken.
  private var count = 0

  /// Returns the checksum of `bytes`.
  static func of(_ bytes: Span<UInt8>) -> UInt64 {
    var checksum = Checksum()
    let whole = bytes.count / stripe * stripe
    checksum.update(bytes.extracting(0..<whole))
    return checksum.finish(bytes.extracting(whole..<bytes.count))
  }

  /// Adds bytes, a multiple of `stripe` of them.
  mutating func update(_ bytes: Span<UInt8>) {
    precondition(bytes.count % Checksum.stripe == 0, "only whole stripes before the end")
    // Four independent lanes, each in a register.
    var (a, b, c, d) = lanes
    var index = 0
    while index &+ Checksum.stripe <= bytes.count {
      a = Checksum.round(a, Checksum.word(bytes, index))
      b = Checksum.round(b, Checksum.word(bytes, index &+ 8))
      c = Checksum.round(c, Checksum.word(bytes, index &+ 16))
      d = Checksum.round(d, Checksum.word(bytes, index &+ 24))
      index &+= Checksum.stripe
    }
    lanes = (a, b, c, d)
    count += bytes.count
  }

  /// Returns the checksum of the bytes added so far, followed by `tail`, which is shorter than a stripe.
  func finish(_ tail: Span<UInt8>) -> UInt64 {
    precondition(tail.count < Checksum.stripe, "whole stripes go through update")
    var hash = Checksum.prime5
    if count > 0 {
      let (a, b, c, d) = lanes
      hash = Checksum.rotate(a, 1) &+ Checksum.rotate(b, 7) &+ Checksum.rotate(c, 12) &+ Checksum.rotate(d, 18)
      hash = Checksum.merge(Checksum.merge(Checksum.merge(Checksum.merge(hash, a), b), c), d)
    }
    return Checksum.finish(hash &+ UInt64(count + tail.count), tail, from: 0)
  }

  /// Returns `start` mixed with the bytes of the tail, then avalanched.
  private static func finish(_ start: UInt64, _ bytes: Span<UInt8>, from first: Int) -> UInt64 {
    var hash = start
    var index = first
    while index + 8 <= bytes.count {
      hash = rotate(hash ^ round(0, word(bytes, index)), 27) &* prime1 &+ prime4
      index += 8
    }
    if index + 4 <= bytes.count {
      var half: UInt64 = 0
      for byte in 0..<4 { half |= UInt64(bytes[index + byte]) << UInt64(8 * byte) }
      hash = rotate(hash ^ half &* prime1, 23) &* prime2 &+ prime3
      index += 4
    }
    while index < bytes.count {
      hash = rotate(hash ^ UInt64(bytes[index]) &* prime5, 11) &* prime1
      index += 1
    }
    hash = (hash ^ hash >> 33) &* prime2
    hash = (hash ^ hash >> 29) &* prime3
    return hash ^ hash >> 32
  }

  @inline(__always)
  private static func round(_ state: UInt64, _ input: UInt64) -> UInt64 {
    rotate(state &+ input &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func merge(_ hash: UInt64, _ lane: UInt64) -> UInt64 {
    (hash ^ round(0, lane)) &* prime1 &+ prime4
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value &<< count | value &>> (64 &- count) }

  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
    assert(index >= 0 && index + 8 <= bytes.count)
    // Safe because: both callers have checked that eight bytes follow.
    return unsafe UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
  }
}
