extension FastBlock {
  /// Decodes `count` bytes at `input` into the window. Returns false for bytes that the grammar does not allow.
  ///
  /// - Parameter isWhole: the window is that of all bytes; otherwise decoding ends when it is full.
  ///
  /// Safe because: `BlockLayout.slack` bytes behind the input may be read, `position <= count` before every load, and
  /// the window checks what is written.
  @unsafe
  static func decode(_ input: UnsafeRawPointer, count: Int, into window: inout BlockWindow, isWhole: Bool) -> Bool {
    typealias Layout = BlockLayout.Fast
    var position = 0
    while position < count {
      let head = unsafe UInt32(littleEndian: (input + position).loadUnaligned(as: UInt32.self))
      var literals: Int
      var length: Int
      let offset: Int
      if head & 1 == 0 {
        literals = Int(head &>> 1 & 1)
        length = Layout.minimumLength &+ Int(head &>> 2 & 3)
        offset = Int(head &>> 4 & 0xFFF) &+ 1
        position &+= 2
      } else {
        literals = Int(head &>> 1 & 7)
        length = Layout.minimumLength &+ Int(head &>> 4 & 15)
        offset = Int(head &>> 8 & 0xFFFF)
        position &+= 3
        if literals == Layout.escapeLiterals {
          guard let remainder = unsafe readRemainder(input, &position, count) else { return false }
          literals &+= remainder
        }
        if length == Layout.minimumLength &+ Layout.escapeLength {
          guard let remainder = unsafe readRemainder(input, &position, count) else { return false }
          length &+= remainder
        }
      }
      guard literals <= count &- position else { return false }
      guard unsafe window.append(input + position, count: literals) else {
        return unsafe !isWhole && window.append(input + position, count: window.room)
      }
      position &+= literals
      if offset == 0 { return position == count && window.isFull }
      guard window.repeatBytes(offset: offset, length: length) else {
        return !isWhole && window.repeatBytes(offset: offset, length: min(length, window.room))
      }
    }
    return position == count && window.isFull
  }

  /// Reads a variable-byte integer of at most three bytes and moves `position` past it; returns nil for a longer one,
  /// or if the input ends.
  @unsafe @inline(never)
  private static func readRemainder(_ input: UnsafeRawPointer, _ position: inout Int, _ count: Int) -> Int? {
    var value = 0
    for shift in [0, 7, 14] {
      guard position < count else { return nil }
      let byte = unsafe Int((input + position).load(as: UInt8.self))
      position += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
