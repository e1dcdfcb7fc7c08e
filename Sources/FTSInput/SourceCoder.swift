/// A writer and reader of the bytes of a source list.
struct SourceCoder: Equatable {
  private(set) var bytes: [UInt8] = []
  /// Offset of the next byte to read.
  private(set) var offset = 0

  init(bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func write(_ number: UInt64) {
    var remainder = number
    while remainder >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: remainder) | 0x80)
      remainder >>= 7
    }
    bytes.append(UInt8(remainder))
  }

  mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  /// Writes a text as the length of the prefix shared with the previous one, and its remaining bytes.
  mutating func write(_ text: String, after previous: String) {
    let shared = zip(text.utf8, previous.utf8).prefix { $0 == $1 }.count
    write(UInt64(shared))
    write(UInt64(text.utf8.count - shared))
    bytes += text.utf8.dropFirst(shared)
  }

  /// Reads a number; nil at the end of the bytes and for more than 64 bits.
  mutating func number() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard offset < bytes.count else { return nil }
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// Reads a length and as many bytes; nil if there are fewer.
  private mutating func take() -> ArraySlice<UInt8>? {
    guard let count = number(), count <= UInt64(bytes.count - offset) else { return nil }
    defer { offset += Int(count) }
    return bytes[offset..<offset + Int(count)]
  }

  /// Writes bytes as they are.
  mutating func write(contentsOf coded: ArraySlice<UInt8>) { bytes += coded }

  mutating func text() -> String? { take().map { String(decoding: $0, as: UTF8.self) } }

  /// Reads a text that shares a prefix with the previous one.
  mutating func text(after previous: String) -> String? {
    guard let shared = number(), shared <= UInt64(previous.utf8.count), let suffix = take() else { return nil }
    return String(decoding: previous.utf8.prefix(Int(shared)) + suffix, as: UTF8.self)
  }
}
