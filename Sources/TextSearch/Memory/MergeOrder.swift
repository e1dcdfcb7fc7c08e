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

  private static func precedes(_ a: Int, _ b: Int, _ heads: [[UInt8]]) -> Bool {
    let (x, y) = (heads[a], heads[b])
    return x == y ? a < b : x.lexicographicallyPrecedes(y)
  }

  /// Enters the next head of a sequence that is not in the heap.
  mutating func push(_ sequence: Int, _ head: [UInt8]) {
    heads[sequence] = head
    heap.pushHeap(sequence) { [heads] in MergeOrder.precedes($0, $1, heads) }
  }

  /// Removes the sequence with the smallest head and returns it.
  mutating func pop() -> Int { heap.popHeap { [heads] in MergeOrder.precedes($0, $1, heads) } }
}
