/// A file mapped for reading, unmapped when the last owner is released.
///
/// Nobody may truncate the file while it is mapped. The engine itself only unlinks files.
@safe
final class MappedFile: Sendable {
  // Safe because: mapped for reading in `init`, unmapped in `deinit`, never changed.
  private nonisolated(unsafe) let mapping: SystemCalls.Mapping?
  /// Size of the file in bytes.
  let count: Int
  let path: String

  /// Maps the file.
  ///
  /// - Throws: `SearchError.system` if it cannot be opened or mapped.
  init(_ path: String) throws(SearchError) {
    let file = try SystemCalls.openForReading(path)
    defer { SystemCalls.close(file) }
    count = try SystemCalls.size(file, path: path)
    unsafe mapping = try SystemCalls.map(file, count: count, path: path)
    self.path = path
  }

  deinit {
    if let mapping = unsafe mapping { unsafe SystemCalls.unmap(mapping, count: count) }
  }

  /// All bytes of the file.
  var bytes: ByteRegion {
    // A file without bytes has no mapping.
    guard let mapping = unsafe mapping else { return ByteRegion.empty }
    return unsafe ByteRegion(base: mapping.address, count: count, section: "file", start: 0, owner: self)
  }
}
