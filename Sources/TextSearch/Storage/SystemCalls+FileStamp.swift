#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
  /// Size and times of a file: while they stay equal the contents are taken to be unchanged, without reading them.
  package struct FileStamp: Sendable, Equatable {
    /// Bytes.
    package var size: UInt64
    /// Time of the last change of the contents, in nanoseconds since 1970.
    package var modified: UInt64
    /// Time of the last change of contents or attributes, in nanoseconds since 1970.
    package var changed: UInt64

    /// Creates a stamp of known values.
    package init(size: UInt64, modified: UInt64, changed: UInt64) {
      (self.size, self.modified, self.changed) = (size, modified, changed)
    }
  }

  /// Returns the stamp of a file; nil if it cannot be examined.
  package static func stamp(of path: String) -> FileStamp? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    return FileStamp(
      size: UInt64(clamping: status.st_size), modified: nanoseconds(modified), changed: nanoseconds(changed))
  }

  /// Returns the time of the system's clock in nanoseconds since 1970; 0 if there is no clock.
  package static func currentTime() -> UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return 0 }
    return nanoseconds(time)
  }

  private static func nanoseconds(_ time: timespec) -> UInt64 {
    UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
  }
}
