/// The highest (frequency, length) pairs of some postings: no posting has both a higher frequency and a shorter
/// length than every pair, so a score that grows with frequency and falls with length is bounded by its value at
/// the pairs, whatever the statistics and parameters (Ding and Suel 2011 store scores; pairs outlive them).
struct ImpactAccumulator: ~Copyable {
  struct Impact: Equatable, BitwiseCopyable {
    var frequency: UInt8
    var length: UInt8
  }

  /// The most that weight * frequency / K is under a block's front, given as eight bytes (`SkipEntries.impactWord`); infinite
  /// where a frequency stands for all above it.
  ///
  /// - Parameter normalizer: 1 / K of a length code.
  @inline(__always)
  static func maximum(_ front: UInt64, _ weight: Float, _ lengthNorm: (Int) -> Float) -> Float {
    var maximum: Float = 0
    var front = front
    for _ in 0..<PostingFormat.frontSize {
      let frequency = Int(truncatingIfNeeded: front & 0xFF)
      if frequency == PostingFormat.manyTimes { return .infinity }
      maximum = max(maximum, weight * Float(frequency) * lengthNorm(Int(truncatingIfNeeded: (front &>> 8) & 0xFF)))
      front = front &>> 16
    }
    return maximum
  }

  /// The shortest length code seen with each frequency; 255 also stands for none.
  private var shortest = GrowableBuffer<UInt8>(capacity: 256)
  private var highest = 0

  init() { shortest.append(repeating: .max, count: 256) }

  /// Takes in a posting. `length` is a length code.
  @inline(__always)
  mutating func add(frequency: Int, length: UInt8) {
    let frequency = min(frequency, PostingFormat.manyTimes)
    highest = max(highest, frequency)
    shortest[frequency] = min(shortest[frequency], length)
  }

  mutating func add(_ pairs: [Impact]) {
    for pair in pairs { add(frequency: Int(pair.frequency), length: pair.length) }
  }

  /// The pairs of the front, highest frequency first, and begins anew.
  mutating func take() -> [Impact] {
    var pairs: [Impact] = []
    var minimum = 256
    for frequency in stride(from: highest, through: 1, by: -1) {
      let length = shortest[frequency]
      // A length code of 255 alone does not tell whether the frequency was seen; the highest one was.
      if Int(length) < minimum, length < .max || frequency == highest {
        pairs.append(Impact(frequency: UInt8(frequency), length: length))
        minimum = Int(length)
      }
      shortest[frequency] = .max
    }
    highest = 0
    return pairs
  }

  /// At most `frontSize` pairs that dominate all of a front's: neighbours are joined where that overstates the least.
  static func bounded(_ pairs: [Impact]) -> [Impact] {
    var pairs = pairs
    while pairs.count > PostingFormat.frontSize {
      var best = 0
      var minimum = Int.max
      for index in 0..<pairs.count - 1 {
        let loss = Int(pairs[index].frequency) - Int(pairs[index + 1].frequency)
        if loss < minimum {
          minimum = loss
          best = index
        }
      }
      pairs[best].length = pairs[best + 1].length
      pairs.remove(at: best + 1)
    }
    return pairs
  }
}
