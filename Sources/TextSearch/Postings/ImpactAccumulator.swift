/// The impacts of some postings: pairs of a frequency and a length code, so that no posting has both a higher frequency and a
/// shorter length than every pair. A score that grows with the frequency and falls with the length is bounded by its value at
/// the pairs, whatever the statistics and parameters (Ding and Suel 2011 store maximum scores, which depend on them).
struct ImpactAccumulator: ~Copyable {
  struct Impact: Equatable, BitwiseCopyable {
    var frequency: UInt8
    var length: UInt8
  }

  /// Returns the maximum of weight * frequency / K over impacts in eight bytes (`SkipEntries.impactWord`); infinite
  /// where a frequency stands for all above it.
  ///
  /// - Parameter lengthNorm: 1 / K of a length code.
  @inline(__always)
  static func maximum(_ impacts: UInt64, _ weight: Float, _ lengthNorm: (Int) -> Float) -> Float {
    var maximum: Float = 0
    var impacts = impacts
    for _ in 0..<PostingFormat.impactsPerEntry {
      let frequency = Int(truncatingIfNeeded: impacts & 0xFF)
      if frequency == PostingFormat.maximumFrequency { return .infinity }
      maximum = max(maximum, weight * Float(frequency) * lengthNorm(Int(truncatingIfNeeded: (impacts &>> 8) & 0xFF)))
      impacts = impacts &>> 16
    }
    return maximum
  }

  /// The shortest length code seen with each frequency; 255 also stands for none.
  private var shortest = GrowableBuffer<UInt8>(capacity: 256)
  private var highest = 0

  init() { shortest.append(repeating: .max, count: 256) }

  /// Adds a posting. `length` is a length code.
  @inline(__always)
  mutating func add(frequency: Int, length: UInt8) {
    let frequency = min(frequency, PostingFormat.maximumFrequency)
    highest = max(highest, frequency)
    shortest[frequency] = min(shortest[frequency], length)
  }

  mutating func add(_ impacts: [Impact]) {
    for impact in impacts { add(frequency: Int(impact.frequency), length: impact.length) }
  }

  /// Returns the impacts, the highest frequency first, and starts anew.
  mutating func take() -> [Impact] {
    var impacts: [Impact] = []
    var minimum = 256
    for frequency in stride(from: highest, through: 1, by: -1) {
      let length = shortest[frequency]
      // A length code of 255 alone does not show whether the frequency was seen; the highest one was.
      if Int(length) < minimum, length < .max || frequency == highest {
        impacts.append(Impact(frequency: UInt8(frequency), length: length))
        minimum = Int(length)
      }
      shortest[frequency] = .max
    }
    highest = 0
    return impacts
  }

  /// Returns at most four impacts that dominate all: neighbours are merged where that overstates a frequency the least.
  static func bounded(_ impacts: [Impact]) -> [Impact] {
    var impacts = impacts
    while impacts.count > PostingFormat.impactsPerEntry {
      var best = 0
      var minimum = Int.max
      for index in 0..<impacts.count - 1 {
        let loss = Int(impacts[index].frequency) - Int(impacts[index + 1].frequency)
        if loss < minimum {
          minimum = loss
          best = index
        }
      }
      impacts[best].length = impacts[best + 1].length
      impacts.remove(at: best + 1)
    }
    return impacts
  }
}
