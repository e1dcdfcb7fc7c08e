/// Finds matches in a block and in the dictionary before it: hash chains over four bytes and lazy matching (RFC 1951,
/// section 4).
@safe
struct BlockMatcher: ~Copyable {
  /// Minimum length of a match: the bytes that are hashed.
  static let minimumLength = 4
  private static let hashBits: UInt32 = 13

  /// The dictionary, the block, and slack for vector loads. Positions below are offsets in it.
  private let window: UnsafeMutablePointer<UInt8>
  /// The last position with each hash; 0 means none.
  private let heads: UnsafeMutablePointer<UInt16>
  /// The value of `heads` before a block: the positions of the dictionary.
  private let dictionaryHeads: UnsafeMutablePointer<UInt16>
  /// For each position the previous one with its hash; 0 means none.
  private let chain: UnsafeMutablePointer<UInt16>
  /// Position of the block.
  private let start: Int
  /// The sequences of the block that was parsed last.
  private(set) var sequences = GrowableBuffer<BlockSequence>(capacity: 1 << 12)

  private static let hashCount = 1 << Int(hashBits)

  /// Creates a matcher whose window begins with `dictionary`.
  init(dictionary: Span<UInt8>) {
    start = dictionary.count
    let size = start + BlockLayout.maximumBytes + BlockLayout.slack
    precondition(size - BlockLayout.slack <= 1 << 16, "positions in the window have 16 bits")
    // Safe because: each is allocated and initialised here and freed in `deinit`; positions stay below `size`, and
    // hashes below `hashCount`.
    unsafe window = .allocate(capacity: size)
    unsafe window.initialize(repeating: 0, count: size)
    unsafe chain = .allocate(capacity: size)
    unsafe chain.initialize(repeating: 0, count: size)
    unsafe heads = .allocate(capacity: BlockMatcher.hashCount)
    unsafe heads.initialize(repeating: 0, count: BlockMatcher.hashCount)
    unsafe dictionaryHeads = .allocate(capacity: BlockMatcher.hashCount)
    for index in dictionary.indices { unsafe window[index] = dictionary[index] }
    for position in 0..<max(0, start - 3) { insert(position, isChained: true) }
    unsafe dictionaryHeads.initialize(from: heads, count: BlockMatcher.hashCount)
  }

  /// The bytes of the block that was parsed last, with slack behind them.
  @unsafe var block: UnsafePointer<UInt8> { unsafe UnsafePointer(window + start) }

  deinit {
    unsafe window.deallocate()
    unsafe heads.deallocate()
    unsafe dictionaryHeads.deallocate()
    unsafe chain.deallocate()
  }

  /// Returns the four bytes at `position`.
  @inline(__always)
  private func word(_ position: Int) -> UInt32 {
    assert(position >= 0)
    return unsafe UnsafeRawPointer(window + position).loadUnaligned(as: UInt32.self)
  }

  /// Returns the hash of four bytes (multiplicative hashing).
  @inline(__always)
  private static func hash(_ word: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt32(littleEndian: word) &* 2_654_435_761) &>> (32 &- hashBits))
  }

  /// Makes `position` a match candidate for later ones.
  @inline(__always)
  private func insert(_ position: Int, isChained: Bool) {
    let hash = BlockMatcher.hash(word(position))
    if isChained { unsafe chain[position] = heads[hash] }
    unsafe heads[hash] = UInt16(truncatingIfNeeded: position)
  }

  /// Returns the length of the longest common prefix of the bytes at two positions, those at `later` up to `end`.
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

  /// Returns the longest match at `position` among the last `depth` candidates, and makes `position` a candidate.
  ///
  /// - Parameter threshold: a match must be longer; at least `minimumLength` - 1.
  /// - Returns: length and position of the match; the position is 0 if there is none.
  @inline(__always)
  private func longest(_ position: Int, _ end: Int, longerThan threshold: Int, depth: Int) -> (length: Int, from: Int) {
    let own = word(position)
    let hash = BlockMatcher.hash(own)
    var candidate = unsafe Int(heads[hash])
    if depth > 1 { unsafe chain[position] = UInt16(truncatingIfNeeded: candidate) }
    unsafe heads[hash] = UInt16(truncatingIfNeeded: position)
    var best = (length: threshold, from: 0)
    var left = depth
    while candidate != 0, left > 0 {
      let probe = best.length &- 3
      if position &+ best.length < end, word(candidate) == own, word(candidate &+ probe) == word(position &+ probe) {
        let length = common(candidate, position, end)
        if length > best.length { best = (length, candidate) }
      }
      left &-= 1
      if left > 0 { candidate = unsafe Int(chain[candidate]) }
    }
    return best
  }

  /// Parses `block` into `sequences`.
  ///
  /// - Parameter depth: match candidates to try at each position, at least 1.
  mutating func parse(_ block: Span<UInt8>, depth: Int) {
    // One candidate needs no chain: a copy of the code that is specialised for it is faster.
    if depth == 1 { parse(block, upTo: 1) } else { parse(block, upTo: depth) }
  }

  /// The body of `parse`, inlined so that the compiler specialises it for a constant `depth`.
  @inline(__always)
  private mutating func parse(_ block: Span<UInt8>, upTo depth: Int) {
    precondition(block.count <= BlockLayout.maximumBytes, "block too large")
    sequences.removeAll()
    unsafe block.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { unsafe (window + start).update(from: base, count: source.count) }
    }
    unsafe heads.update(from: dictionaryHeads, count: BlockMatcher.hashCount)
    let end = start + block.count
    // The last position with four bytes to hash.
    let last = end &- BlockMatcher.minimumLength
    var anchor = start
    var position = start
    let threshold = BlockMatcher.minimumLength - 1
    while position <= last {
      var best = longest(position, end, longerThan: threshold, depth: depth)
      if best.from == 0 {
        position &+= 1
        continue
      }
      while position < last {
        let next = longest(position &+ 1, end, longerThan: best.length, depth: depth)
        if next.from == 0 { break }
        best = next
        position &+= 1
      }
      sequences.append(
        BlockSequence(
          literals: UInt16(truncatingIfNeeded: position &- anchor), length: UInt16(truncatingIfNeeded: best.length),
          offset: UInt16(truncatingIfNeeded: position &- best.from)))
      let stop = position &+ best.length
      // `position + 1` became a candidate when its match was searched. With a depth of 1 every second position is
      // inserted: faster, and hardly larger.
      position &+= 2
      while position < stop, position <= last {
        insert(position, isChained: depth > 1)
        position &+= depth > 1 ? 1 : 2
      }
      position = stop
      anchor = stop
    }
    sequences.append(BlockSequence(literals: UInt16(truncatingIfNeeded: end &- anchor), length: 0, offset: 0))
  }
}
