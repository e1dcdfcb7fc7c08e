/// A binary heap of numbers.
struct NumberHeap {
  private var numbers: [UInt64] = []

  /// The smallest number; nil if there is none.
  var first: UInt64? { numbers.first }

  /// Adds a number.
  mutating func push(_ number: UInt64) { numbers.pushHeap(number, <) }

  /// Removes the smallest number and returns it; there must be one.
  mutating func pop() -> UInt64 { numbers.popHeap(<) }
}
