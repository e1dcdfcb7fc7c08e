// A binary heap in an array: no element precedes the one that it hangs from.
extension Array {
  /// Adds an element to the heap.
  @inline(__always)
  mutating func pushHeap(_ element: Element, _ precedes: (Element, Element) -> Bool) {
    append(element)
    var slot = count - 1
    while slot > 0, precedes(self[slot], self[(slot - 1) / 2]) {
      swapAt(slot, (slot - 1) / 2)
      slot = (slot - 1) / 2
    }
  }

  /// Removes the first element of the heap, which is not empty, and returns it.
  @inline(__always)
  mutating func popHeap(_ precedes: (Element, Element) -> Bool) -> Element {
    let first = self[0]
    let last = removeLast()
    guard !isEmpty else { return first }
    self[0] = last
    var slot = 0
    while 2 * slot + 1 < count {
      var child = 2 * slot + 1
      if child + 1 < count, precedes(self[child + 1], self[child]) { child += 1 }
      guard precedes(self[child], self[slot]) else { break }
      swapAt(slot, child)
      slot = child
    }
    return first
  }
}
