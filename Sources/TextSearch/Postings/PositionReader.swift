/// A place in a list's positions: a chunk's offset, and how many values to pass over from there.
struct PositionAddress: Equatable {
  var offset = 0
  var skipped: UInt64 = 0
}

/// Reads a list's position values chunk by chunk.
struct PositionReader: ~Copyable {
  private let region: ByteRegion
  /// Values in what is left over after the full chunks.
  private let rest: Int
  /// Empty until any are read.
  private var values = GrowableBuffer<UInt32>(capacity: 0)
  private var filled = 0
  private var index = 0
  private var offset = 0
  /// The chunk that moves count from, and how many values stand between its beginning and that of the values in `values`.
  private var origin = -1
  private var before: UInt64 = 0

  init(_ region: ByteRegion, count: UInt64) {
    self.region = region
    rest = Int(count % UInt64(PostingFormat.blockSize))
  }

  /// Moves to a place; ahead of the last one from the same chunk, what lies between is not read again.
  mutating func move(to place: PositionAddress) throws(SearchError) {
    if place.offset == origin, place.skipped >= before {
      index = 0
      return try skip(place.skipped - before)
    }
    origin = place.offset
    before = 0
    offset = place.offset
    index = 0
    filled = 0
    try skip(place.skipped)
  }

  /// Passes over some values; whole chunks without decoding them.
  mutating func skip(_ count: UInt64) throws(SearchError) {
    var left = count
    let ready = UInt64(filled - index)
    if left < ready {
      index += Int(left)
      return
    }
    left -= ready
    index = filled
    guard left > 0 else { return }
    // The values are passed over for good.
    before &+= UInt64(filled)
    index = 0
    filled = 0
    while left >= UInt64(PostingFormat.blockSize) {
      guard try !isAtRest() else { throw region.corrupt(at: offset, "positions end early") }
      offset = try PatchedPacking.end(region, at: offset)
      before &+= UInt64(PostingFormat.blockSize)
      left -= UInt64(PostingFormat.blockSize)
    }
    guard left > 0 else { return }
    try load()
    guard left <= UInt64(filled) else { throw region.corrupt(at: offset, "positions end early") }
    index = Int(left)
  }

  @inline(__always)
  mutating func next() throws(SearchError) -> UInt32 {
    if index == filled { try load() }
    index &+= 1
    return values[index &- 1]
  }

  /// Appends the positions of a document that has so many.
  mutating func read(_ count: Int, into positions: inout GrowableBuffer<UInt32>) throws(SearchError) {
    var next: UInt32 = 0
    var left = count
    while left > 0 {
      if index == filled { try load() }
      let taken = min(filled &- index, left)
      let start = positions.count
      positions.append(repeating: 0, count: taken)
      // Safe because: `filled` values are there, and there is room for those taken.
      let (source, target) = unsafe (values.unsafeBase + index, positions.unsafeBase + start)
      for place in 0..<taken {
        let position = unsafe next &+ source[place]
        unsafe target[place] = position
        next = position &+ 1
      }
      index &+= taken
      left &-= taken
    }
  }

  private mutating func load() throws(SearchError) {
    if values.isEmpty { values.append(repeating: 0, count: PostingFormat.blockSize) }
    before &+= UInt64(filled)
    index = 0
    filled = 0
    if try isAtRest() {
      try loadRest()
    } else {
      offset = try PatchedPacking.unpack(region, at: offset, into: &values)
      filled = PostingFormat.blockSize
    }
  }

  private func isAtRest() throws(SearchError) -> Bool { try region.byte(at: offset) >= UInt8(PostingFormat.restMark) }

  private mutating func loadRest() throws(SearchError) {
    offset = try PositionReader.readRest(region, at: offset, count: rest, into: &values)
    filled = rest
  }

  /// Reads what is left over after the full chunks; gives the offset behind it.
  static func readRest(
    _ region: ByteRegion, at offset: Int, count: Int, into values: inout GrowableBuffer<UInt32>
  ) throws(SearchError) -> Int {
    let parameter = Int(try region.byte(at: offset)) - PostingFormat.restMark
    guard parameter <= RiceParameter.largest, count > 0 else {
      throw region.corrupt(at: offset, "\(count) positions with Rice parameter \(parameter)")
    }
    var reader = BitReader(region, at: offset + 1)
    for index in 0..<count { values[index] = try reader.readRice(parameter: parameter) }
    return region.count
  }
}
