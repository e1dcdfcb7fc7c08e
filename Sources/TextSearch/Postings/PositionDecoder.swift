/// Decodes ranges of a list's position values chunk by chunk.
///
/// A value is the distance to the position before, less 1; a document's first value is its position. Where whole documents are
/// compared, values are decoded as running sums that do not begin anew with each document, a chunk at once: a position is the
/// sum behind its value, less the sum before its document's first value, less 1 (all modulo 2^32).
struct PositionDecoder: ~Copyable {
  /// Maximum number of values that are kept while others are added.
  private static let maximumKept = 4096
  /// Values behind the last decoded one that may be read: there is room for them.
  static let padding = 8

  private let region: ByteRegion
  private let isInline: Bool
  /// Values are summed up.
  private let hasSums: Bool
  /// Values of the list.
  private let count: UInt64
  /// 0, or the sum before the first decoded value; then each value, or the sum behind it. Empty before the first are decoded.
  private(set) var values = GrowableBuffer<UInt32>(capacity: 0)
  /// The offset of the chunk that values are counted from, and the number of the first decoded value; -1 where nothing is decoded.
  private var origin = -1
  private var first: UInt64 = 0
  /// The offset of the next chunk.
  private var offset = 0

  /// - Parameters:
  ///   - sections: the list's parts.
  ///   - hasSums: values are decoded as running sums.
  init(_ list: PostingList, _ sections: borrowing PostingSections, hasSums: Bool) {
    region = list.isInline ? sections.postings : sections.positions
    isInline = list.isInline
    self.hasSums = hasSums
    count = list.positions
  }

  /// Decodes the values of a document; returns the index in `values` before the first of them.
  ///
  /// - Parameters:
  ///   - address: of the first value; ascending addresses of one chunk are the fastest.
  ///   - wanted: number of values.
  @inline(__always)
  mutating func load(_ address: PositionAddress, count wanted: Int) throws(SearchError) -> Int {
    let start = address.skipped &- first
    let isLoaded =
      address.offset == origin && address.skipped >= first && start &+ UInt64(wanted) < UInt64(values.count)
    return isLoaded ? Int(start) : try loadMore(address, count: wanted)
  }

  /// Appends the positions of a document, ascending; of values that are not summed up.
  ///
  /// - Parameters:
  ///   - address: of its values.
  ///   - wanted: number of values.
  @inline(__always)
  mutating func append(
    _ address: PositionAddress, count wanted: Int, to positions: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    precondition(!hasSums)
    let start = try load(address, count: wanted)
    let target = unsafe positions.extend(by: wanted)
    // Safe because: `load` has returned an index behind which there are `wanted` values.
    let source = unsafe values.unsafeBase + start + 1
    var next: UInt32 = 0
    for index in 0..<wanted {
      let position = unsafe next &+ source[index]
      unsafe target[index] = position
      next = position &+ 1
    }
  }

  @inline(never)
  private mutating func loadMore(_ address: PositionAddress, count wanted: Int) throws(SearchError) -> Int {
    guard wanted <= count else { throw region.corrupt(at: address.offset, "\(wanted) positions of \(count)") }
    if address.offset != origin || address.skipped < first || values.isEmpty { try begin(at: address.offset) }
    if address.skipped >= end { try skip(to: address.skipped) }
    if address.skipped > first + UInt64(PositionDecoder.maximumKept) { forget(before: address.skipped) }
    let last = address.skipped + UInt64(wanted)
    while end < last { try decode() }
    return Int(address.skipped - first)
  }

  /// The number of the value behind the last decoded one.
  private var end: UInt64 { first + UInt64(values.count - 1) }

  private mutating func begin(at offset: Int) throws(SearchError) {
    restart(at: 0)
    (origin, self.offset) = (offset, offset)
    if isInline { try decodeInline() }
  }

  private mutating func restart(at number: UInt64) {
    first = number
    values.removeAll()
    if values.capacity == 0 { values.reserve(2 * PostingFormat.blockSize) }
    values.append(0)
  }

  /// Skips the chunks before that of a value.
  private mutating func skip(to number: UInt64) throws(SearchError) {
    var next = end
    guard number - next >= UInt64(PostingFormat.blockSize) else { return }
    while number - next >= UInt64(PostingFormat.blockSize) {
      guard try !isAtTail() else { throw region.corrupt(at: offset, "positions end early") }
      offset = try PatchedPacking.end(region, at: offset)
      next += UInt64(PostingFormat.blockSize)
    }
    restart(at: next)
  }

  /// Removes the values before a value, to limit the memory.
  private mutating func forget(before number: UInt64) {
    let removed = Int(min(number, end) - first)
    let kept = values.count - removed
    for index in 0..<kept {
      let value = values[index + removed]
      values[index] = value
    }
    values.truncate(to: kept)
    first += UInt64(removed)
  }

  // MARK: Chunks

  private func isAtTail() throws(SearchError) -> Bool {
    guard !isInline else { throw region.corrupt(at: region.count, "positions end early") }
    return try region.byte(at: offset) >= UInt8(PostingFormat.tailMarker)
  }

  /// Adds the values of the next chunk.
  private mutating func decode() throws(SearchError) {
    if try isAtTail() { return try decodeTail() }
    let start = values.count
    _ = unsafe values.extend(by: PostingFormat.blockSize)
    do throws(SearchError) {
      offset = try PatchedPacking.unpack(region, at: offset, into: &values, from: start)
    } catch {
      values.truncate(to: start)
      throw error
    }
    if hasSums { BitPacking.sumGaps(&values, from: start, after: values[start - 1]) }
    values.reserve(PositionDecoder.padding)
  }

  /// Adds the values behind the last full chunk.
  private mutating func decodeTail() throws(SearchError) {
    let left = Int(count % UInt64(PostingFormat.blockSize))
    let parameter = Int(try region.byte(at: offset)) - PostingFormat.tailMarker
    guard parameter <= RiceParameter.largest, left > 0 else {
      throw region.corrupt(at: offset, "\(left) positions with Rice parameter \(parameter)")
    }
    var reader = BitReader(region, at: offset + 1)
    for _ in 0..<left { add(try reader.readRice(parameter: parameter)) }
    offset = region.count
    values.reserve(PositionDecoder.padding)
  }

  /// Adds all values of an inline list.
  private mutating func decodeInline() throws(SearchError) {
    // The number of the only document comes first.
    var reader = ByteReader(region)
    _ = try reader.readVariable()
    for _ in 0..<count { add(try reader.readUInt32()) }
    values.reserve(PositionDecoder.padding)
  }

  @inline(__always)
  private mutating func add(_ value: UInt32) {
    values.append(hasSums ? values[values.count &- 1] &+ value &+ 1 : value)
  }
}

/// The address of position values: the offset of a chunk, and the number of values to skip from there.
struct PositionAddress: Equatable {
  var offset = 0
  var skipped: UInt64 = 0
}
