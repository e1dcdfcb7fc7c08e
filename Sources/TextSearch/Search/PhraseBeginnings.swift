/// Where a phrase may begin in each of some documents, as far as its words have been looked at.
struct PhraseBeginnings: ~Copyable {
  /// Documents whose beginnings lie within so many places are looked at without comparing position by position.
  private static let span = 4096
  /// Fewer positions are compared one by one.
  private static let few = 8

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
    let run = PhraseBeginnings.run(sums, first, count, offset)
    let start = starts.count
    // One more, which is written to where nothing more is kept.
    starts.append(repeating: 0, count: run.count + 1)
    // Safe because: there is room for the run's values, which `run` has found in `sums`.
    let (source, target) = unsafe (sums.unsafeBase + run.first, starts.unsafeBase + start)
    for index in 0..<run.count { unsafe target[index] = source[index] &- run.base }
    stretches[document] = PhraseStretch(start: start, count: run.count)
  }

  /// Keeps the beginnings of a document that are among those that follow from the positions of another word.
  @inline(__always)
  mutating func narrow(
    _ document: Int, _ sums: borrowing GrowableBuffer<UInt32>, _ first: Int, _ count: Int, _ offset: UInt32
  ) {
    let run = PhraseBeginnings.run(sums, first, count, offset)
    let stretch = stretches[document]
    precondition(stretch.count == 0 || stretch.start + stretch.count < starts.count)
    // Safe because: both stretches lie in their buffers.
    let (own, others) = unsafe (starts.unsafeBase + stretch.start, sums.unsafeBase + run.first)
    guard stretch.count > 0, run.count > 0 else {
      stretches[document].count = 0
      return
    }
    let isShort = stretch.count + run.count < PhraseBeginnings.few
    let distance = unsafe own[stretch.count - 1] &- own[0]
    stretches[document].count =
      isShort || distance >= UInt32(PhraseBeginnings.span)
      ? unsafe PhraseBeginnings.merge(own, stretch.count, others, run.count, run.base)
      : unsafe mark(own, stretch.count, others, run.count, run.base, distance)
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

  /// Keeps what both have, in ascending order; gives how many that are.
  @unsafe
  @inline(__always)
  private static func merge(
    _ own: UnsafeMutablePointer<UInt32>, _ count: Int, _ others: UnsafePointer<UInt32>, _ otherCount: Int, _ base: UInt32
  ) -> Int {
    var (kept, left, right) = (0, 0, 0)
    // Without branches that nothing could foresee.
    while left < count, right < otherCount {
      let (start, other) = unsafe (own[left], others[right] &- base)
      unsafe own[kept] = start
      kept &+= start == other ? 1 : 0
      left &+= start <= other ? 1 : 0
      right &+= other <= start ? 1 : 0
    }
    return kept
  }

  /// The same by marking the places of one, and looking up those of the other: no step waits for the one before.
  @unsafe
  @inline(__always)
  private mutating func mark(
    _ own: UnsafeMutablePointer<UInt32>, _ count: Int, _ others: UnsafePointer<UInt32>, _ otherCount: Int,
    _ base: UInt32, _ distance: UInt32
  ) -> Int {
    if marks.isEmpty || comparison == .max {
      marks.removeAll()
      marks.append(repeating: 0, count: PhraseBeginnings.span + 1)
      comparison = 0
    }
    comparison += 1
    let (number, first) = unsafe (comparison, own[0])
    // Safe because: behind the `count` beginnings stands one more value; places are at most `distance`, which is below the span; others are made the span, the last place.
    let marks = unsafe marks.unsafeBase
    for index in 0..<count { unsafe marks[Int(min(own[index] &- first, distance))] = number }
    var kept = 0
    for index in 0..<otherCount {
      let start = unsafe others[index] &- base
      let place = start &- first
      unsafe own[min(kept, count)] = start
      let isBeginning = unsafe marks[Int(min(place, UInt32(PhraseBeginnings.span)))] == number
      kept &+= isBeginning ? 1 : 0
    }
    return min(kept, count)
  }
}
