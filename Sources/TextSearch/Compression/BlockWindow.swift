/// The window that a block is decoded in: the dictionary, the bytes decoded so far, room for the others, and slack.
///
/// Every function checks its counts against the room; if they do not fit it returns false and changes nothing.
@safe
struct BlockWindow: ~Copyable {
  // Safe because: `start <= position <= end`, and `BlockLayout.slack` more bytes are allocated behind `end`.
  private let base: UnsafeMutablePointer<UInt8>
  private let start: Int
  private let end: Int
  /// Offset of the next byte from the start of the dictionary.
  private(set) var position: Int

  /// Creates the window of a block of `size` raw bytes behind `dictionary` bytes.
  ///
  /// Safe only if `base` points to the bytes of the dictionary, room for `size` bytes and for `BlockLayout.slack`.
  @unsafe
  init(_ base: UnsafeMutablePointer<UInt8>, dictionary: Int, size: Int) {
    unsafe self.base = base
    start = dictionary
    end = dictionary + size
    position = dictionary
  }

  /// Whether all bytes of the block are set.
  var isFull: Bool { position == end }
  /// Bytes that are not set yet.
  var room: Int { end &- position }

  /// Appends a literal.
  @inline(__always)
  mutating func append(_ byte: UInt8) -> Bool {
    guard position < end else { return false }
    unsafe base[position] = byte
    position &+= 1
    return true
  }

  /// Appends `count` literals.
  ///
  /// Safe only if 15 bytes behind them may be read too.
  @unsafe @inline(__always)
  mutating func append(_ source: UnsafeRawPointer, count: Int) -> Bool {
    guard count <= end &- position else { return false }
    var copied = 0
    while copied < count {
      let vector = unsafe (source + copied).loadUnaligned(as: SIMD16<UInt8>.self)
      unsafe UnsafeMutableRawPointer(base + position + copied).storeBytes(of: vector, as: SIMD16<UInt8>.self)
      copied &+= 16
    }
    position &+= count
    return true
  }

  /// Appends a match: `length` bytes from `offset` bytes before, which may overlap the bytes appended.
  @inline(__always)
  mutating func repeatBytes(offset: Int, length: Int) -> Bool {
    guard offset > 0, offset <= position, length <= end &- position else { return false }
    let to = unsafe UnsafeMutableRawPointer(base + position)
    let from = unsafe UnsafeRawPointer(to - offset)
    position &+= length
    if offset >= 16 {
      var copied = 0
      repeat {
        let vector = unsafe (from + copied).loadUnaligned(as: SIMD16<UInt8>.self)
        unsafe (to + copied).storeBytes(of: vector, as: SIMD16<UInt8>.self)
        copied &+= 16
      } while copied < length
    } else {
      for index in 0..<length {
        unsafe to.storeBytes(of: (from + index).load(as: UInt8.self), toByteOffset: index, as: UInt8.self)
      }
    }
    return true
  }
}
