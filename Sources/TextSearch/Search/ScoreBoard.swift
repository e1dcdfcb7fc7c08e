/// Scores of the documents of a window, added up list by list.
///
/// A document that matches has a score above zero; one that is only counted has a mark, which is lost in any real score. All is
/// zero again once a window was read (`Reader`), so nothing is cleared twice.
@safe
struct ScoreBoard: ~Copyable {
  /// So small that it changes no score.
  static let mark = Float.leastNormalMagnitude

  /// Documents that the board covers: a multiple of 64.
  let capacity: Int
  // Safe because: each holds `capacity` values (x none where every clause has one list and `addParts` is never called),
  // allocated here and freed in `deinit`; all zero between windows.
  let scores: UnsafeMutablePointer<Float>
  let x: UnsafeMutablePointer<Float>
  /// Documents whose x was added to, by their places in the window; some come again.
  private var touched = GrowableBuffer<UInt32>(capacity: 0)
  /// Few documents of a window match: they are noted in a bit for each, so that not all scores need be looked at.
  private let isSparse: Bool
  /// Rows of bits, a bit for each document of the window: one row for all clauses, or for each its own where it matters
  /// which words a document holds; none where neither matters.
  private let rowCount: Int
  private let wordCount: Int
  private var noted: GrowableBuffer<UInt64>
  /// Where the row of the clause at work begins.
  private var row = 0

  /// - Parameters:
  ///   - hasX: some clause has several lists.
  ///   - isSparse: few documents match.
  ///   - clauses: how many there are if it matters which of them a document holds; else 0.
  init(capacity: Int, hasX: Bool, isSparse: Bool, clauses: Int) {
    let capacity = (capacity + 63) / 64 * 64
    let xCapacity = hasX ? capacity : 0
    self.capacity = capacity
    self.isSparse = isSparse
    rowCount = max(clauses, isSparse ? 1 : 0)
    wordCount = capacity / 64
    noted = GrowableBuffer(capacity: rowCount * wordCount)
    noted.append(repeating: 0, count: rowCount * wordCount)
    unsafe scores = .allocate(capacity: capacity)
    unsafe x = .allocate(capacity: xCapacity)
    unsafe scores.initialize(repeating: 0, count: capacity)
    unsafe x.initialize(repeating: 0, count: xCapacity)
  }

  deinit {
    unsafe scores.deallocate()
    unsafe x.deallocate()
  }

  /// What is added from here on belongs to a clause.
  mutating func begin(_ clause: Int) { row = rowCount > 1 ? clause * wordCount : 0 }

  /// Which documents hold the clause is not known: each may.
  mutating func noteAll(_ clause: Int) {
    guard rowCount > 1 else { return }
    for word in clause * wordCount..<(clause + 1) * wordCount { noted[word] = .max }
  }

  /// Whether a document of the window may hold both words of a pair.
  @inline(__always)
  func holds(_ pair: PairBound, _ slot: Int) -> Bool {
    both(pair, slot >> 6) &>> UInt64(slot & 63) & 1 != 0
  }

  /// Which of 64 documents of the window may hold both words of a pair.
  @inline(__always)
  func both(_ pair: PairBound, _ word: Int) -> UInt64 {
    let place = pair.first &* wordCount &+ word
    return noted[place] & noted[place &+ wordCount]
  }

  /// Notes documents that match, where that is wanted.
  @unsafe
  @inline(__always)
  func note(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    guard rowCount > 0 else { return }
    let words = unsafe noted.unsafeBase + row
    for index in 0..<count {
      // Safe because: the documents lie in the window, for each of which a row has a bit.
      let slot = unsafe Int(documents[index] &- base)
      unsafe words[slot &>> 6] |= 1 &<< UInt64(slot & 63)
    }
  }

  /// Ends the window.
  mutating func clearNotes() {
    for word in 0..<noted.count { noted[word] = 0 }
  }

