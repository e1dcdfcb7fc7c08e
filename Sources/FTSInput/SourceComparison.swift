import TextSearch

/// The comparison of files with the sources of an index.
struct SourceComparison {
  /// The sources by identity.
  private let known: [[[UInt8]]: SourceList.Source]

  /// Creates a comparison with the sources of an index.
  init(_ list: SourceList) {
    known = Dictionary(list.sources.map { ($0.identity, $0) }) { _, last in last }
  }

  /// Upper bound of the resolution of file times, in nanoseconds: a file that changes again within this time may keep
  /// its stamp.
  private static let coarsestClock: UInt64 = 2_000_000_000

  /// Returns the stamp of a file; nil for standard input and for files that cannot be examined.
  ///
  /// The times of a file that has just changed are 0, because they do not exclude later changes.
  static func stamp(_ file: InputFiles.File) -> SystemCalls.FileStamp? {
    guard file.kind != .standardInput, (try? SystemCalls.kind(of: file.path)) == .file,
      var stamp = SystemCalls.stamp(of: file.path)
    else { return nil }
    if max(stamp.modified, stamp.changed) &+ coarsestClock > SystemCalls.currentTime() {
      (stamp.modified, stamp.changed) = (0, 0)
    }
    return stamp
  }

  /// Returns the source of a file with an unchanged stamp or unchanged bytes; nil if the file has changed or must be
  /// read again.
  func unchanged(_ file: InputFiles.File) -> SourceList.Source? {
    guard var source = known[SourceList.Source(path: file.path, name: file.name).identity], !source.isFlawed,
      let stamp = SourceComparison.stamp(file), stamp.size == source.stamp.size
    else { return nil }
    if stamp == source.stamp, stamp.modified > 0 { return source }
    guard SourceComparison.hash(file.path) == source.hash else { return nil }
    source.stamp = stamp
    return source
  }

  /// Returns the hash of a file's bytes; nil if it cannot be read.
  private static func hash(_ path: String) -> UInt64? {
    do {
      let file = try SystemCalls.openForReading(path)
      defer { SystemCalls.close(file) }
      var hash = ContentHash()
      var bytes: [UInt8] = []
      while try SystemCalls.read(file, into: &bytes, count: 1 << 20, path: path) > 0 {
        hash.update(bytes.span)
        bytes.removeAll(keepingCapacity: true)
      }
      return hash.value
    } catch {
      return nil
    }
  }
}
