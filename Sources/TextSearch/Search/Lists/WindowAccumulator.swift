/// Accumulates the scores of the documents of a window, list by list.
///
/// Beside the scores it keeps which documents match, and which ones reach the threshold: so not all scores need be looked at.
@safe
struct WindowAccumulator: ~Copyable {
  /// Documents that the accumulator covers: a multiple of 64.
  let capacity: Int
  /// Minimum score of candidates (`take`), above zero.
  var threshold: Float = .infinity
  // Safe because: each holds `capacity` values (inputs none where every clause has one list and `touch` is never called),
  // allocated here and freed in `deinit`; all zero between windows.
  let scores: UnsafeMutablePointer<Float>
  let inputs: UnsafeMutablePointer<Float>
  /// Slots of documents whose inputs were added to, with duplicates.
  private var touched = GrowableBuffer<UInt32>(capacity: 0)
  /// A byte for each document, as setting bits of one word again and again would wait for memory: the lowest bit is the match
  /// bit, the others are the clauses that it holds, where those are kept and few.
  private var matchBytes: GrowableBuffer<UInt8>
  /// The clauses that each document holds, where those are kept and many; else empty.
  private var held: GrowableBuffer<UInt32>
  /// Slots of the documents that match, while they are few: then nothing else need be read or cleared.
  private var matched: MatchedSlots
  /// Encodes the clauses that documents hold.
  let bits: ClauseBits
  private let keepsClauses: Bool
  /// For each document the pairs that the neighbours of its words allow (`NeighbourBits.word`), where clauses are kept.
  private(set) var neighbours: GrowableBuffer<UInt32>
  /// What the neighbours of the current clause are tested for; nil where they are not.
  var test: PairTest?
  /// Upper bounds of the pairs that the current clause begins and ends, added to the scores of the documents that may contain them by
  /// its neighbours; 0 for a pair that is not added.
  var added = PairSums()
  /// The bit that is set for the documents of the current clause, in their bytes and in `held`.
  private var clauseByte: UInt8 = WindowAccumulator.matchBit
  private var heldBit: UInt32 = 0
  /// Documents that reach the threshold, a bit for each.
  private var reached: GrowableBuffer<UInt64>
  /// A bit for each word of `reached` that may hold any.
  private var reachedWords: GrowableBuffer<UInt64>

  /// - Parameters:
  ///   - hasInputs: some clause has several lists.
  ///   - clauses: their number, if those that a document holds are kept; else 0.
  init(capacity: Int, hasInputs: Bool, clauses: Int) {
    let capacity = (capacity + 63) / 64 * 64
    let inputCapacity = hasInputs ? capacity : 0
    self.capacity = capacity
    let wordCount = capacity / 64
    keepsClauses = clauses > 0
    bits = ClauseBits(clauses)
    let heldCount = bits.areFew ? 0 : capacity
    held = GrowableBuffer(capacity: heldCount)
    held.append(repeating: 0, count: heldCount)
    neighbours = GrowableBuffer(capacity: keepsClauses ? capacity : 0)
    neighbours.append(repeating: 0, count: keepsClauses ? capacity : 0)
    matchBytes = GrowableBuffer(capacity: capacity)
    matchBytes.append(repeating: 0, count: capacity)
    matched = MatchedSlots(capacity / 8)
    reached = GrowableBuffer(capacity: wordCount)
    reached.append(repeating: 0, count: wordCount)
    reachedWords = GrowableBuffer(capacity: (wordCount + 63) / 64)
    reachedWords.append(repeating: 0, count: (wordCount + 63) / 64)
    unsafe scores = .allocate(capacity: capacity)
    unsafe inputs = .allocate(capacity: inputCapacity)
    unsafe scores.initialize(repeating: 0, count: capacity)
    unsafe inputs.initialize(repeating: 0, count: inputCapacity)
  }

  deinit {
    unsafe scores.deallocate()
    unsafe inputs.deallocate()
  }

  // MARK: Clauses

  /// The match bit of a document's byte.
  private static let matchBit: UInt8 = 1

  /// The clause that what is added belongs to; nil where match bits are set and clauses are not kept.
  var clause: Int? {
    didSet {
      guard keepsClauses else { return }
      let bit = clause.map { bits[$0] } ?? 0
      clauseByte = WindowAccumulator.matchBit | (bits.areFew ? UInt8(truncatingIfNeeded: bit &<< 1) : 0)
      heldBit = bits.areFew ? 0 : bit
    }
  }