  /// Notes documents whose x was added to.
  @unsafe
  mutating func touch(_ documents: UnsafePointer<UInt32>, _ count: Int, from base: UInt32) {
    let start = touched.count
    touched.append(repeating: 0, count: count)
    // Safe because: there is room for `count` more.
    let target = unsafe touched.unsafeBase + start
    for index in 0..<count { unsafe target[index] = documents[index] &- base }
  }

  /// Adds weight * x / (1 + x) to the scores of all documents whose x was added to; x is zero again.
  mutating func saturate(_ weight: Float) {
    for index in 0..<touched.count {
      // Safe because: `touch` was given documents of the window.
      let slot = unsafe Int(touched[unchecked: index])
      let value = unsafe x[slot]
      unsafe x[slot] = 0
      unsafe scores[slot] += BM25.saturated(value, weight)
    }
    touched.removeAll()
  }

  /// Takes documents off the board that are not allowed. Windows begin at multiples of 64.
  func keep(_ allowed: DocumentSet, _ window: Range<Int>) {
    for word in window.lowerBound >> 6..<(window.upperBound + 63) >> 6 {
      let start = word << 6 - window.lowerBound
      var gone = ~allowed.words[word]
      while gone != 0 {
        // Safe because: the board covers whole words of the window.
        unsafe scores[start &+ gone.trailingZeroBitCount] = 0
        gone &= gone &- 1
      }
    }
  }

  /// Reads the scores of a window and sets them to zero.
  ///
  /// - Parameters:
  ///   - window: as many documents as are read.
  ///   - cut: documents from this score on are passed on; above zero.
  /// - Returns: how many documents have any score.
  func take(_ window: Range<Int>, from cut: Float, into survivors: inout Survivors) -> Int {
    isSparse ? takeNoted(window, from: cut, into: &survivors) : takeAll(window, from: cut, into: &survivors)
  }

  private func takeNoted(_ window: Range<Int>, from cut: Float, into survivors: inout Survivors) -> Int {
    var found = 0
    for word in 0..<(window.count + 63) / 64 {
      var bits: UInt64 = 0
      for row in 0..<rowCount { bits |= noted[row * wordCount + word] }
      while bits != 0 {
        // Safe because: the board has a score for each bit.
        let slot = word &<< 6 | bits.trailingZeroBitCount
        bits &= bits &- 1
        let score = unsafe scores[slot]
        unsafe scores[slot] = 0
        // Zero where the document is not allowed.
        found &+= score > 0 ? 1 : 0
        if score >= cut { survivors.add(UInt32(window.lowerBound + slot), score) }
      }
    }
    return found
  }

  private func takeAll(_ window: Range<Int>, from cut: Float, into survivors: inout Survivors) -> Int {
    var found = SIMD4<Int32>.zero
    let wanted = SIMD4<Float>(repeating: cut)
    var start = 0
    while start < window.count {
      // Safe because: `capacity` is a multiple of 16 and not below the window; behind it all is zero.
      let rows = unsafe UnsafeMutableRawPointer(scores + start)
      var high = SIMD2<UInt64>.zero
      for row in 0..<4 {
        let four = unsafe rows.loadUnaligned(fromByteOffset: 16 &* row, as: SIMD4<Float>.self)
        found &-= unsafe unsafeBitCast(four .> SIMD4<Float>.zero, to: SIMD4<Int32>.self)
        high |= unsafe unsafeBitCast(four .>= wanted, to: SIMD2<UInt64>.self)
      }
      if high[0] | high[1] != 0 { pass(start, window, from: cut, to: &survivors) }
      for row in 0..<4 { unsafe rows.storeBytes(of: .zero, toByteOffset: 16 &* row, as: SIMD4<Float>.self) }
      start &+= 16
    }
    return Int(found.wrappedSum())
  }

  /// Passes on those of sixteen documents that score enough.
  private func pass(_ start: Int, _ window: Range<Int>, from cut: Float, to survivors: inout Survivors) {
    for slot in start..<start + 16 {
      // Safe because: as above.
      let score = unsafe scores[slot]
      if score >= cut { survivors.add(UInt32(window.lowerBound + slot), score) }
    }
  }
}
