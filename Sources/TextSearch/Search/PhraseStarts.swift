/// Where a phrase may begin in each of some documents, as far as its words have been looked at.
struct PhraseStarts: ~Copyable {
  /// Beginnings within so many places are compared at once.
  private static let span: UInt32 = 4096

  private var starts = GrowableBuffer<UInt32>(capacity: 512)
  private var stretches = GrowableBuffer<PhraseStretch>(capacity: PostingFormat.blockSize)
  /// For each place behind a document's first beginning the number of the last comparison in which the phrase may begin
  /// there. The last place of all is never one.
  private var marks = GrowableBuffer<UInt32>(capacity: 0)
  private var comparison: UInt32 = 0

  /// Begins anew with so many documents.
  mutating func reset(_ count: Int) {
    starts.removeAll()
    stretches.removeAll()
    stretches.append(repeating: PhraseStretch(), count: count)
  }

  @inline(__always)
  func count(_ document: Int) -> Int { stretches[document].count }

  /// Sets the beginnings of a document from the positions of the word that is looked at first.
  ///
  /// - Parameters:
  ///   - sums: as those of a `PositionRun`; the document's `count` values follow that at `first`.
  ///   - offset: the word's place in the phrase.
  @inline(__always)
  mutating func begin(
    _ document: Int, _ sums: borrowing GrowableBuffer<UInt32>, _ first: Int, _ count: Int, _ offset: UInt32
  ) {
    let run = PhraseStarts.run(sums, first, count, offset)
    let start = starts.count
    // Safe because: there is room for the run's values, which `run` has found in `sums`, and for one more, which is
    // written to where nothing more is kept.
    // Short stretches are copied and compared four at a time.
    starts.reserve(run.count + 1 + PositionRun.padding)
    let (source, target) = unsafe (sums.unsafeBase + run.first, starts.extend(by: run.count + 1))
    if run.count <= 4 {
      // Safe because: behind the values of either there is room for four more.
      let four = unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD4<UInt32>.self) &- SIMD4(repeating: run.base)
      unsafe UnsafeMutableRawPointer(target).storeBytes(of: four, as: SIMD4<UInt32>.self)
    } else {
      for index in 0..<run.count { unsafe target[index] = source[index] &- run.base }
    }
    unsafe target[run.count] = 0
    stretches[document] = PhraseStretch(start: start, count: run.count)
  }

  /// Keeps the beginnings of a document that are among those that follow from the positions of another word.
  @inline(__always)
  mutating func narrow(
    _ document: Int, _ sums: borrowing GrowableBuffer<UInt32>, _ first: Int, _ count: Int, _ offset: UInt32
  ) {
    let run = PhraseStarts.run(sums, first, count, offset)
    let stretch = stretches[document]
    precondition(stretch.count == 0 || stretch.start + stretch.count < starts.count)
    guard stretch.count > 0, run.count > 0 else {
      stretches[document].count = 0
      return
    }
    // Safe because: both stretches lie in their buffers, and a value more stands behind the beginnings.
    let (own, others) = unsafe (starts.unsafeBase + stretch.start, sums.unsafeBase + run.first)
    stretches[document].count =
      stretch.count <= 4 && run.count <= 8
      ? unsafe PhraseStarts.keepFew(own, stretch.count, others, run.count, run.base)
      : unsafe keep(own, stretch.count, others, run.count, run.base)
  }

  /// The same as `keep` of at most four beginnings and eight others: each with each, without a branch, as how many there are
  /// cannot be foreseen.
  @unsafe
  @inline(__always)
  private static func keepFew(
    _ own: UnsafeMutablePointer<UInt32>, _ count: Int, _ others: UnsafePointer<UInt32>, _ otherCount: Int,
    _ base: UInt32
  ) -> Int {
    let lanes = SIMD4<UInt32>(0, 1, 2, 3)
    let wanted = SIMD4(repeating: UInt32(truncatingIfNeeded: otherCount))
    // Safe because: behind the values of either there is room for eight more.
    var low = unsafe UnsafeRawPointer(others).loadUnaligned(as: SIMD4<UInt32>.self) &- SIMD4(repeating: base)
    var high = unsafe UnsafeRawPointer(others + 4).loadUnaligned(as: SIMD4<UInt32>.self) &- SIMD4(repeating: base)
    // No beginning is so far back.
    low.replace(with: .max, where: lanes .>= wanted)
    high.replace(with: .max, where: lanes &+ 4 .>= wanted)
    var kept = 0
    for index in 0..<4 {
      let start = unsafe own[index]
      let equal = (low .== SIMD4(repeating: start)) .| (high .== SIMD4(repeating: start))
      unsafe own[kept] = start
      kept &+= any(equal) && index < count ? 1 : 0
    }
    return kept
  }

  /// The stretch of sums that positions from `offset` on have, and what to take from them for the beginnings.
  @inline(__always)
  private static func run(
    _ sums: borrowing GrowableBuffer<UInt32>, _ first: Int, _ count: Int, _ offset: UInt32
  ) -> (first: Int, count: Int, base: UInt32) {
    precondition(first >= 0 && count >= 0 && first + count < sums.count)
    let base = sums[first] &+ 1
    var passed = 0
    // Before the word stand others of the phrase.
    while passed < count, sums[first + 1 + passed] &- base < offset { passed &+= 1 }
    return (first + 1 + passed, count - passed, base &+ offset)
  }

  /// Keeps the beginnings that others, less `base`, are too; gives how many that are.
  ///
  /// Those within a span have their places marked, and the others are looked up there: no step waits for the one before, or
  /// depends on what it found (comparing front to front took 3 times as long).
  @unsafe
  @inline(__always)
  private mutating func keep(
    _ own: UnsafeMutablePointer<UInt32>, _ count: Int, _ others: UnsafePointer<UInt32>, _ otherCount: Int,
    _ base: UInt32
  ) -> Int {
    var (kept, left, right) = (0, 0, 0)
    while left < count, right < otherCount {
      let number = nextComparison()
      // Safe because: places are below the span; others are made the span, the last place.
      let marks = unsafe marks.unsafeBase
      let first = unsafe own[left]
      while left < count, unsafe own[left] &- first < PhraseStarts.span {
        unsafe marks[Int(own[left] &- first)] = number
        left &+= 1
      }
      // The value behind these may be written to.
      let next = unsafe own[left]
      let end = left < count ? next : .max
      while right < otherCount {
        let start = unsafe others[right] &- base
        if start >= end { break }
        unsafe own[min(kept, left)] = start
        let place = Int(min(start &- first, PhraseStarts.span))
        kept &+= unsafe marks[place] == number ? 1 : 0
        right &+= 1
      }
      unsafe own[left] = next
    }
    return min(kept, count)
  }

  @inline(__always)
  private mutating func nextComparison() -> UInt32 {
    if marks.isEmpty || comparison == .max {
      marks.removeAll()
      marks.append(repeating: 0, count: Int(PhraseStarts.span) + 1)
      comparison = 0
    }
    comparison &+= 1
    return comparison
  }
}
