/// Bytes of a mapped file, or decoded from one; every access is checked and throws instead of trapping.
///
/// A region keeps its file mapped, or its memory allocated.
@safe
struct ByteRegion: @unchecked Sendable {
  // Safe because: `base` is the start of `count` mapped bytes, immutable, there while `owner` lives.
  private let base: UnsafeRawPointer
  private let owner: AnyObject?
  let count: Int
  /// Name of the section, and where the region starts in it, for error messages.
  let section: StaticString
  let start: Int

  @unsafe
  init(base: UnsafeRawPointer, count: Int, section: StaticString, start: Int, owner: AnyObject?) {
    unsafe self.base = base
    self.owner = owner
    self.count = count
    self.section = section
    self.start = start
  }

  /// The same without keeping its file mapped: for what is used while something else does. Counting references takes longer than
  /// looking a short list up.
  @unsafe
  var unowned: ByteRegion {
    unsafe ByteRegion(base: base, count: count, section: section, start: start, owner: nil)
  }

  static let empty: ByteRegion = {
    let none = unsafe UnsafeRawPointer(bitPattern: 1)
    // Never dereferenced: the region has no bytes.
    return unsafe ByteRegion(base: none.unsafelyUnwrapped, count: 0, section: "file", start: 0, owner: nil)
  }()

  /// The one place where damage is declared.
  @inline(never)
  func corrupt(at offset: Int, _ reason: String) -> SearchError {
    .corrupt(file: "", section: section.description, offset: start + offset, reason: reason)
  }

  @inline(__always)
  func check(_ offset: Int, _ size: Int) throws(SearchError) {
    guard offset >= 0, size >= 0, offset <= count &- size else {
      throw corrupt(at: offset, "\(size) bytes wanted, section has \(count)")
    }
  }

  /// A little-endian integer.
  @inline(__always)
  func load<Value: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Value.Type = Value.self
  ) throws(SearchError) -> Value {
    try check(offset, MemoryLayout<Value>.size)
    return unsafe Value(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  @inline(__always)
  func byte(at offset: Int) throws(SearchError) -> UInt8 {
    try check(offset, 1)
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  func slice(at offset: Int, count: Int) throws(SearchError) -> ByteRegion {
    try check(offset, count)
    return unsafe ByteRegion(base: base + offset, count: count, section: section, start: start + offset, owner: owner)
  }

  func slice(at offset: UInt64, count: UInt64) throws(SearchError) -> ByteRegion {
    guard let offset = Int(exactly: offset), let count = Int(exactly: count) else {
      throw corrupt(at: 0, "offset or length too large")
    }
    return try slice(at: offset, count: count)
  }

  /// The same bytes under the name of a section.
  func named(_ section: StaticString) -> ByteRegion {
    unsafe ByteRegion(base: base, count: count, section: section, start: 0, owner: owner)
  }

  func array(at offset: Int, count: Int) throws(SearchError) -> [UInt8] {
    try check(offset, count)
    return unsafe Array(UnsafeRawBufferPointer(start: base + offset, count: count))
  }

  /// Appends `size` bytes to an array.
  @inline(__always)
  func append(at offset: Int, count size: Int, to bytes: inout [UInt8]) throws(SearchError) {
    try check(offset, size)
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: base + offset, count: size))
  }

  /// The same to a buffer.
  func append(at offset: Int, count size: Int, to bytes: inout GrowableBuffer<UInt8>) throws(SearchError) {
    try check(offset, size)
    // Safe because: as many bytes are in the region, which the buffer is no part of.
    let own = unsafe UnsafeBufferPointer(start: (base + offset).assumingMemoryBound(to: UInt8.self), count: size)
    unsafe bytes.append(Span(_unsafeElements: own))
  }

  /// Replaces a range of an array by the bytes from `offset` on.
  func copy(at offset: Int, to bytes: inout [UInt8], _ range: Range<Int>) throws(SearchError) {
    try check(offset, range.count)
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "range beyond the array")
    // Safe because: as many bytes are in the region and in the array, which is no part of it.
    unsafe bytes.withUnsafeMutableBytes { target in
      unsafe UnsafeMutableRawBufferPointer(rebasing: target[range]).copyMemory(
        from: UnsafeRawBufferPointer(start: base + offset, count: range.count))
    }
  }

  func string(at offset: Int, count: Int) throws(SearchError) -> String {
    try check(offset, count)
    return unsafe String(decoding: UnsafeRawBufferPointer(start: base + offset, count: count), as: UTF8.self)
  }

  /// Runs `body` on the bytes as a span.
  func withSpan<Result>(_ body: (Span<UInt8>) throws(SearchError) -> Result) throws(SearchError) -> Result {
    let buffer = unsafe UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: count)
    return try unsafe body(Span(_unsafeElements: buffer))
  }

  /// Compares `size` bytes at `offset` with `other`, as unsigned bytes.
  func compare(at offset: Int, count size: Int, with other: Span<UInt8>) throws(SearchError) -> Int {
    try check(offset, size)
    for index in 0..<min(size, other.count) {
      let own = unsafe base.load(fromByteOffset: offset + index, as: UInt8.self)
      if own != other[index] { return own < other[index] ? -1 : 1 }
    }
    return size - other.count
  }

  /// How many bytes at `offset`, of `size`, are those that `other` begins with.
  func shared(at offset: Int, count size: Int, with other: ArraySlice<UInt8>) throws(SearchError) -> Int {
    try check(offset, size)
    let maximum = min(size, other.count)
    var shared = 0
    while shared < maximum,
      unsafe base.load(fromByteOffset: offset + shared, as: UInt8.self)
        == other[other.startIndex + shared]
    { shared += 1 }
    return shared
  }

  /// The address of `size` checked bytes, for a decoding kernel.
  @unsafe @inline(__always)
  func address(at offset: Int, count size: Int) throws(SearchError) -> UnsafeRawPointer {
    try check(offset, size)
    return unsafe base + offset
  }
}
