/// A binary heap of numbers.
struct NumberHeap {
  private var numbers: [UInt64] = []

  /// The smallest number; nil if there is none.
  var first: UInt64? { numbers.first }

  /// Adds a number.
  mutating func push(_ number: UInt64) {
    numbers.append(number)
    var slot = numbers.count - 1
    while slot > 0, numbers[slot] < numbers[(slot - 1) / 2] {
      numbers.swapAt(slot, (slot - 1) / 2)
      slot = (slot - 1) / 2
    }
  }

  /// Removes the smallest number and returns it; there must be one.
  mutating func pop() -> UInt64 {
    let minimum = numbers[0]
    let last = numbers.removeLast()
    guard !numbers.isEmpty else { return minimum }
    numbers[0] = last
    var slot = 0
    while 2 * slot + 1 < numbers.count {
      var child = 2 * slot + 1
      if child + 1 < numbers.count, numbers[child + 1] < numbers[child] { child += 1 }
      guard numbers[child] < numbers[slot] else { break }
      numbers.swapAt(child, slot)
      slot = child
    }
    return minimum
  }
}
