/// A binary heap of ascending sequences of byte strings, ordered by their heads.
struct MergeOrder {
  private var heads: [[UInt8]]
  private var heap: [Int] = []

  /// - Parameter sequences: their number; `push` adds the first head of each.
  init(sequences: Int) { heads = [[UInt8]](repeating: [], count: sequences) }

  var isEmpty: Bool { heap.isEmpty }

  /// The sequence with the smallest head; of equal ones the first.
  var first: Int { heap[0] }

  func head(_ sequence: Int) -> [UInt8] { heads[sequence] }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (heads[a], heads[b])
    return x == y ? a < b : x.lexicographicallyPrecedes(y)
  }

  /// Enters the next head of a sequence that is not in the heap.
  mutating func push(_ sequence: Int, _ head: [UInt8]) {
    heads[sequence] = head
    heap.append(sequence)
    var slot = heap.count - 1
    while slot > 0, precedes(heap[slot], heap[(slot - 1) / 2]) {
      heap.swapAt(slot, (slot - 1) / 2)
      slot = (slot - 1) / 2
    }
  }

  /// Removes the sequence with the smallest head and returns it.
  mutating func pop() -> Int {
    let minimum = heap[0]
    let last = heap.removeLast()
    guard !heap.isEmpty else { return minimum }
    heap[0] = last
    var slot = 0
    while true {
      var child = 2 * slot + 1
      guard child < heap.count else { return minimum }
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
      guard precedes(heap[child], heap[slot]) else { return minimum }
      heap.swapAt(slot, child)
      slot = child
    }
  }
}