  /// Sets the clauses that some documents of the window hold, of those that were kept, as `ClauseBits`, and the pairs that they may
  /// contain by the neighbours of their words.
  ///
  /// - Parameter tested: the pairs whose words have been tested.
  func read(
    _ documents: borrowing GrowableBuffer<UInt32>, from base: Int, tested: NeighbourBits,
    clauses: inout GrowableBuffer<UInt32>, neighbours: inout GrowableBuffer<UInt32>
  ) {
    readNeighbours(documents, from: base, tested: tested, into: &neighbours)
    clauses.removeAll()
    let target = unsafe clauses.extend(by: documents.count)
    // Safe because: there is room for one for each document.
    for index in 0..<documents.count {
      let slot = Int(documents[index]) - base
      unsafe target[index] = bits.areFew ? UInt32(matchBytes[slot] &>> 1) : held[slot]
    }
  }

  // MARK: Pairs

  /// Sets what the neighbours of words say of the pairs of some documents of the window, as `NeighbourBits.word`.
  ///
  /// - Parameter tested: the pairs whose words have been tested.
  func readNeighbours(
    _ documents: borrowing GrowableBuffer<UInt32>, from base: Int, tested: NeighbourBits,
    into possible: inout GrowableBuffer<UInt32>
  ) {
    possible.removeAll()
    let target = unsafe possible.extend(by: documents.count)
    let untested = ~tested.word
    // Safe because: there is room for one for each document.
    for index in 0..<documents.count {
      unsafe target[index] = neighbours[Int(documents[index]) - base] | untested
    }
  }

  /// Lets a slot be cleared whose document is not marked.
  @inline(__always)
  func clearLater(_ slot: Int) { matched.add(slot) }

  // MARK: Adding

  /// Sets the match bits of documents.
  @unsafe
  @inline(__always)
  func mark(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    let bytes = unsafe matchBytes.unsafeBase
    // Safe because: the documents lie in the window, for each of which there is a byte.
    if clauseByte != WindowAccumulator.matchBit {
      for index in 0..<count { unsafe bytes[Int(documents[index] &- base)] |= clauseByte }
    } else {
      for index in 0..<count { unsafe bytes[Int(documents[index] &- base)] = WindowAccumulator.matchBit }
    }
    unsafe matched.add(documents, count, from: base)
    if heldBit != 0 { unsafe keepClause(documents, count, from: base) }
  }

  /// Sets the bit of the clause at work, one of many, for documents.
  @unsafe
  private func keepClause(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    let words = unsafe held.unsafeBase
    // Safe because: as in `mark`; there is a word for each.
    for index in 0..<count { unsafe words[Int(documents[index] &- base)] |= heldBit }
  }

  /// Returns the number of some documents that match.
  @unsafe
  @inline(__always)
  func overlap(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) -> Int {
    let bytes = unsafe matchBytes.unsafeBase
    var found = 0
    // Safe because: as in `mark`.
    if keepsClauses {
      for index in 0..<count {
        unsafe found &+= Int(bytes[Int(documents[index] &- base)] & WindowAccumulator.matchBit)
      }
    } else {
      for index in 0..<count { unsafe found &+= Int(bytes[Int(documents[index] &- base)]) }
    }
    return found
  }

  /// Whether none of some documents of the window matches; false also if one close to them does.
  @inline(__always)
  func isEmpty(_ slots: ClosedRange<Int>) -> Bool {
    precondition(slots.lowerBound >= 0 && slots.upperBound < capacity)
    let bytes = unsafe UnsafeRawPointer(matchBytes.unsafeBase)
    for eight in slots.lowerBound &>> 3...slots.upperBound &>> 3 {
      // Safe because: the capacity is a multiple of 64.
      if unsafe bytes.loadUnaligned(fromByteOffset: eight &<< 3, as: UInt64.self) != 0 { return false }
    }
    return true
  }

  /// Notes the score of a document if it reaches the threshold.
  @inline(__always)
  func note(_ slot: Int, _ score: Float) {
    guard score >= threshold else { return }
    // Safe because: there is a bit for each document of the window, and for each word of them.
    unsafe reached.unsafeBase[slot &>> 6] |= 1 &<< UInt64(slot & 63)
    unsafe reachedWords.unsafeBase[slot &>> 12] |= 1 &<< UInt64((slot &>> 6) & 63)
  }

