/// Bytes of a mapped file, or decoded from one. A region keeps its file mapped, or its memory allocated.
///
/// Offsets are relative to the region. Every access is checked: outside the region it throws `SearchError.corrupt`.
@safe
struct ByteRegion: @unchecked Sendable {
  // Safe because: `base` is the address of `count` bytes that are not changed and stay valid while `owner` lives.
  private let base: UnsafeRawPointer
  private let owner: AnyObject?
  let count: Int
  /// Name of the section, for error messages.
  let section: StaticString
  /// Offset of the region in its section, for error messages.
  let start: Int

  /// Creates a region over `count` bytes at `base`.
  ///
  /// Safe only if the bytes stay valid and unchanged while `owner` lives, or while the region is used if it is nil.
  @unsafe
  init(base: UnsafeRawPointer, count: Int, section: StaticString, start: Int, owner: AnyObject?) {
    unsafe self.base = base
    self.owner = owner
    self.count = count
    self.section = section
    self.start = start
  }

  /// A region over these bytes that keeps nothing alive: reference counting would dominate looking up a short list.
  ///
  /// Safe only while something else keeps the file mapped.
  @unsafe
  var unowned: ByteRegion {
    unsafe ByteRegion(base: base, count: count, section: section, start: start, owner: nil)
  }

  /// A region without bytes.
  static let empty: ByteRegion = {
    let none = unsafe UnsafeRawPointer(bitPattern: 1)
    // Never dereferenced: the region has no bytes.
    return unsafe ByteRegion(base: none.unsafelyUnwrapped, count: 0, section: "file", start: 0, owner: nil)
  }()

  /// Creates the error for damage at `offset`, which may itself be damaged. All corruption is declared here.
  @inline(__always)
  func corrupt(at offset: Int, _ reason: String) -> SearchError {
    ByteRegion.corrupt(section, start: start, at: offset, reason)
  }

  /// Creates an error from the parts of a region: a region that was passed would be copied to the stack before each check.
  @inline(never)
  private static func corrupt(
    _ section: StaticString, start: Int, at offset: Int, _ reason: String
  ) -> SearchError {
    let (sum, overflows) = start.addingReportingOverflow(offset)
    return .corrupt(
      file: "", section: section.description, offset: overflows ? .max : max(0, sum), reason: reason)
  }

  /// Creates the error for bytes that are not in a region.
  @inline(never)
  private static func outside(
    _ section: StaticString, start: Int, count: Int, at offset: Int, size: Int
  ) -> SearchError {
    corrupt(section, start: start, at: offset, "\(size) bytes wanted, section has \(count)")
  }

  /// Checks that `size` bytes at `offset` are in the region.
  ///
  /// - Throws: `SearchError.corrupt` if they are not.
  @inline(__always)
  func check(_ offset: Int, _ size: Int) throws(SearchError) {
    guard offset >= 0, size >= 0, offset <= count &- size else {
      throw ByteRegion.outside(section, start: start, count: count, at: offset, size: size)
    }
  }

