/// Rice parameters.
enum RiceParameter {
  static let largest = 31

  /// Returns the best parameter for geometrically distributed numbers of a mean: about log2 of .69 times the mean (Witten, Moffat
  /// and Bell, "Managing gigabytes", 1999). At most 30.
  static func forMean(_ sum: UInt64, count: Int) -> Int {
    guard count > 0 else { return 0 }
    let mean = sum / UInt64(count)
    let scaled = mean / 16 * 11 + mean % 16 * 11 / 16
    return min(30, max(0, 63 - (scaled | 1).leadingZeroBitCount))
  }

  /// Returns the parameter of the gaps in the tail of a list, which follows from the share of a segment's documents that hold the
  /// term.
  static func ofGaps(documents: Int, of all: Int) -> Int {
    forMean(UInt64(max(0, all - documents)), count: documents)
  }

  /// Returns the parameter with which some values take the fewest bits, by trial around the one for their mean.
  static func best(for values: borrowing GrowableBuffer<UInt32>) -> Int {
    var sum: UInt64 = 0
    for index in 0..<values.count { sum += UInt64(values[index]) }
    let middle = forMean(sum, count: values.count)
    var best = (parameter: middle, bits: cost(of: values, middle))
    for parameter in max(0, middle - 3)...middle + 1 {
      let bits = cost(of: values, parameter)
      if bits < best.bits { best = (parameter, bits) }
    }
    return best.parameter
  }

  private static func cost(of values: borrowing GrowableBuffer<UInt32>, _ parameter: Int) -> Int {
    var bits = 0
    for index in 0..<values.count {
      let quotient = Int(values[index] >> UInt32(parameter))
      bits += quotient < BitWriter.maximumUnary ? quotient + 1 + parameter : BitWriter.maximumUnary + 32
    }
    return bits
  }
}
