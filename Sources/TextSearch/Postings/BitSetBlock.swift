/// The documents of a full block that are close together: instead of gaps a bit set of the numbers from the one behind the block
/// before to the last document of the block.
///
/// A record for each 64 numbers: how many of the block's documents are before them, and a bit for each. So one record says
/// whether the block holds a document, and its index (rank by counts of blocks of bits: Jacobson, "Space-efficient static trees
/// and graphs", 1989).
@safe
struct BitSetBlock: BitwiseCopyable {
  static let recordSize = 9
  private static let wordSize = 64

  // Safe because: of `init`: there is a record for each 64 numbers below the limit.
  private let records: UnsafeRawPointer
  /// The first number of the bit set.
  private let first: UInt32
  /// Numbers of the bit set, a multiple of 64.
  private let limit: UInt32
  /// Offset of the frequencies, behind the bit set.
  let end: Int

  /// Returns the number of records for a span of document numbers.
  @inline(__always)
  static func recordCount(span: UInt32) -> Int { Int(span &+ 63) &>> 6 }

  /// Safe only while the bytes can be read.
  ///
  /// - Parameters:
  ///   - records: the address of `count` records.
  ///   - previous: the last document before the block; `UInt32.max` if there is none.
  ///   - end: offset of the frequencies, behind the bit set.
  @unsafe
  @inline(__always)
  init(_ records: UnsafeRawPointer, count: Int, after previous: UInt32, end: Int) {
    unsafe self.records = records
    first = previous &+ 1
    limit = UInt32(truncatingIfNeeded: BitSetBlock.wordSize &* count)
    self.end = end
  }

  /// Returns the offset after the bit set at `offset`; nil if documents are packed as gaps there.
  static func end(_ region: ByteRegion, at offset: Int) throws(SearchError) -> Int? {
    let count = Int(try region.byte(at: offset)) - PostingFormat.bitSetMarker
    return count < 0 ? nil : offset + 1 + recordSize * count
  }

  // MARK: Look-up

