/// Bytes on their way into another file, in a temporary file until that file has what comes before them.
///
/// There is no file before the first buffer is full. It is removed with this value; the next writer removes what a crash
/// leaves. It need not be durable: what was read back from it is checked.
struct SpoolFile: ~Copyable, ByteSink {
  /// Bytes of the buffer unless a test wants less.
  static let bufferBytes = 1 << 17

  private let path: String
  private let limit: Int
  private var file: SystemCalls.Descriptor?
  /// The bytes that are not in the file yet.
  private var buffer = ByteWriter()
  /// Checksum of the bytes in the file.
  private var checksum = Checksum()
  /// Bytes appended so far.
  private(set) var count = 0

  /// Prepares a file, which must not exist.
  ///
  /// - Parameter bufferBytes: a multiple of the checksum's stripe.
  init(path: String, bufferBytes: Int = SpoolFile.bufferBytes) {
    precondition(bufferBytes > 0 && bufferBytes % Checksum.stripe == 0, "only whole stripes before the end")
    self.path = path
    limit = bufferBytes
  }

  /// Keeps all bytes in memory: for readers, which write no files.
  init() { self.init(path: "", bufferBytes: Int.max / Checksum.stripe * Checksum.stripe) }

  deinit {
    guard let file else { return }
    SystemCalls.close(file)
    try? SystemCalls.remove(path)
  }

  mutating func append(_ bytes: Span<UInt8>) throws(SearchError) {
    var done = 0
    while done < bytes.count {
      let part = min(bytes.count - done, limit - buffer.count)
      buffer.write(bytes.extracting(done..<done + part))
      done += part
      if buffer.count == limit { try flush() }
    }
    count += bytes.count
  }

  /// Writes a full buffer.
  private mutating func flush() throws(SearchError) {
    if file == nil { file = try SystemCalls.createFile(path) }
    guard let file else { return }
    SpoolFile.update(&checksum, buffer, 0..<limit)
    try SystemCalls.write(file, buffer.bytes.span, path: path)
    buffer.removeAll()
  }

  private static func update(_ checksum: inout Checksum, _ bytes: borrowing ByteWriter, _ range: Range<Int>) {
    checksum.update(bytes.bytes.span.extracting(range))
  }

  /// Ends the file and returns all its bytes, which stay readable when it is removed.
  ///
  /// - Parameter section: the name in error messages.
  /// - Throws: `SearchError.corrupt` if the bytes in the file are not those that were appended, `.system`.
  consuming func contents(_ section: StaticString) throws(SearchError) -> ByteRegion {
    guard let file else { return OwnedBytes.region(buffer.bytes.span, section: section) }
    let stripes = buffer.count / Checksum.stripe * Checksum.stripe
    SpoolFile.update(&checksum, buffer, 0..<stripes)
    let sum = checksum.finish(buffer.bytes.span.extracting(stripes..<buffer.count))
    try SystemCalls.write(file, buffer.bytes.span, path: path)
    let bytes = try MappedFile(path).bytes.named(section)
    let found = try bytes.withSpan { (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }
    guard bytes.count == count, found == sum else {
      throw bytes.corrupt(at: 0, "the temporary file has changed").inFile(path)
    }
    return bytes
  }
}
