/// Indices with bounds, the highest bound first: a binary heap.
struct BoundHeap: ~Copyable {
  struct Item: BitwiseCopyable {
    let bound: Float
    let index: Int
  }

  private var items = GrowableBuffer<Item>(capacity: 0)

  mutating func removeAll() { items.removeAll() }

  mutating func add(_ bound: Float, _ index: Int) { items.append(Item(bound: bound, index: index)) }

  /// Makes a heap of all items that were added.
  mutating func order() {
    for parent in stride(from: items.count / 2 - 1, through: 0, by: -1) { sink(parent) }
  }

  /// Removes the highest item.
  mutating func next() -> Item? {
    guard items.count > 0 else { return nil }
    let first = items[0]
    items[0] = items[items.count - 1]
    items.removeLast()
    sink(0)
    return first
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      var child = 2 * parent + 1
      guard child < items.count else { return }
      if child + 1 < items.count, items[child + 1].bound > items[child].bound { child += 1 }
      guard items[child].bound > items[parent].bound else { return }
      let moved = items[child]
      items[child] = items[parent]
      items[parent] = moved
      parent = child
    }
  }
}