  /// Returns the index of a document in the block; -1 where the block does not hold it. Below 128, also of damaged bytes.
  @inline(__always)
  func index(of document: UInt32) -> Int {
    let distance = document &- first
    guard distance < limit else { return -1 }
    // Safe because: there is a record for each 64 numbers below the limit.
    let record = unsafe records + BitSetBlock.recordSize &* Int(distance &>> 6)
    let word = unsafe UInt64(littleEndian: record.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
    let bit: UInt64 = 1 &<< UInt64(distance & 63)
    guard word & bit != 0 else { return -1 }
    let before = unsafe Int(record.load(as: UInt8.self))
    return (before &+ (word & (bit &- 1)).nonzeroBitCount) & (PostingFormat.blockSize - 1)
  }

  // MARK: Decoding

  /// The numbers of the bits of each byte that are set, ascending; zeros behind them.
  static let bitNumbers: [SIMD8<UInt8>] = (0..<256).map { byte in
    var numbers = SIMD8<UInt8>()
    var count = 0
    for bit in 0..<8 where byte >> bit & 1 == 1 {
      numbers[count] = UInt8(bit)
      count += 1
    }
    return numbers
  }

  /// Sets the first 128 numbers of a buffer to the documents, which ascend. Numbers behind them are changed: as many as
  /// `PostingBlock.padding`, for which there is room.
  ///
  /// - Parameter bitNumbers: the table of that name, which is made once.
  /// - Returns: whether there are 128 and each record says how many are before it.
  func decode(into documents: inout GrowableBuffer<UInt32>, _ bitNumbers: [SIMD8<UInt8>]) -> Bool {
    precondition(documents.count == PostingFormat.blockSize)
    precondition(documents.capacity >= PostingFormat.blockSize &+ PostingBlock.padding)
    var count = 0
    var isRight = true
    unsafe documents.withUnsafeBase { target in
      unsafe bitNumbers.withUnsafeBufferPointer { numbers in
        guard let table = numbers.baseAddress else { return }
        for number in 0..<Int(limit) / BitSetBlock.wordSize {
          // Safe because: there are as many records.
          let record = unsafe records + BitSetBlock.recordSize &* number
          let word = unsafe UInt64(littleEndian: record.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
          let counts = BitSetBlock.bitCounts(word)
          let total = Int(counts &>> 56)
          guard unsafe Int(record.load(as: UInt8.self)) == count, count &+ total <= PostingFormat.blockSize else {
            isRight = false
            return
          }
          let base = first &+ UInt32(truncatingIfNeeded: BitSetBlock.wordSize &* number)
          unsafe BitSetBlock.store(word, counts, from: base, to: target + count, table)
          count &+= total
        }
      }
    }
    return isRight && count == PostingFormat.blockSize
  }

  /// Returns the number of bits set in each byte and all lower ones, in as many bytes.
  @inline(__always)
  private static func bitCounts(_ word: UInt64) -> UInt64 {
    var counts = word &- ((word &>> 1) & 0x5555_5555_5555_5555)
    counts = (counts & 0x3333_3333_3333_3333) &+ ((counts &>> 2) & 0x3333_3333_3333_3333)
    counts = (counts &+ (counts &>> 4)) & 0x0F0F_0F0F_0F0F_0F0F
    return counts &* 0x0101_0101_0101_0101
  }

  /// Stores the numbers of the bits of a word that are set, from `base` on.
  ///
  /// Safe because: eight numbers are stored for each byte where the counts say, and there is room for eight behind the
  /// last; the table has 256 rows.
  @unsafe
  @inline(__always)
  private static func store(
    _ word: UInt64, _ counts: UInt64, from base: UInt32, to target: UnsafeMutablePointer<UInt32>,
    _ table: UnsafePointer<SIMD8<UInt8>>
  ) {
    var start = SIMD4(repeating: base)
    let before = counts &<< 8
    unsafe store(byte: 0, word, before, from: &start, to: target, table)
    unsafe store(byte: 1, word, before, from: &start, to: target, table)
    unsafe store(byte: 2, word, before, from: &start, to: target, table)
    unsafe store(byte: 3, word, before, from: &start, to: target, table)
    unsafe store(byte: 4, word, before, from: &start, to: target, table)
    unsafe store(byte: 5, word, before, from: &start, to: target, table)
    unsafe store(byte: 6, word, before, from: &start, to: target, table)
    unsafe store(byte: 7, word, before, from: &start, to: target, table)
  }

  @unsafe
  @inline(__always)
  private static func store(
    byte: UInt64, _ word: UInt64, _ before: UInt64, from start: inout SIMD4<UInt32>,
    to target: UnsafeMutablePointer<UInt32>, _ table: UnsafePointer<SIMD8<UInt8>>
  ) {
    let numbers = unsafe SIMD8<UInt32>(
      truncatingIfNeeded: table[Int(truncatingIfNeeded: word &>> (8 &* byte)) & 255])
    let address = unsafe UnsafeMutableRawPointer(target + Int(truncatingIfNeeded: before &>> (8 &* byte)) & 255)
    unsafe address.storeBytes(of: numbers.lowHalf &+ start, as: SIMD4<UInt32>.self)
    unsafe address.storeBytes(of: numbers.highHalf &+ start, toByteOffset: 16, as: SIMD4<UInt32>.self)
    start &+= SIMD4(repeating: 8)
  }

  // MARK: Writing

  /// Returns the number of documents from the one behind the block before to the last of a block.
  private static func span(gaps: borrowing GrowableBuffer<UInt32>) -> Int {
    var span = gaps.count
    for index in 0..<gaps.count { span += Int(gaps[index]) }
    return span
  }

  /// Appends the documents of a block as a bit set if they are close together; returns whether they are.
  static func write(gaps: borrowing GrowableBuffer<UInt32>, into writer: inout ByteWriter) -> Bool {
    let span = span(gaps: gaps)
    guard span <= PostingFormat.bitSetSpan else { return false }
    var words = [UInt64](repeating: 0, count: recordCount(span: UInt32(span)))
    var number = -1
    for index in 0..<gaps.count {
      number += Int(gaps[index]) + 1
      words[number / wordSize] |= 1 << UInt64(number % wordSize)
    }
    writer.write(UInt8(PostingFormat.bitSetMarker + words.count))
    var before = 0
    for word in words {
      writer.write(UInt8(before))
      writer.write(word)
      before += word.nonzeroBitCount
    }
    return true
  }
}