  /// Notes documents whose inputs were added to.
  @unsafe
  mutating func touch(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    // Safe because: there is room for `count` more.
    let target = unsafe touched.extend(by: count)
    for index in 0..<count { unsafe target[index] = documents[index] &- base }
  }

  /// Adds weight * x / (1 + x) to the scores of all documents whose inputs were added to; the inputs are zero again.
  mutating func saturate(_ weight: Float) {
    for index in 0..<touched.count {
      // Safe because: `touch` received documents of the window.
      let slot = unsafe Int(touched[unchecked: index])
      let score = unsafe scores[slot] + BM25.score(inputs[slot], weight)
      unsafe inputs[slot] = 0
      unsafe scores[slot] = score
      note(slot, score)
    }
    touched.removeAll()
  }

  /// Sets `target` to the inputs of some documents of the window; all inputs are zero again.
  mutating func takeInputs(
    _ documents: borrowing GrowableBuffer<UInt32>, from base: UInt32, into target: inout GrowableBuffer<Float>
  ) {
    target.removeAll()
    // Safe because: the documents and what `touch` received lie in the window.
    for index in 0..<documents.count { target.append(unsafe inputs[Int(documents[index] &- base)]) }
    for index in 0..<touched.count { unsafe inputs[Int(touched[unchecked: index])] = 0 }
    touched.removeAll()
  }

  // MARK: Taking

  /// Appends the documents that reach the threshold, with their scores; all scores are zero again.
  ///
  /// - Parameters:
  ///   - window: as many documents as have been scored; it starts at a multiple of 64.
  ///   - allowed: documents that may match; nil for all.
  mutating func take(
    _ window: Range<Int>, _ allowed: DocumentSet?, into documents: inout GrowableBuffer<UInt32>,
    scores: inout GrowableBuffer<Float>
  ) {
    for group in 0..<reachedWords.count {
      var words = reachedWords[group]
      reachedWords[group] = 0
      while words != 0 {
        let word = group &<< 6 | words.trailingZeroBitCount
        words &= words &- 1
        var bits = reached[word]
        reached[word] = 0
        if let allowed { bits &= allowed.words[window.lowerBound >> 6 + word] }
        while bits != 0 {
          let slot = word &<< 6 | bits.trailingZeroBitCount
          bits &= bits &- 1
          documents.append(UInt32(window.lowerBound + slot))
          // Safe because: there is a score for each bit.
          scores.append(unsafe self.scores[slot])
        }
      }
    }
    clearScores(window.count)
  }

  private func clearScores(_ count: Int) {
    // Safe because: the slots lie in the window, which the accumulator covers.
    guard let slots = unsafe matched.slots else { return unsafe scores.update(repeating: 0, count: count) }
    for index in 0..<matched.count { unsafe scores[Int(slots[index])] = 0 }
  }

  // MARK: Counting

  /// Ends a window: returns the number of documents that match, of those that may. All match bits are zero again.
  mutating func finish(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    let count = unsafe matched.slots == nil ? countAll(window, allowed) : countMatched(window, allowed)
    matched.removeAll()
    return count
  }

  /// Counts the documents of a sparse window, and clears what its slots hold.
  private func countMatched(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    guard let slots = unsafe matched.slots else { return 0 }
    let (bytes, words, clauses) = unsafe (matchBytes.unsafeBase, neighbours.unsafeBase, held.unsafeBase)
    let (hasWords, hasClauses) = (!neighbours.isEmpty, !held.isEmpty)
    var count = 0
    for index in 0..<matched.count {
      // Safe because: the slots lie in the window, for each of which there is a byte, and a word where there are any.
      let slot = unsafe Int(slots[index])
      let isAllowed = allowed?.contains(window.lowerBound + slot) ?? true
      // A duplicate finds its byte cleared.
      unsafe count &+= isAllowed ? Int(bytes[slot] & WindowAccumulator.matchBit) : 0
      unsafe bytes[slot] = 0
      if hasWords { unsafe words[slot] = 0 }
      if hasClauses { unsafe clauses[slot] = 0 }
    }
    return count
  }

