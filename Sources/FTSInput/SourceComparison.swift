import TextSearch

/// Which files are still what they were when an index was made.
struct SourceComparison {
  private let known: [[[UInt8]]: SourceList.Source]

  init(_ list: SourceList) {
    known = Dictionary(list.sources.map { ($0.identity, $0) }) { _, last in last }
  }

  /// A file that changes within this time after it was examined may keep its stamp.
  private static let coarsestClock: UInt64 = 2_000_000_000

  /// The stamp of a file; one that was changed just now says nothing about later changes: its times are left out.
  static func stamp(_ file: InputFiles.File) -> SystemCalls.FileStamp? {
    guard file.kind != .standardInput, (try? SystemCalls.kind(of: file.path)) == .file,
      var stamp = SystemCalls.stamp(of: file.path)
    else { return nil }
    if max(stamp.modified, stamp.changed) &+ coarsestClock > SystemCalls.currentTime() {
      (stamp.modified, stamp.changed) = (0, 0)
    }
    return stamp
  }

  /// The source that a file still is: its stamp is the same, or its bytes are.
  func unchanged(_ file: InputFiles.File) -> SourceList.Source? {
    guard var source = known[SourceList.Source(path: file.path, name: file.name).identity], !source.isFlawed,
      let stamp = SourceComparison.stamp(file), stamp.size == source.stamp.size
    else { return nil }
    if stamp == source.stamp, stamp.modified > 0 { return source }
    guard SourceComparison.hash(file.path) == source.hash else { return nil }
    source.stamp = stamp
    return source
  }

  /// The hash of a file's bytes; nil where it cannot be read.
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
