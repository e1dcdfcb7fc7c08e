/// The distinct values of an attribute in a segment, in order: numbers, then texts.
///
/// Ordinals begin at 1; 0 means no value.
struct AttributeDictionary: Sendable {
  /// Texts are prefix-coded in blocks of this many.
  static let blockSize = 16

  let type: AttributeType
  let numberCount: Int
  let textCount: Int
  /// The smallest number.
  private let minimum: UInt64
  /// Numbers as distances from the smallest.
  private let numbers: Column
  /// Offsets of the blocks in `texts`, and the end.
  private let blocks: Column
  private let blockCount: Int
  private let texts: ByteRegion

  var count: Int { numberCount + textCount }

  /// Opens the dictionary at `offset` and moves `offset` past it.
  init(_ region: ByteRegion, at offset: inout Int, type: AttributeType) throws(SearchError) {
    self.type = type
    let numberCount: UInt32 = try region.load(at: offset)
    let textCount: UInt32 = try region.load(at: offset + 4)
    self.numberCount = Int(numberCount)
    self.textCount = Int(textCount)
    minimum = try region.load(at: offset + 8)
    let textCountOffset = offset + 4
    offset += 16
    numbers = try Column(region, at: &offset, count: self.numberCount)
    blockCount = (self.textCount + AttributeDictionary.blockSize - 1) / AttributeDictionary.blockSize
    blocks = try Column(region, at: &offset, count: blockCount + 1)
    let size = try blocks.value(at: blockCount)
    texts = try region.slice(at: UInt64(offset), count: size)
    // A text has at least two bytes: this bounds what is allocated for `textCount` texts by the size of the file.
    guard self.textCount <= texts.count / 2 else {
      throw region.corrupt(at: textCountOffset, "\(textCount) texts in \(texts.count) bytes")
    }
    offset += Int(size)
  }

  /// Returns the value of an ordinal.
  ///
  /// - Throws: `SearchError.corrupt` for an ordinal or a number that the dictionary cannot have.
  func value(at ordinal: Int) throws(SearchError) -> AttributeValue {
    switch try key(at: ordinal) {
    case .text(let bytes): return .keyword(String(decoding: bytes, as: UTF8.self))
    case .number(let number) where type == .integer: return .integer(number)
    case .number(let number):
      guard type == .date, let date = AttributeDate(key: number) else {
        throw corrupt(at: ordinal, "value \(ordinal) is no \(type.name)")
      }
      return .date(date)
    }
  }

  /// Returns the key of an ordinal.
  func key(at ordinal: Int) throws(SearchError) -> AttributeKey {
    guard ordinal >= 1, ordinal <= count else { throw texts.corrupt(at: 0, "no value \(ordinal) of \(count)") }
    if ordinal <= numberCount { return .number(try number(at: ordinal - 1)) }
    let index = ordinal - 1 - numberCount
    var block = try TextBlock(self, index / AttributeDictionary.blockSize)
    for _ in 0...index % AttributeDictionary.blockSize { try block.advance() }
    return .text(block.text)
  }

  /// Returns the error for a damaged value; for a text, the offset is that of its block.
  func corrupt(at ordinal: Int, _ reason: String) -> SearchError {
    if ordinal <= numberCount { return numbers.corrupt(at: ordinal - 1, reason) }
    let start = (try? blocks.value(at: (ordinal - 1 - numberCount) / AttributeDictionary.blockSize)) ?? 0
    return texts.corrupt(at: Int(min(start, UInt64(texts.count))), reason)
  }

  /// Returns the ordinal of the first value that is not before `key`; one more than the last if there is none.
  func lowerBound(_ key: AttributeKey) throws(SearchError) -> Int {
    switch key {
    case .number(let number): 1 + (try lowerBound(number: number))
    case .text(let text): 1 + numberCount + (try lowerBound(text: text))
    }
  }

  /// Returns the ordinals of the numbers in a range.
  func ordinals(_ range: ClosedRange<Int64>) throws(SearchError) -> Range<Int> {
    let start = try lowerBound(number: range.lowerBound)
    let end = range.upperBound == .max ? numberCount : try lowerBound(number: range.upperBound + 1)
    return 1 + start..<1 + max(start, end)
  }

  /// Returns the ordinals of the texts from `first` to `last`, both included; a bound of nil is open.
  func ordinals(from first: [UInt8]?, through last: [UInt8]?) throws(SearchError) -> Range<Int> {
    let start = try first.map { (text) throws(SearchError) in try lowerBound(text: text) } ?? 0
    // No text lies between a text and the same text with a zero byte appended.
    let end = try last.map { (text) throws(SearchError) in try lowerBound(text: text + [0]) } ?? textCount
    return 1 + numberCount + start..<1 + numberCount + max(start, end)
  }

  // MARK: Numbers

  private func number(at index: Int) throws(SearchError) -> Int64 {
    Int64(bitPattern: minimum &+ (try numbers.value(at: index)))
  }

  private func lowerBound(number: Int64) throws(SearchError) -> Int {
    try (0..<numberCount).partitionPoint { (index) throws(SearchError) in try self.number(at: index) >= number }
  }

  // MARK: Texts

  private func lowerBound(text: [UInt8]) throws(SearchError) -> Int {
    let low = try (0..<blockCount).partitionPoint { (number) throws(SearchError) in
      var block = try TextBlock(self, number)
      try block.advance()
      return !block.text.lexicographicallyPrecedes(text)
    }
    guard low > 0 else { return 0 }
    // The first text that is not before `text` is in the block before, or begins this one.
    var block = try TextBlock(self, low - 1)
    let start = (low - 1) * AttributeDictionary.blockSize
    let end = min(textCount, start + AttributeDictionary.blockSize)
    for index in start..<end {
      try block.advance()
      if !block.text.lexicographicallyPrecedes(text) { return index }
    }
    return end
  }

  /// A cursor over the texts of a block.
  private struct TextBlock {
    private var reader: ByteReader
    /// The current text; empty before the first `advance`.
    private(set) var text: [UInt8] = []

    init(_ dictionary: AttributeDictionary, _ block: Int) throws(SearchError) {
      let start = try dictionary.blocks.value(at: block)
      let end = try dictionary.blocks.value(at: block + 1)
      guard start <= end else {
        throw dictionary.blocks.corrupt(at: block, "offsets of block \(block) are not ascending")
      }
      reader = ByteReader(try dictionary.texts.slice(at: start, count: end - start))
    }

    /// Moves to the next text of the block; there must be one.
    mutating func advance() throws(SearchError) {
      let shared = try reader.readCount()
      let added = try reader.readCount()
      guard shared <= text.count else {
        throw reader.region.corrupt(at: reader.offset, "shares \(shared) of \(text.count) bytes")
      }
      let suffix = try reader.region.array(at: reader.offset, count: added)
      try reader.skip(added)
      text.removeSubrange(shared...)
      text += suffix
    }
  }
}

extension AttributeDictionary {
  /// Writes a dictionary.
  ///
  /// - Parameter keys: distinct and ascending.
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

  /// Writes texts in blocks and returns the offsets of the blocks, and the end.
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
