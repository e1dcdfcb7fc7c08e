/// A key in one block of a `KeyTable`, found by passing over those before it without putting them together: what it shares with
/// them is then taken from them, last ones first.
///
/// Safe because: reads through a `ByteScan`, which has to live as long as the block.
@unsafe
struct KeyScan {
  /// What a key adds to the one before: bytes of the block, and where they stand in the key.
  private struct Part: BitwiseCopyable {
    var start = 0
    var shared = 0
  }

  private var base: UnsafeRawPointer?
  private var parts = InlineArray<32, Part>(repeating: Part())
  private var last = 0
  /// Bytes of the key that was found.
  private(set) var length = 0

  /// Finds the key at a place in a block; false where its bytes are damaged.
  mutating func find(_ last: Int, in block: ByteRegion) throws(SearchError) -> Bool {
    var scan = unsafe try ByteScan(block)
    // A copy that nothing else refers to: what is written needs not be read again.
    var parts = InlineArray<32, Part>(repeating: Part())
    var length = 0
    for place in 0...last {
      let (shared, added) = unsafe scan.readCounts(after: length)
      parts[place] = unsafe Part(start: scan.skip(added), shared: shared)
      if unsafe scan.isDamaged { return false }
      length = shared &+ added
    }
    unsafe self.parts = parts
    unsafe base = scan.base
    unsafe self.last = last
    unsafe self.length = length
    return true
  }

  /// Copies the key that was found to the start of memory for `length` bytes; gives their number.
  ///
  /// Mutating, as reading from an inline array that does not change copies it.
  mutating func copy(to target: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let base = unsafe base else { return 0 }
    precondition(unsafe target.count >= length, "no room for the key")
    var (missing, place) = unsafe (length, last)
    while missing > 0 {
      let part = unsafe parts[place]
      if part.shared < missing {
        // Safe because: a key shares at most all of the one before, so as many bytes follow its start; the first shares none.
        unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[part.shared..<missing])
          .copyMemory(from: UnsafeRawBufferPointer(start: base + part.start, count: missing - part.shared))
        missing = part.shared
      }
      place -= 1
    }
    return unsafe length
  }
}