  private func countAll(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    // Safe because: the accumulator covers the window, and has whole words after it.
    let bytes = unsafe matchBytes.unsafeBase
    var count = 0
    if let allowed {
      for word in 0..<(window.count + 63) / 64 {
        let bits = unsafe WindowAccumulator.lowestBits(UnsafeRawPointer(bytes + word << 6))
        count &+= (bits & allowed.words[window.lowerBound >> 6 + word]).nonzeroBitCount
      }
    } else {
      count = unsafe WindowAccumulator.sum(UnsafeRawPointer(bytes), (window.count + 63) / 64)
    }
    unsafe bytes.update(repeating: 0, count: window.count)
    unsafe neighbours.unsafeBase.update(repeating: 0, count: min(neighbours.count, window.count))
    unsafe held.unsafeBase.update(repeating: 0, count: min(held.count, window.count))
    return count
  }

  /// Returns the sum of the lowest bits of `words` times 64 bytes.
  @unsafe
  private static func sum(_ bytes: UnsafeRawPointer, _ words: Int) -> Int {
    let lowest = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
    let low = SIMD2<UInt64>(repeating: 0x00FF_00FF_00FF_00FF)
    var sum = SIMD2<UInt64>.zero
    for word in 0..<words {
      // Safe because: the caller has `words` words of 64 bytes. Each byte is at most 4 here, and each two of them at most 8.
      let rows = unsafe bytes + word &<< 6
      let first = unsafe rows.loadUnaligned(fromByteOffset: 0, as: SIMD2<UInt64>.self)
      let second = unsafe rows.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
      let third = unsafe rows.loadUnaligned(fromByteOffset: 32, as: SIMD2<UInt64>.self)
      let last = unsafe rows.loadUnaligned(fromByteOffset: 48, as: SIMD2<UInt64>.self)
      let four = (first & lowest) &+ (second & lowest) &+ (third & lowest) &+ (last & lowest)
      sum &+= (four & low) &+ ((four &>> 8) & low)
    }
    // Four lanes of 16 bits each: at most 8 for each of 8,191 words.
    var total = 0
    for lane in 0..<2 {
      for part in 0..<4 { total &+= Int(truncatingIfNeeded: (sum[lane] &>> UInt64(16 &* part)) & 0xFFFF) }
    }
    return total
  }

  /// Returns the lowest bits of 64 bytes.
  @unsafe
  @inline(__always)
  private static func lowestBits(_ bytes: UnsafeRawPointer) -> UInt64 {
    var bits: UInt64 = 0
    for eight in 0..<8 {
      // Safe because: there are 64 bytes. The product moves the lowest bits of eight of them into the highest.
      let own = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 &* eight, as: UInt64.self))
      let lowest = own & 0x0101_0101_0101_0101
      bits |= ((lowest &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(8 &* eight)
    }
    return bits
  }
}

/// Slots marked in a window, with duplicates, kept while there are at most `limit`; a sparse window is cleared without a scan.
@safe
private struct MatchedSlots: ~Copyable {
  private let limit: Int
  // Safe because: room for `limit` slots, allocated here, freed in `deinit`; before them stands their count, more than `limit`
  // once they were too many.
  private let base: UnsafeMutablePointer<UInt32>

  init(_ limit: Int) {
    self.limit = limit
    unsafe base = .allocate(capacity: 1 + limit)
    unsafe base[0] = 0
  }

  deinit { unsafe base.deallocate() }

  var count: Int { unsafe Int(base[0]) }

  /// The slots; nil if they were too many.
  @unsafe
  var slots: UnsafeMutablePointer<UInt32>? { count > limit ? nil : unsafe base + 1 }

  @unsafe
  @inline(__always)
  func add(_ documents: UnsafePointer<UInt32>, _ added: Int, from first: UInt32) {
    let start = count
    guard start <= limit else { return }
    unsafe base[0] = UInt32(start &+ added)
    guard start &+ added <= limit else { return }
    // Safe because: there is room for `limit`.
    let target = unsafe base + 1 + start
    for index in 0..<added { unsafe target[index] = documents[index] &- first }
  }

  @inline(__always)
  func add(_ slot: Int) {
    let start = count
    guard start <= limit else { return }
    unsafe base[0] = UInt32(start &+ 1)
    guard start < limit else { return }
    // Safe because: there is room for `limit`.
    unsafe base[1 &+ start] = UInt32(slot)
  }

  func removeAll() { unsafe base[0] = 0 }
}
