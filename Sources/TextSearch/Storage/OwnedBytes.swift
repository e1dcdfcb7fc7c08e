/// Bytes in the heap that regions point into, such as what was decoded from a file.
@safe
final class OwnedBytes: Sendable {
  // Safe because: allocated in `init`, changed only by the closure that `init` runs, freed in `deinit`.
  private nonisolated(unsafe) let base: UnsafeMutablePointer<UInt8>

  /// Allocates `capacity` bytes and has `fill` set those that regions will show.
  init<Failure: Error>(
    capacity: Int, _ fill: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    unsafe base = .allocate(capacity: max(1, capacity))
    try unsafe fill(base)
  }

  deinit { unsafe base.deallocate() }

  /// Returns a region over `count` bytes at `offset`.
  ///
  /// Safe only if they are allocated and `fill` has set them.
  @unsafe
  func region(at offset: Int, count: Int, section: StaticString) -> ByteRegion {
    unsafe ByteRegion(base: base + offset, count: count, section: section, start: 0, owner: self)
  }
}

extension OwnedBytes {
  /// Returns a region over a copy of `bytes`.
  static func region(_ bytes: Span<UInt8>, section: StaticString) -> ByteRegion {
    let memory = unsafe OwnedBytes(capacity: bytes.count) { base in
      unsafe bytes.withUnsafeBufferPointer { source in
        if let first = source.baseAddress { unsafe base.update(from: first, count: source.count) }
      }
    }
    // Safe because: all bytes are set.
    return unsafe memory.region(at: 0, count: bytes.count, section: section)
  }
}
