#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
  /// What tells without reading a file whether it may have changed: its size, and the times of the last change of its
  /// contents and of anything else, in nanoseconds since 1970.
  package struct FileStamp: Sendable, Equatable {
    package var size: UInt64
    package var modified: UInt64
    package var changed: UInt64

    package init(size: UInt64, modified: UInt64, changed: UInt64) {
      (self.size, self.modified, self.changed) = (size, modified, changed)
    }
  }

  /// The stamp of a file; nil where it cannot be examined.
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

  /// Nanoseconds since 1970, by the system's clock.
  package static func currentTime() -> UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return 0 }
    return nanoseconds(time)
  }

  private static func nanoseconds(_ time: timespec) -> UInt64 {
    UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
  }
}
