/// Where a block is decoded: the dictionary, the bytes so far, and room that vector copies may touch.
///
/// Every step checks its counts against what is left; a step that does not fit gives false and changes nothing.
@safe
struct BlockWindow: ~Copyable {
  // Safe because: `start <= place <= end`, and `BlockLayout.slack` more bytes are allocated behind `end`.
  private let base: UnsafeMutablePointer<UInt8>
  private let start: Int
  private let end: Int
  private(set) var place: Int

  /// - Parameter base: the dictionary's bytes, room for `size` bytes and for the slack.
  @unsafe
  init(_ base: UnsafeMutablePointer<UInt8>, dictionary: Int, size: Int) {
    unsafe self.base = base
    start = dictionary
    end = dictionary + size
    place = dictionary
  }

  var isFull: Bool { place == end }
  var room: Int { end &- place }

  /// One byte as it is.
  @inline(__always)
  mutating func append(_ byte: UInt8) -> Bool {
    guard place < end else { return false }
    unsafe base[place] = byte
    place &+= 1
    return true
  }

  /// `count` bytes from `source`, which must have 15 more that may be read.
  @unsafe @inline(__always)
  mutating func append(_ source: UnsafeRawPointer, count: Int) -> Bool {
    guard count <= end &- place else { return false }
    var copied = 0
    while copied < count {
      let vector = unsafe (source + copied).loadUnaligned(as: SIMD16<UInt8>.self)
      unsafe UnsafeMutableRawPointer(base + place + copied).storeBytes(of: vector, as: SIMD16<UInt8>.self)
      copied &+= 16
    }
    place &+= count
    return true
  }

  /// `length` bytes again from `offset` before; they may overlap what they make.
  @inline(__always)
  mutating func repeatBytes(offset: Int, length: Int) -> Bool {
    guard offset > 0, offset <= place, length <= end &- place else { return false }
    let to = unsafe UnsafeMutableRawPointer(base + place)
    let from = unsafe UnsafeRawPointer(to - offset)
    place &+= length
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
