/// A table of fixed size that several threads fill at once, each its own elements.
@safe
final class SharedTable<Element: BitwiseCopyable>: @unchecked Sendable {
  // Safe because: `count` elements are mapped here and unmapped once; no two threads write one element or read what
  // another is writing (an obligation of the callers, checked by tests under the thread sanitizer).
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  /// Creates a table of `count` elements, all bytes zero.
  init(count: Int) {
    self.count = count
    let address = unsafe SystemCalls.allocatePages(SharedTable.size(count))
    unsafe base = address.bindMemory(to: Element.self, capacity: max(1, count))
  }

  deinit { unsafe SystemCalls.freePages(base, SharedTable.size(count)) }

  /// Returns the bytes to map for `count` elements.
  private static func size(_ count: Int) -> Int { max(1, count) * MemoryLayout<Element>.stride }

  /// The element at `index`, which must be below `count`.
  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      return unsafe base[index]
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      unsafe base[index] = newValue
    }
  }

  /// Returns the elements of a range. They must be written already and must not be changed while the span lives.
  @_lifetime(borrow self)
  func span(_ range: Range<Int>) -> Span<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
    let span = unsafe Span(_unsafeStart: base + range.lowerBound, count: range.count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }
}
