/// A table of fixed size that several threads fill at once, each its own places.
@safe
final class SharedTable<Element: BitwiseCopyable>: @unchecked Sendable {
  // Safe because: `count` elements are mapped here and unmapped once; no two threads write one place or read what
  // another is writing (the users' part, which the thread sanitizer watches in the tests).
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  /// The places hold zero bytes until they are written.
  init(count: Int) {
    self.count = count
    let address = unsafe SystemCalls.allocatePages(SharedTable.size(count))
    unsafe base = address.bindMemory(to: Element.self, capacity: max(1, count))
  }

  deinit { unsafe SystemCalls.freePages(base, SharedTable.size(count)) }

  private static func size(_ count: Int) -> Int { max(1, count) * MemoryLayout<Element>.stride }

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

  /// Places that are written and stay as they are while they are read.
  @_lifetime(borrow self)
  func span(_ range: Range<Int>) -> Span<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
    let span = unsafe Span(_unsafeStart: base + range.lowerBound, count: range.count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }
}
