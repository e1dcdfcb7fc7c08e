/// The positions at which a phrase may start in each of some documents, by the words that were looked at.
struct PhraseStarts: ~Copyable {
  /// Starts within a range of this many positions are compared at once.
  private static let span: UInt32 = 4096

  /// The starts of a document in the buffer of all.
  struct StartRange: BitwiseCopyable {
    var first = 0
    var count = 0
  }

  private var starts = GrowableBuffer<UInt32>(capacity: 512)
  private var ranges = GrowableBuffer<StartRange>(capacity: PostingFormat.blockSize)
  /// For each position after a document's first start the number of the last comparison in which the phrase may start
  /// there. The stamp after the span is never set.
  private var stamps = GrowableBuffer<UInt32>(capacity: 0)
  private var comparison: UInt32 = 0

  /// Begins anew with `count` documents.
  mutating func reset(_ count: Int) {
    starts.removeAll()
    ranges.removeAll()
    ranges.append(repeating: StartRange(), count: count)
  }

  /// Returns the number of starts in a document.
  @inline(__always)
  func count(_ document: Int) -> Int { ranges[document].count }

  /// Sets the starts of a document from the positions of the word that is looked at first.
  ///
  /// - Parameters:
  ///   - sums: as those of a `PositionDecoder`; the document's `count` values follow that at `first`.
  ///   - offset: the word's offset in the phrase.
  @inline(__always)
  mutating func begin(
    _ document: Int, _ sums: borrowing GrowableBuffer<UInt32>, first: Int, count: Int, offset: UInt32
  ) {
    let run = PhraseStarts.positions(sums, first: first, count: count, offset: offset)
    let start = starts.count
    // Safe because: there is room for the values, which `positions` has found in `sums`, and for one more, which is
    // written to where nothing more is kept.
    // Few starts are copied and compared four at a time.
    starts.reserve(run.count + 1 + PositionDecoder.padding)
    let (source, target) = unsafe (sums.unsafeBase + run.first, starts.extend(by: run.count + 1))
    if run.count <= 4 {
      // Safe because: after the values of either there is room for four more.
      let four = unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD4<UInt32>.self) &- SIMD4(repeating: run.base)
      unsafe UnsafeMutableRawPointer(target).storeBytes(of: four, as: SIMD4<UInt32>.self)
    } else {
      for index in 0..<run.count { unsafe target[index] = source[index] &- run.base }
    }
    unsafe target[run.count] = 0
    ranges[document] = StartRange(first: start, count: run.count)
  }

  /// Keeps the starts of a document that also follow from the positions of another word; parameters as of `begin`.
  @inline(__always)
  mutating func narrow(
    _ document: Int, _ sums: borrowing GrowableBuffer<UInt32>, first: Int, count: Int, offset: UInt32
  ) {
    let run = PhraseStarts.positions(sums, first: first, count: count, offset: offset)
    let range = ranges[document]
    precondition(range.count == 0 || range.first + range.count < starts.count)
    guard range.count > 0, run.count > 0 else {
      ranges[document].count = 0
      return
    }
    // Safe because: both ranges lie in their buffers, and one more value follows the starts.
    let (own, others) = unsafe (starts.unsafeBase + range.first, sums.unsafeBase + run.first)
    ranges[document].count =
      range.count <= 4 && run.count <= 8
      ? unsafe PhraseStarts.keepFew(own, range.count, of: others, count: run.count, base: run.base)
      : unsafe keep(own, range.count, of: others, count: run.count, base: run.base)
  }

  /// Keeps what `keep` keeps of at most four starts and eight others: compares each with each, without a branch, as how many there
  /// are cannot be predicted.
  @unsafe
  @inline(__always)
  private static func keepFew(
    _ own: UnsafeMutablePointer<UInt32>, _ count: Int, of others: UnsafePointer<UInt32>, count otherCount: Int,
    base: UInt32
  ) -> Int {
    let lanes = SIMD4<UInt32>(0, 1, 2, 3)
    let wanted = SIMD4(repeating: UInt32(truncatingIfNeeded: otherCount))
    // Safe because: after the values of either there is room for eight more.
    var low = unsafe UnsafeRawPointer(others).loadUnaligned(as: SIMD4<UInt32>.self) &- SIMD4(repeating: base)
    var high = unsafe UnsafeRawPointer(others + 4).loadUnaligned(as: SIMD4<UInt32>.self) &- SIMD4(repeating: base)
    // No start is that far back.
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

  /// Returns the range of sums that belong to positions from `offset` on, and what to subtract from them for the starts.
  @inline(__always)
  private static func positions(
    _ sums: borrowing GrowableBuffer<UInt32>, first: Int, count: Int, offset: UInt32
  ) -> (first: Int, count: Int, base: UInt32) {
    precondition(first >= 0 && count >= 0 && first + count < sums.count)
    let base = sums[first] &+ 1
    var passed = 0
    // Other words of the phrase precede the word.
    while passed < count, sums[first + 1 + passed] &- base < offset { passed &+= 1 }
    return (first + 1 + passed, count - passed, base &+ offset)
  }

  /// Keeps the starts that are among others, less `base`; returns their number.
  ///
  /// Those within a span have their positions stamped, and the others are looked up there: no step waits for the one before, or
  /// depends on what it found.
  @unsafe
  @inline(__always)
  private mutating func keep(
    _ own: UnsafeMutablePointer<UInt32>, _ count: Int, of others: UnsafePointer<UInt32>, count otherCount: Int,
    base: UInt32
  ) -> Int {
    var (kept, left, right) = (0, 0, 0)
    while left < count, right < otherCount {
      let number = nextComparison()
      // Safe because: distances are below the span; others are made the span, the last stamp.
      let stamps = unsafe stamps.unsafeBase
      let first = unsafe own[left]
      while left < count, unsafe own[left] &- first < PhraseStarts.span {
        unsafe stamps[Int(own[left] &- first)] = number
        left &+= 1
      }
      // The value after these may be written to.
      let next = unsafe own[left]
      let end = left < count ? next : .max
      while right < otherCount {
        let start = unsafe others[right] &- base
        if start >= end { break }
        unsafe own[min(kept, left)] = start
        let distance = Int(min(start &- first, PhraseStarts.span))
        kept &+= unsafe stamps[distance] == number ? 1 : 0
        right &+= 1
      }
      unsafe own[left] = next
    }
    return min(kept, count)
  }

  @inline(__always)
  private mutating func nextComparison() -> UInt32 {
    if stamps.isEmpty || comparison == .max {
      stamps.removeAll()
      stamps.append(repeating: 0, count: Int(PhraseStarts.span) + 1)
      comparison = 0
    }
    comparison &+= 1
    return comparison
  }
}
