/// The file that names the files of an index. Its contents are the committed state.
struct Manifest: Sendable, Equatable {
  static let fileName = IndexFiles.manifest
  static let lockName = IndexFiles.lock
  private static let magic: [UInt8] = Array("FTSmani\n".utf8)
  private static let version: UInt32 = 2
  private static let minimumSize = 56
  /// Bytes of a segment's entry.
  private static let segmentEntrySize = 20
  /// Maximum number of segments: `CollectionStatistics` bounds its numbers by it, so that sums over all segments do not
  /// overflow.
  static let maximumSegments = 1 << 20
  /// Segment and generation numbers stay below this, so that incrementing them never overflows.
  static let maximumNumber: UInt64 = 1 << 48

  /// A segment of the index and its current deletions.
  struct SegmentEntry: Sendable, Equatable {
    /// The number in the name of the segment file.
    var number: UInt64
    /// The generation in the name of the current file of deletions; 0 where nothing is deleted.
    var deletions: UInt64 = 0
    /// Number of deleted documents.
    var deleted: UInt32 = 0
  }

  /// Number of the commit; ascending.
  var generation: UInt64 = 0
  /// The number of the next segment; numbers are never used twice.
  var nextSegment: UInt64 = 1
  /// The generation in the name of the current attachment; 0 for none.
  var attachment: UInt64 = 0
  var settings: IndexSettings
  var segments: [SegmentEntry] = []

  init(settings: IndexSettings) { self.settings = settings }

  /// Fingerprint of the analyzer.
  var fingerprint: UInt64 {
    get { settings.fingerprint }
    set { settings.fingerprint = newValue }
  }

  static func segmentName(_ number: UInt64) -> String { IndexFiles.segment(number) }
  static func segmentNumber(_ name: String) -> UInt64? { IndexFiles.segmentNumber(name) }

  /// Names of the files that belong to the index besides the manifest.
  var fileNames: Set<String> {
    var names: Set<String> = attachment > 0 ? [IndexFiles.attachment(attachment)] : []
    for segment in segments {
      names.insert(IndexFiles.segment(segment.number))
      if segment.deletions > 0 { names.insert(IndexFiles.deletions(segment.number, segment.deletions)) }
    }
    return names
  }
}

// MARK: In a folder

extension Manifest {
  /// Whether a folder contains a manifest: a file with its name and magic, of any version and possibly damaged after
  /// that.
  static func isPresent(in folder: String) throws(SearchError) -> Bool {
    let path = folder + "/" + fileName
    guard try SystemCalls.kind(of: path) == .file else { return false }
    let bytes = try MappedFile(path).bytes
    return bytes.count >= magic.count ? try bytes.array(at: 0, count: magic.count) == magic : false
  }

  /// Returns the manifest in a folder; nil if there is none.
  ///
  /// - Throws: `SearchError.corrupt` or `.unsupportedVersion` for its contents, `.system` if it cannot be mapped.
  static func read(in folder: String) throws(SearchError) -> Manifest? {
    let path = folder + "/" + fileName
    guard try SystemCalls.kind(of: path) == .file else { return nil }
    do {
      return try Manifest(try MappedFile(path))
    } catch {
      throw error.inFile(path)
    }
  }

  /// Replaces the manifest in a folder atomically, and blocks until the change is durable.
  func write(in folder: String) throws(SearchError) {
    try AtomicFile.write(encoded().bytes.span, to: folder + "/" + Manifest.fileName)
  }
}

// MARK: Bytes

extension Manifest {
  /// Returns the bytes of the file.
  func encoded() -> ByteWriter {
    var writer = ByteWriter()
    writer.write(contentsOf: Manifest.magic)
    writer.write(Manifest.version)
    writer.write(UInt32(segments.count))
    writer.write(generation)
    writer.write(nextSegment)
    writer.write(attachment)
    settings.write(to: &writer)
    for segment in segments {
      writer.write(segment.number)
      writer.write(segment.deletions)
      writer.write(segment.deleted)
    }
    writer.write(Checksum.of(writer.bytes.span))
    return writer
  }

  /// Returns the offset of a segment's entry in the file.
  func offset(ofSegment index: Int) -> Int {
    encoded().count - 8 - Manifest.segmentEntrySize * (segments.count - index)
  }

  /// Decodes a manifest file.
  ///
  /// - Throws: `SearchError.corrupt` or `.unsupportedVersion`.
  init(_ file: MappedFile) throws(SearchError) {
    let region = file.bytes.named("manifest")
    try region.checkFrame(
      magic: Manifest.magic, version: Manifest.version, minimumSize: Manifest.minimumSize, kind: "a manifest",
      path: file.path)
    // The checksum only detects accidents: what follows is not trusted more than any other bytes.
    var reader = ByteReader(try region.slice(at: 0, count: region.count - 8), at: 12)
    let count: UInt32 = try reader.read()
    guard count <= Manifest.maximumSegments else { throw region.corrupt(at: 12, "too many segments") }
    let (generation, nextSegment, attachment): (UInt64, UInt64, UInt64) =
      (try reader.read(), try reader.read(), try reader.read())
    guard generation < Manifest.maximumNumber, nextSegment < Manifest.maximumNumber, attachment <= generation else {
      throw region.corrupt(at: 16, "numbers too large")
    }
    let settings = try IndexSettings(&reader)
    guard !settings.extensions.contains(where: \.isRequired) else {
      throw .unsupportedVersion(file: file.path, found: Int(Manifest.version) + 1, supported: Int(Manifest.version))
    }
    self.init(settings: settings)
    (self.generation, self.nextSegment, self.attachment) = (generation, nextSegment, attachment)
    for _ in 0..<count { segments.append(try Manifest.readSegment(&reader, generation)) }
    guard reader.isAtEnd else { throw region.corrupt(at: reader.offset, "bytes after the last segment") }
  }

  private static func readSegment(
    _ reader: inout ByteReader, _ generation: UInt64
  ) throws(SearchError) -> SegmentEntry {
    let offset = reader.offset
    let entry = SegmentEntry(number: try reader.read(), deletions: try reader.read(), deleted: try reader.read())
    guard entry.number < maximumNumber, entry.deletions <= generation, (entry.deletions > 0) == (entry.deleted > 0)
    else {
      throw reader.region.corrupt(at: offset, "the entry of segment \(entry.number) contradicts itself")
    }
    return entry
  }
}