  /// Returns the little-endian integer at `offset`.
  @inline(__always)
  func load<Value: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Value.Type = Value.self
  ) throws(SearchError) -> Value {
    try check(offset, MemoryLayout<Value>.size)
    return unsafe Value(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// Returns the byte at `offset`.
  @inline(__always)
  func byte(at offset: Int) throws(SearchError) -> UInt8 {
    try check(offset, 1)
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// Returns the region of `count` bytes at `offset`.
  func slice(at offset: Int, count: Int) throws(SearchError) -> ByteRegion {
    try check(offset, count)
    return unsafe ByteRegion(base: base + offset, count: count, section: section, start: start + offset, owner: owner)
  }

  /// Returns the region of `count` bytes at `offset`, which may exceed `Int.max`.
  func slice(at offset: UInt64, count: UInt64) throws(SearchError) -> ByteRegion {
    guard let offset = Int(exactly: offset), let count = Int(exactly: count) else {
      throw corrupt(at: Int(clamping: offset), "offset or length too large")
    }
    return try slice(at: offset, count: count)
  }

  /// Returns a region over these bytes as the section of that name.
  func named(_ section: StaticString) -> ByteRegion {
    unsafe ByteRegion(base: base, count: count, section: section, start: 0, owner: owner)
  }

  /// Returns a copy of `count` bytes at `offset`.
  func array(at offset: Int, count: Int) throws(SearchError) -> [UInt8] {
    try check(offset, count)
    return unsafe Array(UnsafeRawBufferPointer(start: base + offset, count: count))
  }

  /// Appends `size` bytes at `offset` to an array.
  @inline(__always)
  func append(at offset: Int, count size: Int, to bytes: inout [UInt8]) throws(SearchError) {
    try check(offset, size)
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: base + offset, count: size))
  }

  /// Appends `size` bytes at `offset` to a buffer.
  func append(at offset: Int, count size: Int, to bytes: inout GrowableBuffer<UInt8>) throws(SearchError) {
    try check(offset, size)
    // Safe because: the region has `size` bytes at `offset`, and does not overlap the buffer.
    let own = unsafe UnsafeBufferPointer(start: (base + offset).assumingMemoryBound(to: UInt8.self), count: size)
    unsafe bytes.append(Span(_unsafeElements: own))
  }

  /// Replaces `range` of an array by the bytes at `offset`.
  func copy(at offset: Int, to bytes: inout [UInt8], _ range: Range<Int>) throws(SearchError) {
    try check(offset, range.count)
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "range beyond the array")
    // Safe because: the region has `range.count` bytes at `offset`, the array has `range`, and they do not overlap.
    unsafe bytes.withUnsafeMutableBytes { target in
      unsafe UnsafeMutableRawBufferPointer(rebasing: target[range]).copyMemory(
        from: UnsafeRawBufferPointer(start: base + offset, count: range.count))
    }
  }

  /// Returns `count` bytes at `offset` as text; malformed UTF-8 reads as U+FFFD.
  func string(at offset: Int, count: Int) throws(SearchError) -> String {
    try check(offset, count)
    return unsafe String(decoding: UnsafeRawBufferPointer(start: base + offset, count: count), as: UTF8.self)
  }

  /// Runs `body` on all bytes as a span.
  func withSpan<Result>(_ body: (Span<UInt8>) throws(SearchError) -> Result) throws(SearchError) -> Result {
    // Safe because: the region has `count` bytes, which live as long as the call.
    let buffer = unsafe UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: count)
    return try unsafe body(Span(_unsafeElements: buffer))
  }

  /// Compares `size` bytes at `offset` with `other` in lexicographic order: negative, zero or positive.
  func compare(at offset: Int, count size: Int, with other: Span<UInt8>) throws(SearchError) -> Int {
    try check(offset, size)
    for index in 0..<min(size, other.count) {
      let own = unsafe base.load(fromByteOffset: offset + index, as: UInt8.self)
      if own != other[index] { return own < other[index] ? -1 : 1 }
    }
    return size - other.count
  }

  /// Returns the length of the longest common prefix of `size` bytes at `offset` and `other`.
  func commonPrefix(at offset: Int, count size: Int, with other: ArraySlice<UInt8>) throws(SearchError) -> Int {
    try check(offset, size)
    let maximum = min(size, other.count)
    var shared = 0
    while shared < maximum,
      unsafe base.load(fromByteOffset: offset + shared, as: UInt8.self)
        == other[other.startIndex + shared]
    { shared += 1 }
    return shared
  }

  /// Returns the address of `size` checked bytes, for a decoding kernel.
  ///
  /// Safe only for those bytes, while the region lives.
  @unsafe @inline(__always)
  func address(at offset: Int, count size: Int) throws(SearchError) -> UnsafeRawPointer {
    try check(offset, size)
    return unsafe base + offset
  }
}
