/// A stretch of a block: bytes that stand as they are, then bytes repeated from `offset` bytes before.
///
/// The last one of a block repeats nothing: its `length` is 0.
struct BlockSequence: BitwiseCopyable {
  var literals: UInt16
  var length: UInt16
  var offset: UInt16
}

/// Finds repetitions in a block and in the dictionary before it: hash chains over four bytes and lazy choice
/// (the way of Deflate, RFC 1951 section 4).
@safe
struct BlockMatcher: ~Copyable {
  static let shortest = 4
  private static let hashBits: UInt32 = 13

  /// The dictionary, then the block, then bytes that vector loads may touch.
  private let window: UnsafeMutablePointer<UInt8>
  /// The latest place with a hash; 0 means none.
  private let heads: UnsafeMutablePointer<UInt16>
  /// `heads` when the window holds the dictionary alone.
  private let dictionaryHeads: UnsafeMutablePointer<UInt16>
  /// The place before each place with the same hash.
  private let chain: UnsafeMutablePointer<UInt16>
  private let start: Int
  private(set) var sequences = GrowableBuffer<BlockSequence>(capacity: 1 << 12)

  private static let hashCount = 1 << Int(hashBits)

  init(dictionary: Span<UInt8>) {
    start = dictionary.count
    let size = start + BlockLayout.maximumBytes + BlockLayout.slack
    precondition(size - BlockLayout.slack <= 1 << 16, "places in the window have 16 bits")
    // Safe because: each is allocated and filled here, freed in `deinit`, and no place in the window is beyond `size`.
    unsafe window = .allocate(capacity: size)
    unsafe window.initialize(repeating: 0, count: size)
    unsafe chain = .allocate(capacity: size)
    unsafe chain.initialize(repeating: 0, count: size)
    unsafe heads = .allocate(capacity: BlockMatcher.hashCount)
    unsafe heads.initialize(repeating: 0, count: BlockMatcher.hashCount)
    unsafe dictionaryHeads = .allocate(capacity: BlockMatcher.hashCount)
    for index in dictionary.indices { unsafe window[index] = dictionary[index] }
    for place in 0..<max(0, start - 3) { insert(place, isChained: true) }
    unsafe dictionaryHeads.initialize(from: heads, count: BlockMatcher.hashCount)
  }

  /// The block that was parsed last, with slack behind it.
  @unsafe var block: UnsafePointer<UInt8> { unsafe UnsafePointer(window + start) }

  deinit {
    unsafe window.deallocate()
    unsafe heads.deallocate()
    unsafe dictionaryHeads.deallocate()
    unsafe chain.deallocate()
  }

  @inline(__always)
  private func word(_ place: Int) -> UInt32 {
    assert(place >= 0)
    return unsafe UnsafeRawPointer(window + place).loadUnaligned(as: UInt32.self)
  }

  @inline(__always)
  private static func hash(_ word: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt32(littleEndian: word) &* 2_654_435_761) &>> (32 &- hashBits))
  }

  @inline(__always)
  private func insert(_ place: Int, isChained: Bool) {
    let hash = BlockMatcher.hash(word(place))
    if isChained { unsafe chain[place] = heads[hash] }
    unsafe heads[hash] = UInt16(truncatingIfNeeded: place)
  }

  /// Bytes that are the same at two places, at most up to `end`.
  @inline(__always)
  private func common(_ earlier: Int, _ later: Int, _ end: Int) -> Int {
    var length = 0
    while later &+ length &+ 8 <= end {
      let a = unsafe UnsafeRawPointer(window + earlier + length).loadUnaligned(as: UInt64.self)
      let b = unsafe UnsafeRawPointer(window + later + length).loadUnaligned(as: UInt64.self)
      let difference = UInt64(littleEndian: a ^ b)
      if difference != 0 { return length &+ difference.trailingZeroBitCount &>> 3 }
      length &+= 8
    }
    while later &+ length < end, unsafe window[earlier &+ length] == window[later &+ length] { length &+= 1 }
    return length
  }

  /// The longest repetition at `place`, of the latest `depth` candidates; `place` becomes a candidate.
  @inline(__always)
  private func longest(_ place: Int, _ end: Int, longerThan known: Int, depth: Int) -> (length: Int, from: Int) {
    let own = word(place)
    let hash = BlockMatcher.hash(own)
    var candidate = unsafe Int(heads[hash])
    if depth > 1 { unsafe chain[place] = UInt16(truncatingIfNeeded: candidate) }
    unsafe heads[hash] = UInt16(truncatingIfNeeded: place)
    var best = (length: known, from: 0)
    var left = depth
    while candidate != 0, left > 0 {
      let probe = best.length &- 3
      if place &+ best.length < end, word(candidate) == own, word(candidate &+ probe) == word(place &+ probe) {
        let length = common(candidate, place, end)
        if length > best.length { best = (length, candidate) }
      }
      left &-= 1
      if left > 0 { candidate = unsafe Int(chain[candidate]) }
    }
    return best
  }

  /// Cuts `block` into sequences, of the latest `depth` places that may repeat each.
  mutating func parse(_ block: Span<UInt8>, depth: Int) {
    // One candidate needs no chain: a copy of the code for itself saves an eighth of the time.
    if depth == 1 { parse(block, upTo: 1) } else { parse(block, upTo: depth) }
  }

  @inline(__always)
  private mutating func parse(_ block: Span<UInt8>, upTo depth: Int) {
    precondition(block.count <= BlockLayout.maximumBytes, "block too large")
    sequences.removeAll()
    unsafe block.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { unsafe (window + start).update(from: base, count: source.count) }
    }
    unsafe heads.update(from: dictionaryHeads, count: BlockMatcher.hashCount)
    let end = start + block.count
    // A repetition begins where four bytes are left.
    let last = end &- BlockMatcher.shortest
    var anchor = start
    var place = start
    let floor = BlockMatcher.shortest - 1
    while place <= last {
      var best = longest(place, end, longerThan: floor, depth: depth)
      if best.from == 0 {
        place &+= 1
        continue
      }
      while place < last {
        let next = longest(place &+ 1, end, longerThan: best.length, depth: depth)
        if next.from == 0 { break }
        best = next
        place &+= 1
      }
      sequences.append(
        BlockSequence(
          literals: UInt16(truncatingIfNeeded: place &- anchor), length: UInt16(truncatingIfNeeded: best.length),
          offset: UInt16(truncatingIfNeeded: place &- best.from)))
      let stop = place &+ best.length
      // `place + 1` was inserted when it was tried. For one candidate every second place is enough: a tenth faster, a
      // hundredth larger.
      place &+= 2
      while place < stop, place <= last {
        insert(place, isChained: depth > 1)
        place &+= depth > 1 ? 1 : 2
      }
      place = stop
      anchor = stop
    }
    sequences.append(BlockSequence(literals: UInt16(truncatingIfNeeded: end &- anchor), length: 0, offset: 0))
  }
}
