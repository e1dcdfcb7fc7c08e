/// Writes a new file from front to back, then makes it durable.
struct FileWriter: ~Copyable {
  private let file: SystemCalls.Descriptor
  let path: String
  private(set) var count = 0

  /// Creates the file; it must not exist.
  init(creating path: String) throws(SearchError) {
    file = try SystemCalls.createFile(path)
    self.path = path
  }

  deinit { SystemCalls.close(file) }

  mutating func write(_ bytes: Span<UInt8>) throws(SearchError) {
    try SystemCalls.write(file, bytes, path: path)
    count += bytes.count
  }

  mutating func write(_ bytes: borrowing ByteWriter) throws(SearchError) { try write(bytes.bytes.span) }

  /// Waits until the bytes are on the disk.
  func synchronize() throws(SearchError) { try SystemCalls.synchronize(file, path: path) }
}

/// Replaces a file as a whole: after a crash either the old or the new contents are there.
enum AtomicFile {
  static let temporarySuffix = ".new"

  /// Writes the new contents and puts them in the place of the old ones. From then on the new ones count, whatever
  /// fails later; the caller makes the folder durable.
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

  private static func prepare(_ bytes: Span<UInt8>, _ path: String) throws(SearchError) {
    var writer = try FileWriter(creating: path)
    try writer.write(bytes)
    try writer.synchronize()
  }
}
