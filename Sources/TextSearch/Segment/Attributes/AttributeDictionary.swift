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
  /// Walks the values in order.
  struct Cursor {
    private let dictionary: AttributeDictionary
    private var block: TextBlock?
    /// Ordinal of the current value; 0 before the first.
    private(set) var ordinal = 0
    /// The current value.
    private(set) var key = AttributeKey.number(0)

    /// Stands before the first value.
    init(_ dictionary: AttributeDictionary) { self.dictionary = dictionary }

    /// Moves to the next value; false at the end.
    mutating func next() throws(SearchError) -> Bool {
      guard ordinal < dictionary.count else { return false }
      ordinal += 1
      guard ordinal > dictionary.numberCount else {
        key = .number(try dictionary.number(at: ordinal - 1))
        return true
      }
      let index = ordinal - 1 - dictionary.numberCount
      if index % AttributeDictionary.blockSize == 0 {
        block = try TextBlock(dictionary, index / AttributeDictionary.blockSize)
      }
      try block?.advance()
      key = .text(block?.text ?? [])
      return true
    }
  }

  /// What must be known of a dictionary before its first byte is written.
  private struct Shape: ~Copyable {
    var numbers = 0
    var minimum: Int64 = 0
    var maximum: Int64 = 0
    /// Offset of each block of texts.
    var blocks: [UInt64] = []
    var texts = TextWriter()

    mutating func add(_ key: AttributeKey) {
      switch key {
      case .number(let number):
        if numbers == 0 { minimum = number }
        maximum = number
        numbers += 1
      case .text(let text):
        if texts.count % blockSize == 0 { blocks.append(UInt64(texts.bytes.count)) }
        texts.add(text)
        // Only their number counts.
        texts.bytes.noteTaken()
      }
    }
  }

  /// Writes texts in blocks.
  private struct TextWriter: ~Copyable {
    /// The texts, as far as no `ByteSink` has taken them.
    var bytes = ByteWriter()
    private(set) var count = 0
    private var previous: [UInt8] = []

    mutating func add(_ text: [UInt8]) {
      let shared = count % blockSize == 0 ? 0 : zip(previous, text).prefix { $0 == $1 }.count
      bytes.writeVariable(shared)
      bytes.writeVariable(text.count - shared)
      bytes.write(text.span.extracting(shared..<text.count))
      previous = text
      count += 1
    }
  }

  /// Writes the dictionary of an attribute and returns the number of its values.
  static func write(
    _ attribute: some AttributeContents, to sink: inout some ByteSink & ~Copyable
  ) throws(SearchError) -> Int {
    var shape = Shape()
    try attribute.forEachKey { shape.add($0) }
    let minimum = UInt64(bitPattern: shape.minimum)
    var head = ByteWriter()
    head.write(UInt32(shape.numbers))
    head.write(UInt32(shape.texts.count))
    head.write(minimum)
    try sink.take(&head)
    var numbers = ColumnWriter(maximum: UInt64(bitPattern: shape.maximum) &- minimum)
    if shape.numbers > 0 {
      try attribute.forEachKey { (key) throws(SearchError) in
        guard case .number(let number) = key else { return }
        numbers.add(UInt64(bitPattern: number) &- minimum)
        try sink.takePieces(&numbers.bytes)
      }
    }
    try sink.take(&numbers.bytes)
    var blocks = ByteWriter()
    Column.write(shape.blocks + [UInt64(shape.texts.bytes.count)], to: &blocks)
    try sink.take(&blocks)
    var texts = TextWriter()
    if shape.texts.count > 0 {
      try attribute.forEachKey { (key) throws(SearchError) in
        guard case .text(let text) = key else { return }
        texts.add(text)
        try sink.takePieces(&texts.bytes)
      }
    }
    try sink.take(&texts.bytes)
    return shape.numbers + shape.texts.count
  }
}
