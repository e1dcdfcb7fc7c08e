/// The small file that names the files of an index: what it says is what is committed.
struct Manifest: Sendable, Equatable {
  static let fileName = IndexFiles.manifest
  static let lockName = IndexFiles.lock
  private static let magic: [UInt8] = Array("FTSmani\n".utf8)
  private static let version: UInt32 = 1
  private static let minimumSize = 56
  /// Sums over all segments must not overflow: `CollectionStatistics` bounds its numbers by this.
  static let maximumSegments = 1 << 20
  /// Segment and generation numbers stay below this: counting on never overflows.
  static let maximumNumber: UInt64 = 1 << 48

  struct SegmentEntry: Sendable, Equatable {
    var number: UInt64
    /// The generation whose deletions file holds; 0 where nothing is deleted.
    var deletions: UInt64 = 0
    /// Documents that it says are deleted.
    var deleted: UInt32 = 0
  }

  /// Rises with every commit.
  var generation: UInt64 = 0
  /// The number of the next segment; numbers are never used twice.
  var nextSegment: UInt64 = 1
  /// The generation whose attachment holds; 0 for none.
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

  /// Names of the files that count besides the manifest.
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
  /// Whether a folder holds a manifest, of whatever version and however damaged after its magic.
  static func isPresent(in folder: String) throws(SearchError) -> Bool {
    let path = folder + "/" + fileName
    guard try SystemCalls.kind(of: path) == .file else { return false }
    let bytes = try MappedFile(path).bytes
    return bytes.count >= magic.count ? try bytes.array(at: 0, count: magic.count) == magic : false
  }

  /// The manifest in a folder; nil if there is none.
  static func read(in folder: String) throws(SearchError) -> Manifest? {
    let path = folder + "/" + fileName
    guard try SystemCalls.kind(of: path) == .file else { return nil }
    do {
      return try Manifest(try MappedFile(path))
    } catch {
      throw error.inFile(path)
    }
  }

  func write(in folder: String) throws(SearchError) {
    try AtomicFile.write(encoded().bytes.span, to: folder + "/" + Manifest.fileName)
  }
}

// MARK: Bytes

extension Manifest {
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

  init(_ file: MappedFile) throws(SearchError) {
    let region = file.bytes.named("manifest")
    try Manifest.checkFrame(region, file.path)
    // What follows is trusted no more than any other bytes; the checksum only finds accidents.
    var reader = ByteReader(try region.slice(at: 0, count: region.count - 8), at: 12)
    let count: UInt32 = try reader.read()
    guard count <= Manifest.maximumSegments else { throw region.corrupt(at: 12, "too many segments") }
    let (generation, nextSegment, attachment): (UInt64, UInt64, UInt64) =
      (try reader.read(), try reader.read(), try reader.read())
    guard generation < Manifest.maximumNumber, nextSegment < Manifest.maximumNumber, attachment <= generation else {
      throw region.corrupt(at: 16, "numbers too large")
    }
    self.init(settings: try IndexSettings(&reader))
    (self.generation, self.nextSegment, self.attachment) = (generation, nextSegment, attachment)
    for _ in 0..<count { segments.append(try Manifest.readSegment(&reader, generation)) }
    guard reader.isAtEnd else { throw region.corrupt(at: reader.offset, "bytes behind the last segment") }
  }

  /// Checks magic, version and checksum.
  private static func checkFrame(_ region: ByteRegion, _ path: String) throws(SearchError) {
    guard region.count >= minimumSize, try region.array(at: 0, count: 8) == magic else {
      throw region.corrupt(at: 0, "not a manifest")
    }
    let version: UInt32 = try region.load(at: 8)
    guard version == Manifest.version else {
      throw .unsupportedVersion(file: path, found: Int(version), supported: Int(Manifest.version))
    }
    try region.checkTrailingChecksum()
  }

  private static func readSegment(
    _ reader: inout ByteReader, _ generation: UInt64
  ) throws(SearchError) -> SegmentEntry {
    let entry = SegmentEntry(number: try reader.read(), deletions: try reader.read(), deleted: try reader.read())
    guard entry.number < maximumNumber, entry.deletions <= generation, (entry.deletions > 0) == (entry.deleted > 0)
    else {
      throw reader.region.corrupt(at: reader.offset, "segment \(entry.number) contradicts itself")
    }
    return entry
  }
}

extension ByteRegion {
  /// Compares the last 8 bytes with the checksum of all before them.
  func checkTrailingChecksum() throws(SearchError) {
    let body = try slice(at: 0, count: count - 8)
    let checksum: UInt64 = try load(at: count - 8)
    guard try body.withSpan({ (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }) == checksum else {
      throw corrupt(at: count - 8, "checksum differs")
    }
  }
}
