/// A growable array of plain values behind one pointer, without uniqueness or exclusivity checks.
///
/// `Array` pays a uniqueness check and a reference count at each append; the buffers that are appended to
/// once per token cannot afford that (measured: 2 to 3 ns an append against 0.4). The owner is unique
/// (`~Copyable`), so no check is needed.
@safe
struct GrowableBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// Safe because: allocated here (none for a capacity of 0), `count <= capacity` always, freed once in `deinit`.
  fileprivate var base: UnsafeMutablePointer<Element>
  fileprivate(set) var count = 0
  private(set) var capacity: Int

  /// - Parameter capacity: 0 allocates nothing before the first element comes.
  init(capacity: Int = 16) {
    self.capacity = max(0, capacity)
    unsafe base = GrowableBuffer.allocated(self.capacity)
  }

  deinit {
    if capacity > 0 { unsafe base.deallocate() }
  }

  @inline(__always)
  private static func allocated(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    if capacity > 0 { return .allocate(capacity: capacity) }
    // Never dereferenced: there are no elements.
    let none = unsafe UnsafeMutablePointer<Element>(bitPattern: MemoryLayout<Element>.alignment)
    return unsafe none.unsafelyUnwrapped
  }

  var isEmpty: Bool { count == 0 }

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

  /// The element at a place that the caller knows to be below `count`.
  @unsafe
  @inline(__always)
  subscript(unchecked index: Int) -> Element {
    get {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      return unsafe base[index]
    }
    set {
      assert(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      unsafe base[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    let end = count
    if end == capacity { grow(toHold: end &+ 1) }
    unsafe base[end] = element
    count = end &+ 1
  }

  /// Inserts an element behind all that are to come before it, in a buffer of few that is so ordered.
  @inline(__always)
  mutating func insert(_ element: Element, comesBefore: (Element, Element) -> Bool) {
    append(element)
    var place = count &- 1
    while place > 0, !comesBefore(self[place &- 1], element) {
      self[place] = self[place &- 1]
      place &-= 1
    }
    self[place] = element
  }

  /// Makes room for `added` more elements.
  @inline(__always)
  mutating func reserve(_ added: Int) {
    if count + added > capacity { grow(toHold: count + added) }
  }

  mutating func append(_ elements: Span<Element>) {
    reserve(elements.count)
    let end = unsafe base + count
    // Safe because: there is room for them, and a span of this buffer cannot be read while it is changed.
    unsafe elements.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe end.update(from: first, count: source.count) }
    }
    count += elements.count
  }

  mutating func append(_ other: borrowing GrowableBuffer) {
    if count + other.count > capacity { grow(toHold: count + other.count) }
    unsafe (base + count).update(from: other.base, count: other.count)
    count += other.count
  }

  /// Appends the first elements of another buffer.
  mutating func append(first added: Int, of other: borrowing GrowableBuffer) {
    precondition(added >= 0 && added <= other.count, "cannot append more than there is")
    reserve(added)
    unsafe (base + count).update(from: other.base, count: added)
    count += added
  }

  /// Appends so many elements, for a kernel that sets them all; gives where they begin.
  @unsafe
  @inline(__always)
  mutating func extend(by added: Int) -> UnsafeMutablePointer<Element> {
    precondition(added >= 0)
    reserve(added)
    let start = unsafe base + count
    count &+= added
    return unsafe start
  }

  /// Appends `count` copies of `element`.
  mutating func append(repeating element: Element, count added: Int) {
    if count + added > capacity { grow(toHold: count + added) }
    unsafe (base + count).initialize(repeating: element, count: added)
    count += added
  }

  mutating func removeAll() { count = 0 }

  mutating func removeLast(_ removed: Int = 1) {
    precondition(removed >= 0 && removed <= count, "cannot remove more than there is")
    count -= removed
  }

  /// Gives the memory back too; `removeAll` keeps it.
  mutating func reset(capacity: Int = 16) {
    if self.capacity > 0 { unsafe base.deallocate() }
    self.capacity = max(0, capacity)
    unsafe base = GrowableBuffer.allocated(self.capacity)
    count = 0
  }

  @inline(never)
  private mutating func grow(toHold needed: Int) {
    let larger = max(needed, capacity * 2, 4)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe moved.update(from: base, count: count)
    if capacity > 0 { unsafe base.deallocate() }
    unsafe base = moved
    capacity = larger
  }

  /// Runs `body` on the address of the first element, for a kernel that keeps to `count`.
  @unsafe
  @inline(__always)
  mutating func withUnsafeBase<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result {
    unsafe body(base)
  }

  /// The address of the first element, for a kernel that keeps to `count` and ends before the buffer grows.
  @unsafe
  @inline(__always)
  var unsafeBase: UnsafeMutablePointer<Element> { unsafe base }

  /// Keeps the first `kept` elements.
  @inline(__always)
  mutating func truncate(to kept: Int) {
    precondition(kept >= 0 && kept <= count, "cannot keep more than there is")
    count = kept
  }

  var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self)
    mutating get {
      let span = unsafe MutableSpan(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }
}

extension GrowableBuffer where Element == UInt8 {
  /// Appends the bytes of an integer as they lie in memory.
  @inline(__always)
  mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(integer: Value) {
    let size = MemoryLayout<Value>.size
    reserve(size)
    // Safe because: there is room for `size` more bytes.
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: integer, as: Value.self)
    count &+= size
  }
}
