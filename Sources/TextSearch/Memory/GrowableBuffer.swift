/// A growable array of plain values behind one pointer, without uniqueness or exclusivity checks.
///
/// `Array` pays a uniqueness check and a reference count at each append, too much for buffers that are appended to
/// once per token. The owner is unique (`~Copyable`), so no check is needed.
@safe
struct GrowableBuffer<Element: BitwiseCopyable>: ~Copyable {
  // Safe because: allocated here (never dereferenced for a capacity of 0), `count <= capacity` always, freed once by
  // `deinit`, `reset` or `grow`.
  fileprivate var base: UnsafeMutablePointer<Element>
  fileprivate(set) var count = 0
  /// Elements that fit before the buffer grows.
  private(set) var capacity: Int

  /// Creates an empty buffer.
  ///
  /// - Parameter capacity: elements to make room for; 0 allocates nothing before the first append.
  init(capacity: Int = 16) {
    self.capacity = max(0, capacity)
    unsafe base = GrowableBuffer.allocated(self.capacity)
  }

  /// Creates a buffer of `count` elements.
  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    append(repeating: element, count: count)
  }

  deinit {
    if capacity > 0 { unsafe base.deallocate() }
  }

  /// Returns memory for `capacity` elements; for 0 an aligned address that must not be dereferenced.
  @inline(__always)
  private static func allocated(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    if capacity > 0 { return .allocate(capacity: capacity) }
    // Never dereferenced: there are no elements.
    let none = unsafe UnsafeMutablePointer<Element>(bitPattern: MemoryLayout<Element>.alignment)
    return unsafe none.unsafelyUnwrapped
  }

  var isEmpty: Bool { count == 0 }

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

  /// The element at `index`, unchecked in release builds.
  ///
  /// Safe only if `0 <= index < count`.
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

  /// Appends an element.
  ///
  /// - Complexity: O(1) amortized
  @inline(__always)
  mutating func append(_ element: Element) {
    let end = count
    if end == capacity { grow(toHold: end &+ 1) }
    unsafe base[end] = element
    count = end &+ 1
  }

  /// Inserts an element into a buffer sorted by `comesBefore`, behind the elements that come before it.
  ///
  /// - Complexity: O(`count`): for short buffers.
  @inline(__always)
  mutating func insert(_ element: Element, comesBefore: (Element, Element) -> Bool) {
    append(element)
    var index = count &- 1
    while index > 0, !comesBefore(self[index &- 1], element) {
      self[index] = self[index &- 1]
      index &-= 1
    }
    self[index] = element
  }

  /// Ensures room for `added` more elements.
  @inline(__always)
  mutating func reserve(_ added: Int) {
    if count + added > capacity { grow(toHold: count + added) }
  }

  /// Appends the elements of a span.
  mutating func append(_ elements: Span<Element>) {
    reserve(elements.count)
    let end = unsafe base + count
    // Safe because: there is room for them, and a span of this buffer cannot be read while it is changed.
    unsafe elements.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe end.update(from: first, count: source.count) }
    }
    count += elements.count
  }

  /// Appends the elements of another buffer.
  mutating func append(_ other: borrowing GrowableBuffer) {
    if count + other.count > capacity { grow(toHold: count + other.count) }
    unsafe (base + count).update(from: other.base, count: other.count)
    count += other.count
  }

  /// Appends the first `added` elements of another buffer.
  mutating func append(first added: Int, of other: borrowing GrowableBuffer) {
    precondition(added >= 0 && added <= other.count, "cannot append more than there is")
    reserve(added)
    unsafe (base + count).update(from: other.base, count: added)
    count += added
  }

  /// Appends `added` uninitialized elements and returns the address of the first.
  ///
  /// Safe only if the caller sets them all before the buffer grows.
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

  /// Replaces all elements by `count` copies of `element`.
  mutating func set(repeating element: Element, count: Int) {
    removeAll()
    append(repeating: element, count: count)
  }

  /// Sets all elements to `element`.
  mutating func fill(_ element: Element) { unsafe base.update(repeating: element, count: count) }

  /// Removes all elements and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Removes the last `removed` elements.
  mutating func removeLast(_ removed: Int = 1) {
    precondition(removed >= 0 && removed <= count, "cannot remove more than there is")
    count -= removed
  }

  /// Removes all elements and replaces the memory by room for `capacity` elements.
  mutating func reset(capacity: Int = 16) {
    if self.capacity > 0 { unsafe base.deallocate() }
    self.capacity = max(0, capacity)
    unsafe base = GrowableBuffer.allocated(self.capacity)
    count = 0
  }

  /// Moves the elements to memory of at least twice the capacity.
  @inline(never)
  private mutating func grow(toHold needed: Int) {
    let larger = max(needed, capacity * 2, 4)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe moved.update(from: base, count: count)
    if capacity > 0 { unsafe base.deallocate() }
    unsafe base = moved
    capacity = larger
  }

  /// Runs `body` on the address of the first element.
  ///
  /// Safe only if `body` accesses the first `count` elements alone.
  @unsafe
  @inline(__always)
  mutating func withUnsafeBase<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result {
    unsafe body(base)
  }

  /// The address of the first element, for decoding kernels.
  ///
  /// Safe only for the first `count` elements, and until the buffer grows.
  @unsafe
  @inline(__always)
  var unsafeBase: UnsafeMutablePointer<Element> { unsafe base }

  /// Removes all elements but the first `kept`.
  @inline(__always)
  mutating func truncate(to kept: Int) {
    precondition(kept >= 0 && kept <= count, "cannot keep more than there is")
    count = kept
  }

  /// The elements, for reading.
  var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The elements, for changing.
  var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self)
    mutating get {
      let span = unsafe MutableSpan(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }
}

extension GrowableBuffer where Element == UInt8 {
  /// Appends the bytes of an integer in the machine's byte order.
  @inline(__always)
  mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(integer: Value) {
    let size = MemoryLayout<Value>.size
    reserve(size)
    // Safe because: there is room for `size` more bytes.
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: integer, as: Value.self)
    count &+= size
  }
}
