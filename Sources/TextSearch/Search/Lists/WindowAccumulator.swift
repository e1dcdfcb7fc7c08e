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
  /// A byte for each document, 1 for a match, as setting bits of one word again and again would wait for memory; none where there
  /// are words instead.
  private var matchBytes: GrowableBuffer<UInt8>
  /// A word for each document where pairs contribute: what the neighbours of its words allow (`NeighbourBits.word`), and
  /// `matchBit`; else none.
  private(set) var words: GrowableBuffer<UInt64>
  /// Pairs contribute.
  let hasPairs: Bool
  /// Slots of the documents that match, while they are few: then nothing else need be read or cleared.
  private var matched: MatchedSlots
  /// What the neighbours of the current clause are tested for; nil where they are not.
  var test: PairTest? { didSet { for flags in 0..<4 { flagWords[flags] = test?.bits[UInt8(flags)] ?? 0 } } }
  /// Upper bounds of the pairs that the current clause begins and ends, added to the scores of the documents that may contain them by
  /// its neighbours; 0 for a pair that is not added.
  var added = PairSums() { didSet { for flags in 0..<4 { flagSums[flags] = added[UInt8(flags)] } } }
  /// What the four flags of the test set in words and add to scores.
  private var flagWords: GrowableBuffer<UInt64>
  private(set) var flagSums: GrowableBuffer<Float>
  /// Documents that reach the threshold, a bit for each.
  private var reached: GrowableBuffer<UInt64>
  /// A bit for each word of `reached` that may hold any.
  private var reachedWords: GrowableBuffer<UInt64>

  /// - Parameters:
  ///   - hasInputs: some clause has several lists.
  ///   - hasPairs: pairs contribute.
  init(capacity: Int, hasInputs: Bool, hasPairs: Bool) {
    let capacity = (capacity + 63) / 64 * 64
    let inputCapacity = hasInputs ? capacity : 0
    self.capacity = capacity
    let wordCount = capacity / 64
    self.hasPairs = hasPairs
    words = GrowableBuffer(repeating: 0, count: hasPairs ? capacity : 0)
    matchBytes = GrowableBuffer(repeating: 0, count: hasPairs ? 0 : capacity)
    flagWords = GrowableBuffer(repeating: 0, count: 4)
    flagSums = GrowableBuffer(repeating: 0, count: 4)
    matched = MatchedSlots(capacity / 8)
    reached = GrowableBuffer(repeating: 0, count: wordCount)
    reachedWords = GrowableBuffer(repeating: 0, count: (wordCount + 63) / 64)
    unsafe scores = .allocate(capacity: capacity)
    unsafe inputs = .allocate(capacity: inputCapacity)
    unsafe scores.initialize(repeating: 0, count: capacity)
    unsafe inputs.initialize(repeating: 0, count: inputCapacity)
  }

  deinit {
    unsafe scores.deallocate()
    unsafe inputs.deallocate()
  }

  // MARK: Pairs

  /// The bit of a document's word that says that it matches.
  static let matchBit: UInt64 = 1 &<< 63

  /// Sets what the neighbours of words say of the pairs of some documents of the window, as `NeighbourBits.word`.
  ///
  /// - Parameter tested: the pairs whose words have been tested.
  func readNeighbours(
    _ documents: borrowing GrowableBuffer<UInt32>, from base: Int, tested: NeighbourBits,
    into possible: inout GrowableBuffer<UInt64>
  ) {
    possible.removeAll()
    let target = unsafe possible.extend(by: documents.count)
    let untested = ~(tested.word | WindowAccumulator.matchBit)
    // Safe because: there is room for one for each document.
    for index in 0..<documents.count {
      unsafe target[index] = words[Int(documents[index]) - base] & ~WindowAccumulator.matchBit | untested
    }
  }

  /// Adds what the neighbours of a posting of the current clause say of its document: the pairs that they allow, and the upper
  /// bounds of these, once for each document.
  ///
  /// - Parameter flags: as of `NeighbourTest`.
  @inline(__always)
  func addNeighbours(_ slot: Int, _ flags: UInt8) {
    // Safe because: the slot is below the capacity; there is a word and a score for each. There are four flags.
    let words = unsafe words.unsafeBase
    let new = unsafe flagWords[unchecked: Int(flags)] & ~words[slot]
    if new == 0 { return }
    unsafe words[slot] |= new
    guard added.isAny, let test else { return }
    let sum =
      unsafe scores[slot] + (new & test.bits.next != 0 ? added.next : 0)
      + (new & test.bits.previous != 0 ? added.previous : 0)
    unsafe scores[slot] = sum
    note(slot, sum)
  }

  // MARK: Adding

  /// Adds to the score of a document.
  @inline(__always)
  func add(_ score: Float, _ slot: Int) {
    precondition(slot >= 0 && slot < capacity)
    // Safe because: there is a score for each slot.
    let sum = unsafe scores[slot] + score
    unsafe scores[slot] = sum
    note(slot, sum)
  }

  /// Marks documents as matches.
  @unsafe
  @inline(__always)
  func mark(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    // Safe because: the documents lie in the window, for each of which there is a word or a byte.
    if hasPairs {
      let words = unsafe words.unsafeBase
      for index in 0..<count { unsafe words[Int(documents[index] &- base)] |= WindowAccumulator.matchBit }
    } else {
      let bytes = unsafe matchBytes.unsafeBase
      for index in 0..<count { unsafe bytes[Int(documents[index] &- base)] = 1 }
    }
    unsafe matched.add(documents, count, from: base)
  }

  /// Marks documents as matches, with the pairs that the neighbours of the current clause's postings allow.
  ///
  /// - Parameter flags: of each document; it has no other posting of the clause.
  @unsafe
  @inline(__always)
  func mark(
    _ documents: UnsafePointer<UInt32>, _ flags: UnsafePointer<UInt8>, _ count: Int, from base: UInt32
  ) {
    // Safe because: the documents lie in the window, for each of which there is a word; there are four flags.
    let (words, flagWords) = unsafe (words.unsafeBase, flagWords.unsafeBase)
    for index in 0..<count {
      unsafe words[Int(documents[index] &- base)] |= flagWords[Int(flags[index])] | WindowAccumulator.matchBit
    }
    unsafe matched.add(documents, count, from: base)
  }

  /// Returns the number of some documents that match.
  @unsafe
  @inline(__always)
  func overlap(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) -> Int {
    var found = 0
    // Safe because: as in `mark`.
    if hasPairs {
      let words = unsafe words.unsafeBase
      for index in 0..<count { unsafe found &+= Int(words[Int(documents[index] &- base)] &>> 63) }
    } else {
      let bytes = unsafe matchBytes.unsafeBase
      for index in 0..<count { unsafe found &+= Int(bytes[Int(documents[index] &- base)]) }
    }
    return found
  }

  /// Whether none of some documents of the window matches; false also if one close to them does.
  @inline(__always)
  func isEmpty(_ slots: ClosedRange<Int>) -> Bool {
    precondition(slots.lowerBound >= 0 && slots.upperBound < capacity)
    // Safe because: the capacity is a multiple of 64.
    if hasPairs {
      let words = unsafe words.unsafeBase
      for slot in slots where unsafe words[slot] & WindowAccumulator.matchBit != 0 { return false }
      return true
    }
    let bytes = unsafe UnsafeRawPointer(matchBytes.unsafeBase)
    for eight in slots.lowerBound &>> 3...slots.upperBound &>> 3 {
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

  /// Appends the documents that reach the threshold, with their scores.
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
  }

  // MARK: Counting

  /// Ends a window: returns the number of documents that match, of those that may. All scores and marks are zero again.
  mutating func finish(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    defer { matched.removeAll() }
    if let slots = unsafe matched.slots { return unsafe finish(slots, window, allowed) }
    unsafe scores.update(repeating: 0, count: window.count)
    return hasPairs ? countWords(window, allowed) : countBytes(window, allowed)
  }

  /// Ends a sparse window.
  @unsafe
  private func finish(_ slots: UnsafeMutablePointer<UInt32>, _ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    let (scores, bytes, words) = unsafe (scores, matchBytes.unsafeBase, words.unsafeBase)
    var count = 0
    for index in 0..<matched.count {
      // Safe because: the slots lie in the window, for each of which there is a score, and a word or a byte.
      let slot = unsafe Int(slots[index])
      let isAllowed = allowed?.contains(window.lowerBound + slot) ?? true
      // A duplicate finds its mark cleared.
      if hasPairs {
        unsafe count &+= isAllowed ? Int(words[slot] &>> 63) : 0
        unsafe words[slot] = 0
      } else {
        unsafe count &+= isAllowed ? Int(bytes[slot]) : 0
        unsafe bytes[slot] = 0
      }
      unsafe scores[slot] = 0
    }
    return count
  }

  private func countWords(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    // Safe because: there is a word for each document of the window.
    let words = unsafe words.unsafeBase
    var count = 0
    if let allowed {
      for slot in 0..<window.count where allowed.contains(window.lowerBound + slot) {
        unsafe count &+= Int(words[slot] &>> 63)
      }
    } else {
      for slot in 0..<window.count { unsafe count &+= Int(words[slot] &>> 63) }
    }
    unsafe words.update(repeating: 0, count: window.count)
    return count
  }

  private func countBytes(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
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

  func removeAll() { unsafe base[0] = 0 }
}
