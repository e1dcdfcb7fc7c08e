/// Blocks decoded after the grammar of `IndexFormat.md`, byte by byte and bit by bit: the reference of the kernels.
///
/// Its input must be a block.
struct PlainBlockDecoder {
  private let bytes: [UInt8]
  private var next = 3
  private var bit = 24
  private var output: [UInt8]
  private let dictionary: Int

  static func decode(_ block: [UInt8], dictionary: [UInt8]) -> [UInt8] {
    var decoder = PlainBlockDecoder(block, dictionary)
    switch block[0] {
    case 0: return Array(block.dropFirst(3))
    case 1: decoder.decodeFast()
    default: decoder.decodeDense(size: Int(block[1]) + Int(block[2]) << 8)
    }
    return Array(decoder.output.dropFirst(dictionary.count))
  }

  private init(_ bytes: [UInt8], _ dictionary: [UInt8]) {
    self.bytes = bytes
    self.dictionary = dictionary.count
    output = dictionary
  }

  private mutating func repeatBytes(_ offset: Int, _ length: Int) {
    for _ in 0..<length { output.append(output[output.count - offset]) }
  }

  // MARK: Fast

  private mutating func byte() -> Int {
    next += 1
    return Int(bytes[next - 1])
  }

  private mutating func variable() -> Int {
    let byte = byte()
    return byte < 0x80 ? byte : byte & 0x7F | variable() << 7
  }

  private mutating func decodeFast() {
    while next < bytes.count {
      let head = byte() | byte() << 8
      var (literals, length, offset) = (head >> 1 & 1, 4 + head >> 2 & 3, head >> 4 + 1)
      if head & 1 == 1 {
        (literals, length, offset) = (head >> 1 & 7, 4 + head >> 4 & 15, head >> 8 | byte() << 8)
        if literals == 7 { literals += variable() }
        if length == 19 { length += variable() }
      }
      for _ in 0..<literals { output.append(UInt8(byte())) }
      if offset > 0 { repeatBytes(offset, length) }
    }
  }

  // MARK: Dense

  private mutating func bits(_ count: Int) -> Int {
    var value = 0
    for index in 0..<count {
      value |= Int(bytes[bit / 8] >> UInt8(bit % 8) & 1) << index
      bit += 1
    }
    return value
  }

  /// Symbols by (length, code), the code's first bit highest.
  private mutating func readCode(_ symbols: Int) -> [[Int]: Int] {
    var lengths: [Int] = []
    while lengths.count < symbols {
      let length = bits(4)
      switch length {
      case 12: lengths += Array(repeating: 0, count: bits(4) + 2)
      case 13: lengths += Array(repeating: 0, count: bits(8) + 18)
      default: lengths.append(length)
      }
    }
    var code: [[Int]: Int] = [:]
    var next = 0
    for length in 1...11 {
      next <<= 1
      for symbol in lengths.indices where lengths[symbol] == length {
        code[[length, next]] = symbol
        next += 1
      }
    }
    return code
  }

  private mutating func symbol(_ code: [[Int]: Int]) -> Int {
    var (length, value) = (0, 0)
    while true {
      (length, value) = (length + 1, value << 1 | bits(1))
      if let symbol = code[[length, value]] { return symbol }
    }
  }

  private mutating func decodeDense(size: Int) {
    let (literalCode, countCode, distanceCode) = (readCode(256), readCode(128), readCode(32))
    let end = dictionary + size
    while output.count < end {
      let counts = symbol(countCode)
      var (literals, length) = (counts % 8, 4 + counts / 8)
      if literals == 7 { literals += bits(16) }
      if length == 19 { length += bits(16) }
      for _ in 0..<literals { output.append(UInt8(symbol(literalCode))) }
      if output.count == end { return }
      let distance = symbol(distanceCode)
      let value = 1 << (distance % 16) | bits(distance % 16)
      repeatBytes(distance < 16 ? value : value + output.count - dictionary, length)
    }
  }
}
