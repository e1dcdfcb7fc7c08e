/// Decodes stretches of a list's position values chunk by chunk, as running sums that do not begin anew with each document:
/// whole chunks are summed up at once.
///
/// A value is the distance to the position before, less 1; a document's first one is its position. So a position is the sum
/// behind its value, less that before its document's first value, less 1 (all modulo 2^32).
struct PositionRun: ~Copyable {
  /// Sums that are kept at most while others are added.
  private static let maximumKept = 4096
  /// Behind the last sum there is room for so many values, which may be read.
  static let padding = 8

  private let region: ByteRegion
  /// Values in what is left over after the full chunks.
  private let rest: Int
  private let count: UInt64
  /// The sum before the first decoded value, then that behind each.
  private(set) var sums = GrowableBuffer<UInt32>(capacity: 512)
  private var chunk = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  /// The chunk that values are counted from, and the number of the first decoded value.
  private var origin = -1
  private var first: UInt64 = 0
  /// The chunk after those that are decoded.
  private var offset = 0

  /// - Parameter count: values of the list.
  init(_ region: ByteRegion, count: UInt64) {
    self.region = region
    self.count = count
    rest = Int(count % UInt64(PostingFormat.blockSize))
    sums.append(0)
    chunk.append(repeating: 0, count: PostingFormat.blockSize)
  }

  /// Decodes a document's values; gives the place in `sums` of the sum before the first of them.
  ///
  /// - Parameters:
  ///   - place: of the values; those of one chunk are best asked for in ascending order.
  ///   - wanted: how many there are.
  @inline(__always)
  mutating func load(_ place: PositionAddress, count wanted: Int) throws(SearchError) -> Int {
    let start = place.skipped &- first
    let isThere = place.offset == origin && place.skipped >= first && start &+ UInt64(wanted) < UInt64(sums.count)
    return isThere ? Int(start) : try loadMore(place, count: wanted)
  }

  @inline(never)
  private mutating func loadMore(_ place: PositionAddress, count wanted: Int) throws(SearchError) -> Int {
    guard wanted <= count else { throw region.corrupt(at: place.offset, "\(wanted) positions of \(count)") }
    if place.offset != origin || place.skipped < first { begin(at: place.offset) }
    if place.skipped >= end { try pass(to: place.skipped) }
    if place.skipped > first + UInt64(PositionRun.maximumKept) { forget(before: place.skipped) }
    let last = place.skipped + UInt64(wanted)
    while end < last { try decode() }
    return Int(place.skipped - first)
  }

  /// Makes the sums those of an inline list's only document, which has so many positions.
  mutating func loadInline(_ bytes: ByteRegion, count: Int) throws(SearchError) {
    origin = -1
    restart(at: 0)
    var reader = ByteReader(bytes)
    _ = try reader.readVariable()
    var sum: UInt32 = 0
    for _ in 0..<count {
      sum &+= try reader.readUInt32() &+ 1
      sums.append(sum)
    }
    sums.reserve(PositionRun.padding)
  }

  /// The number behind that of the last decoded value.
  private var end: UInt64 { first + UInt64(sums.count - 1) }

  private mutating func begin(at offset: Int) {
    origin = offset
    self.offset = offset
    restart(at: 0)
  }

  private mutating func restart(at number: UInt64) {
    first = number
    sums.removeAll()
    sums.append(0)
  }

  /// Passes over the chunks before that of a value.
  private mutating func pass(to number: UInt64) throws(SearchError) {
    var next = end
    guard number - next >= UInt64(PostingFormat.blockSize) else { return }
    while number - next >= UInt64(PostingFormat.blockSize) {
      guard try !isAtRest() else { throw region.corrupt(at: offset, "positions end early") }
      offset = try PatchedPacking.end(region, at: offset)
      next += UInt64(PostingFormat.blockSize)
    }
    restart(at: next)
  }

  /// Forgets what stands before a value, so that little memory is used.
  private mutating func forget(before number: UInt64) {
    let passed = Int(min(number, end) - first)
    let kept = sums.count - passed
    for index in 0..<kept {
      let sum = sums[index + passed]
      sums[index] = sum
    }
    sums.truncate(to: kept)
    first += UInt64(passed)
  }

  private func isAtRest() throws(SearchError) -> Bool { try region.byte(at: offset) >= UInt8(PostingFormat.restMark) }

  /// Adds the sums of the next chunk.
  private mutating func decode() throws(SearchError) {
    var filled = PostingFormat.blockSize
    if try isAtRest() {
      offset = try PositionReader.readRest(region, at: offset, count: rest, into: &chunk)
      filled = rest
    } else {
      offset = try PatchedPacking.unpack(region, at: offset, into: &chunk)
    }
    let last = sums[sums.count - 1]
    BitPacking.sumGaps(&chunk, after: last)
    sums.append(first: filled, of: chunk)
    sums.reserve(PositionRun.padding)
  }
}
