/// The distinct values of an attribute in a segment, in order: numbers, then texts.
///
/// Ordinals count from 1; 0 is no value.
struct AttributeDictionary: Sendable {
  /// Texts are prefix-coded in blocks of this many.
  static let blockSize = 16

  let type: AttributeType
  let numberCount: Int
  let textCount: Int
  private let minimum: UInt64
  private let numbers: Column
  private let blocks: Column
  private let blockCount: Int
  private let texts: ByteRegion

  var count: Int { numberCount + textCount }

  /// Reads the dictionary that begins at `offset`; `offset` moves past it.
  init(_ region: ByteRegion, at offset: inout Int, type: AttributeType) throws(SearchError) {
    self.type = type
    let numberCount: UInt32 = try region.load(at: offset)
    let textCount: UInt32 = try region.load(at: offset + 4)
    self.numberCount = Int(numberCount)
    self.textCount = Int(textCount)
    minimum = try region.load(at: offset + 8)
    offset += 16
    numbers = try Column(region, at: &offset, count: self.numberCount)
    blockCount = (self.textCount + AttributeDictionary.blockSize - 1) / AttributeDictionary.blockSize
    blocks = try Column(region, at: &offset, count: blockCount + 1)
    let size = try blocks.value(at: blockCount)
    texts = try region.slice(at: UInt64(offset), count: size)
    // Two bytes a text at least: what is allocated by its count is bounded by the file.
    guard self.textCount <= texts.count / 2 else { throw texts.corrupt(at: 0, "\(textCount) texts in few bytes") }
    offset += Int(size)
  }

  /// The value of an ordinal.
  func value(at ordinal: Int) throws(SearchError) -> AttributeValue {
    switch try key(at: ordinal) {
    case .text(let bytes): return .keyword(String(decoding: bytes, as: UTF8.self))
    case .number(let number) where type == .integer: return .integer(number)
    case .number(let number):
      guard type == .date, let date = AttributeDate(key: number) else {
        throw texts.corrupt(at: 0, "value \(ordinal) is no \(type.name)")
      }
      return .date(date)
    }
  }

  func key(at ordinal: Int) throws(SearchError) -> AttributeKey {
    guard ordinal >= 1, ordinal <= count else { throw texts.corrupt(at: 0, "value \(ordinal) of \(count)") }
    if ordinal <= numberCount { return .number(try number(at: ordinal - 1)) }
    let index = ordinal - 1 - numberCount
    var block = try TextBlock(self, index / AttributeDictionary.blockSize)
    for _ in 0...index % AttributeDictionary.blockSize { try block.advance() }
    return .text(block.text)
  }

  /// Ordinal of the first value that is not before `key`; one more than the last if there is none.
  func lowerBound(_ key: AttributeKey) throws(SearchError) -> Int {
    switch key {
    case .number(let number): 1 + (try lowerBound(number: number))
    case .text(let text): 1 + numberCount + (try lowerBound(text: text))
    }
  }

  /// Ordinals of the values between two numbers, both included.
  func ordinals(_ range: ClosedRange<Int64>) throws(SearchError) -> Range<Int> {
    let start = try lowerBound(number: range.lowerBound)
    let end = range.upperBound == .max ? numberCount : try lowerBound(number: range.upperBound + 1)
    return 1 + start..<1 + max(start, end)
  }

  /// Ordinals of the texts from `first` to `last`, both included; without a bound all on that side.
  func ordinals(from first: [UInt8]?, through last: [UInt8]?) throws(SearchError) -> Range<Int> {
    let start = try first.map { (text) throws(SearchError) in try lowerBound(text: text) } ?? 0
    // No text lies between another and the same with a zero byte.
    let end = try last.map { (text) throws(SearchError) in try lowerBound(text: text + [0]) } ?? textCount
    return 1 + numberCount + start..<1 + numberCount + max(start, end)
  }

  // MARK: Numbers

  private func number(at index: Int) throws(SearchError) -> Int64 {
    Int64(bitPattern: minimum &+ (try numbers.value(at: index)))
  }

  private func lowerBound(number: Int64) throws(SearchError) -> Int {
    var low = 0
    var high = numberCount
    while low < high {
      let middle = (low + high) / 2
      if try self.number(at: middle) < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Texts

  private func lowerBound(text: [UInt8]) throws(SearchError) -> Int {
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low + high) / 2
      var block = try TextBlock(self, middle)
      try block.advance()
      if block.text.lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    // The first text that is not before lies in the block before, or begins this one.
    var block = try TextBlock(self, low - 1)
    let start = (low - 1) * AttributeDictionary.blockSize
    let end = min(textCount, start + AttributeDictionary.blockSize)
    for index in start..<end {
      try block.advance()
      if !block.text.lexicographicallyPrecedes(text) { return index }
    }
    return end
  }

  /// The texts of a block, one after the other.
  private struct TextBlock {
    private var reader: ByteReader
    private(set) var text: [UInt8] = []

    init(_ dictionary: AttributeDictionary, _ block: Int) throws(SearchError) {
      let start = try dictionary.blocks.value(at: block)
      let end = try dictionary.blocks.value(at: block + 1)
      guard start <= end else { throw dictionary.texts.corrupt(at: 0, "offsets of block \(block) fall") }
      reader = ByteReader(try dictionary.texts.slice(at: start, count: end - start))
    }

    mutating func advance() throws(SearchError) {
      let shared = try reader.readCount()
      let added = try reader.readCount()
      guard shared <= text.count else { throw reader.region.corrupt(at: reader.offset, "shares \(shared) bytes") }
      let rest = try reader.region.array(at: reader.offset, count: added)
      try reader.skip(added)
      text.removeSubrange(shared...)
      text += rest
    }
  }
}

extension AttributeDictionary {
  /// Writes a dictionary of sorted distinct keys.
  static func write(_ keys: [AttributeKey], to writer: inout ByteWriter) {
    var numbers: [Int64] = []
    var texts: [[UInt8]] = []
    for key in keys {
      switch key {
      case .number(let number): numbers.append(number)
      case .text(let text): texts.append(text)
      }
    }
    let minimum = UInt64(bitPattern: numbers.first ?? 0)
    writer.write(UInt32(numbers.count))
    writer.write(UInt32(texts.count))
    writer.write(minimum)
    Column.write(numbers.map { UInt64(bitPattern: $0) &- minimum }, to: &writer)
    var bytes = ByteWriter()
    Column.write(write(texts, to: &bytes), to: &writer)
    writer.write(bytes)
  }

  /// Writes texts in blocks; gives where each block begins, and the end.
  private static func write(_ texts: [[UInt8]], to writer: inout ByteWriter) -> [UInt64] {
    var offsets: [UInt64] = []
    for (index, text) in texts.enumerated() {
      var shared = 0
      if index % blockSize == 0 {
        offsets.append(UInt64(writer.count))
      } else {
        shared = zip(texts[index - 1], text).prefix { $0 == $1 }.count
      }
      writer.writeVariable(shared)
      writer.writeVariable(text.count - shared)
      for byte in text[shared...] { writer.write(byte) }
    }
    return offsets + [UInt64(writer.count)]
  }
}
