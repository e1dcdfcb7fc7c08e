/// Writes a new file from front to back, then makes it durable. Errors are `SearchError.system`.
struct FileWriter: ~Copyable {
  private let file: SystemCalls.Descriptor
  let path: String
  /// Bytes written so far.
  private(set) var count = 0

  /// Creates the file, which must not exist.
  init(creating path: String) throws(SearchError) {
    file = try SystemCalls.createFile(path)
    self.path = path
  }

  deinit { SystemCalls.close(file) }

  /// Appends bytes to the file.
  mutating func write(_ bytes: Span<UInt8>) throws(SearchError) {
    try SystemCalls.write(file, bytes, path: path)
    count += bytes.count
  }

  /// Appends the bytes of a writer to the file.
  mutating func write(_ bytes: borrowing ByteWriter) throws(SearchError) { try write(bytes.bytes.span) }

  /// Blocks until the bytes are on the disk.
  func synchronize() throws(SearchError) { try SystemCalls.synchronize(file, path: path) }
}

/// Replaces a file as a whole: after a crash it has either the old or the new contents.
enum AtomicFile {
  /// Suffix of the file that the new contents are written to first.
  static let temporarySuffix = ".new"

  /// Writes the new contents to a temporary file, makes it durable and renames it to `path`.
  ///
  /// Once this returns, readers see the new contents, whatever fails later. The caller makes the folder durable.
  ///
  /// - Throws: `SearchError.system`; the old contents are unchanged then.
  static func write(_ bytes: Span<UInt8>, to path: String) throws(SearchError) {
    let temporary = path + temporarySuffix
    try SystemCalls.remove(temporary)
    do {
      try prepare(bytes, temporary)
      try SystemCalls.move(temporary, to: path)
    } catch {
      try? SystemCalls.remove(temporary)
      throw error
    }
  }

  /// Creates a file with these bytes and makes it durable.
  private static func prepare(_ bytes: Span<UInt8>, _ path: String) throws(SearchError) {
    var writer = try FileWriter(creating: path)
    try writer.write(bytes)
    try writer.synchronize()
  }
}
