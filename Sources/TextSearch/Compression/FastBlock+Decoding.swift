extension FastBlock {
  /// Decodes `count` bytes at `input` into the window; false if they are not what the grammar allows.
  ///
  /// Safe because: `BlockLayout.slack` bytes behind the input may be read, `place <= count` before every load, and the
  /// window checks what is written.
  @unsafe
  static func decode(_ input: UnsafeRawPointer, count: Int, into window: inout BlockWindow) -> Bool {
    typealias Layout = BlockLayout.Fast
    var place = 0
    while place < count {
      let head = unsafe UInt32(littleEndian: (input + place).loadUnaligned(as: UInt32.self))
      var literals: Int
      var length: Int
      let offset: Int
      if head & 1 == 0 {
        literals = Int(head &>> 1 & 1)
        length = Layout.shortest &+ Int(head &>> 2 & 3)
        offset = Int(head &>> 4 & 0xFFF) &+ 1
        place &+= 2
      } else {
        literals = Int(head &>> 1 & 7)
        length = Layout.shortest &+ Int(head &>> 4 & 15)
        offset = Int(head &>> 8 & 0xFFFF)
        place &+= 3
        if literals == Layout.manyLiterals {
          guard let rest = unsafe readRest(input, &place, count) else { return false }
          literals &+= rest
        }
        if length == Layout.shortest &+ Layout.manyLength {
          guard let rest = unsafe readRest(input, &place, count) else { return false }
          length &+= rest
        }
      }
      guard literals <= count &- place, unsafe window.append(input + place, count: literals) else { return false }
      place &+= literals
      if offset == 0 { return place == count && window.isFull }
      guard window.repeatBytes(offset: offset, length: length) else { return false }
    }
    return place == count && window.isFull
  }

  /// A number of at most three groups of seven bits.
  @unsafe @inline(never)
  private static func readRest(_ input: UnsafeRawPointer, _ place: inout Int, _ count: Int) -> Int? {
    var value = 0
    for shift in [0, 7, 14] {
      guard place < count else { return nil }
      let byte = unsafe Int((input + place).load(as: UInt8.self))
      place += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
