/// Scores of the documents of a window, added up list by list.
///
/// Which documents have been scored or marked as matching is kept beside, and which ones may reach the hits: so not all
/// scores need be looked at.
@safe
struct WindowAccumulator: ~Copyable {
  /// Documents that the board covers: a multiple of 64.
  let capacity: Int
  /// Documents that score at least as much are passed on (`take`); above zero.
  var cut: Float = .infinity
  // Safe because: each holds `capacity` values (x none where every clause has one list and `addParts` is never called),
  // allocated here and freed in `deinit`; all zero between windows.
  let scores: UnsafeMutablePointer<Float>
  let x: UnsafeMutablePointer<Float>
  /// Documents whose x was added to, by their places in the window; some come again.
  private var touched = GrowableBuffer<UInt32>(capacity: 0)
  /// A byte for each document, as setting bits of one word again and again would wait for memory: the lowest bit says that it
  /// matches, the others which clauses it holds, where that matters and these are few.
  var matching: GrowableBuffer<UInt8>
  /// The clauses that each document holds, where that matters and these are many; else empty.
  var held: GrowableBuffer<UInt32>
  /// Which documents were marked, as long as they are few: then nothing else need be read or cleared.
  var marks: MatchedSlots
  /// How clauses are told.
  let bits: ClauseBits
  private let tellsClauses: Bool
  /// What is set for the documents of the clause at work, and in `held`.
  private var mark: UInt8 = WindowAccumulator.matches
  private var heldBit: UInt32 = 0
  /// Documents that may reach the hits, a bit for each.
  private var reached: GrowableBuffer<UInt64>
  /// A bit for each word of `reached` that may hold any.
  private var reachedWords: GrowableBuffer<UInt64>

  /// - Parameters:
  ///   - hasX: some clause has several lists.
  ///   - clauses: how many there are if it matters which of them a document holds; else 0.
  init(capacity: Int, hasX: Bool, clauses: Int) {
    let capacity = (capacity + 63) / 64 * 64
    let xCapacity = hasX ? capacity : 0
    self.capacity = capacity
    let wordCount = capacity / 64
    tellsClauses = clauses > 0
    bits = ClauseBits(clauses)
    let heldCount = bits.areFew ? 0 : capacity
    held = GrowableBuffer(capacity: heldCount)
    held.append(repeating: 0, count: heldCount)
    matching = GrowableBuffer(capacity: capacity)
    matching.append(repeating: 0, count: capacity)
    marks = MatchedSlots(capacity / 16)
    reached = GrowableBuffer(capacity: wordCount)
    reached.append(repeating: 0, count: wordCount)
    reachedWords = GrowableBuffer(capacity: (wordCount + 63) / 64)
    reachedWords.append(repeating: 0, count: (wordCount + 63) / 64)
    unsafe scores = .allocate(capacity: capacity)
    unsafe x = .allocate(capacity: xCapacity)
    unsafe scores.initialize(repeating: 0, count: capacity)
    unsafe x.initialize(repeating: 0, count: xCapacity)
  }

  deinit {
    unsafe scores.deallocate()
    unsafe x.deallocate()
  }

  // MARK: Clauses

  /// Of a document's byte: it matches.
  static let matches: UInt8 = 1

  /// What is added from here on belongs to a clause.
  mutating func begin(_ clause: Int) {
    guard tellsClauses else { return }
    mark = WindowAccumulator.matches | (bits.areFew ? UInt8(truncatingIfNeeded: bits.bit(clause) &<< 1) : 0)
    heldBit = bits.areFew ? 0 : bits.bit(clause)
  }

  /// What is added from here on is counted alone: which clauses the documents hold is no longer told.
  mutating func beginCounting() { (mark, heldBit) = (WindowAccumulator.matches, 0) }

  /// The clauses that some documents of the window hold, of those that were told, as `ClauseBits`.
  func readClauses(
    _ documents: borrowing GrowableBuffer<UInt32>, from base: Int, into clauses: inout GrowableBuffer<UInt32>
  ) {
    clauses.removeAll()
    let target = unsafe clauses.extend(by: documents.count)
    // Safe because: there is room for as many as there are documents.
    for index in 0..<documents.count {
      let slot = Int(documents[index]) - base
      unsafe target[index] = bits.areFew ? UInt32(matching[slot] &>> 1) : held[slot]
    }
  }

  // MARK: Adding

