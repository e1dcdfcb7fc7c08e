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
  private var touched = GrowableBuffer<UInt32>(capacity: 256)

  /// - Parameter hasX: some clause has several lists.
  init(capacity: Int, hasX: Bool) {
    let capacity = (capacity + 63) / 64 * 64
    let xCapacity = hasX ? capacity : 0
    self.capacity = capacity
    unsafe scores = .allocate(capacity: capacity)
    unsafe x = .allocate(capacity: xCapacity)
    unsafe scores.initialize(repeating: 0, count: capacity)
    unsafe x.initialize(repeating: 0, count: xCapacity)
  }

  deinit {
    unsafe scores.deallocate()
    unsafe x.deallocate()
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
  ///   - cut: scores from here on are passed on, with their places in the window; above zero.
  ///   - body: gives the cut from then on.
  /// - Returns: how many documents have any score.
  @inline(__always)
  func take(_ count: Int, from cut: Float, _ body: (Int, Float) -> Float) -> Int {
    var cut = cut
    var found = SIMD4<Int32>.zero
    var start = 0
    while start < count {
      // Safe because: `capacity` is a multiple of 4 and not below `count`; behind the window all is zero.
      let row = unsafe UnsafeMutableRawPointer(scores + start)
      let four = unsafe row.loadUnaligned(as: SIMD4<Float>.self)
      found &-= unsafe unsafeBitCast(four .> SIMD4<Float>.zero, to: SIMD4<Int32>.self)
      unsafe row.storeBytes(of: .zero, as: SIMD4<Float>.self)
      let high = unsafe unsafeBitCast(four .>= SIMD4<Float>(repeating: cut), to: SIMD2<UInt64>.self)
      if high[0] | high[1] != 0 {
        for lane in 0..<4 where four[lane] >= cut { cut = body(start &+ lane, four[lane]) }
      }
      start &+= 4
    }
    return Int(found.wrappedSum())
  }
}