  /// Marks documents that match.
  @unsafe
  @inline(__always)
  func mark(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    let bytes = unsafe matching.unsafeBase
    // Safe because: the documents lie in the window, for each of which there is a byte.
    if mark != WindowAccumulator.matches {
      for index in 0..<count { unsafe bytes[Int(documents[index] &- base)] |= mark }
    } else {
      for index in 0..<count { unsafe bytes[Int(documents[index] &- base)] = WindowAccumulator.matches }
    }
    unsafe marks.add(documents, count, from: base)
    if heldBit != 0 { unsafe note(documents, count, from: base) }
  }

  /// Notes that documents hold the clause at work, one of many.
  @unsafe
  private func note(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    let words = unsafe held.unsafeBase
    // Safe because: as above; there is a word for each.
    for index in 0..<count { unsafe words[Int(documents[index] &- base)] |= heldBit }
  }

  /// How many of some documents have been marked.
  @unsafe
  @inline(__always)
  func overlap(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) -> Int {
    let bytes = unsafe matching.unsafeBase
    var found = 0
    // Safe because: as above.
    if tellsClauses {
      for index in 0..<count { unsafe found &+= Int(bytes[Int(documents[index] &- base)] & WindowAccumulator.matches) }
    } else {
      for index in 0..<count { unsafe found &+= Int(bytes[Int(documents[index] &- base)]) }
    }
    return found
  }

  /// Whether none of some documents of the window has been marked; false also if one close to them has.
  @inline(__always)
  func isEmpty(_ slots: ClosedRange<Int>) -> Bool {
    precondition(slots.lowerBound >= 0 && slots.upperBound < capacity)
    let bytes = unsafe UnsafeRawPointer(matching.unsafeBase)
    for eight in slots.lowerBound &>> 3...slots.upperBound &>> 3 {
      // Safe because: the capacity is a multiple of 64.
      if unsafe bytes.loadUnaligned(fromByteOffset: eight &<< 3, as: UInt64.self) != 0 { return false }
    }
    return true
  }

  /// A document's score is now `score`.
  @inline(__always)
  func reach(_ slot: Int, _ score: Float) {
    guard score >= cut else { return }
    // Safe because: there is a bit for each document of the window, and for each word of them.
    unsafe reached.unsafeBase[slot &>> 6] |= 1 &<< UInt64(slot & 63)
    unsafe reachedWords.unsafeBase[slot &>> 12] |= 1 &<< UInt64((slot &>> 6) & 63)
  }

  /// Notes documents whose x was added to.
  @unsafe
  mutating func touch(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    // Safe because: there is room for `count` more.
    let target = unsafe touched.extend(by: count)
    for index in 0..<count { unsafe target[index] = documents[index] &- base }
  }

  /// Adds weight * x / (1 + x) to the scores of all documents whose x was added to; x is zero again.
  mutating func saturate(_ weight: Float) {
    for index in 0..<touched.count {
      // Safe because: `touch` was given documents of the window.
      let slot = unsafe Int(touched[unchecked: index])
      let score = unsafe scores[slot] + BM25.saturated(x[slot], weight)
      unsafe x[slot] = 0
      unsafe scores[slot] = score
      reach(slot, score)
    }
    touched.removeAll()
  }

  // MARK: Reading

  /// Passes on the documents that reach the cut, with their scores; all scores are zero again.
  ///
  /// - Parameters:
  ///   - window: as many documents as have been scored; it begins at a multiple of 64.
  ///   - allowed: documents that may match; nil for all.
  mutating func take(_ window: Range<Int>, _ allowed: DocumentSet?, into survivors: inout WindowCandidates) {
    for group in 0..<reachedWords.count {
      var words = reachedWords[group]
      reachedWords[group] = 0
      while words != 0 {
        take(word: group &<< 6 | words.trailingZeroBitCount, from: window.lowerBound, allowed, into: &survivors)
        words &= words &- 1
      }
    }
    clearScores(window.count)
  }

  private mutating func take(
    word: Int, from start: Int, _ allowed: DocumentSet?, into survivors: inout WindowCandidates
  ) {
    var bits = reached[word]
    reached[word] = 0
    if let allowed { bits &= allowed.words[start >> 6 + word] }
    while bits != 0 {
      let slot = word &<< 6 | bits.trailingZeroBitCount
      bits &= bits &- 1
      // Safe because: the board has a score for each bit.
      survivors.add(UInt32(start + slot), unsafe scores[slot])
    }
  }

  private func clearScores(_ count: Int) {
    // Safe because: marks are places in the window, which the board covers.
    guard let slots = unsafe marks.slots else { return unsafe scores.update(repeating: 0, count: count) }
    for index in 0..<marks.count { unsafe scores[Int(slots[index])] = 0 }
  }
}
