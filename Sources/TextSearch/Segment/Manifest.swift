/// The small file that names the segments of an index: what it says is what is committed.
struct Manifest: Sendable, Equatable {
  static let fileName = "manifest"
  static let lockName = "lock"
  static let segmentPrefix = "segment-"
  static let segmentSuffix = ".fts"
  private static let magic: [UInt8] = Array("FTSmani\n".utf8)
  private static let version: UInt32 = 1
  /// Sums over all segments must not overflow: `CollectionStatistics` bounds its numbers by this.
  static let mostSegments = 1 << 20
  /// Segment and generation numbers stay below this: counting on never overflows.
  static let mostNumber: UInt64 = 1 << 48

  struct SegmentEntry: Sendable, Equatable {
    var number: UInt64
    /// Documents that a later segment replaced, ascending.
    var deleted: [UInt32]
  }

  /// Rises with every commit.
  var generation: UInt64 = 0
  /// The number of the next segment; numbers are never used twice.
  var nextSegment: UInt64 = 1
  var fingerprint: UInt64
  /// Fingerprint of the attribute schema.
  var schema: UInt64
  var segments: [SegmentEntry] = []

  static func segmentName(_ number: UInt64) -> String {
    let digits = String(number)
    return segmentPrefix + String(repeating: "0", count: max(0, 8 - digits.count)) + digits + segmentSuffix
  }

  /// Whether the engine itself writes files of this name into an index.
  static func isOwnName(_ name: String) -> Bool {
    name == fileName || name == lockName || name == fileName + AtomicFile.temporarySuffix || segmentNumber(name) != nil
  }

  /// The number in a segment file's name.
  static func segmentNumber(_ name: String) -> UInt64? {
    guard name.hasPrefix(segmentPrefix), name.hasSuffix(segmentSuffix) else { return nil }
    let digits = name.dropFirst(segmentPrefix.count).dropLast(segmentSuffix.count)
    guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = UInt64(digits), number < mostNumber else {
      return nil
    }
    return number
  }

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

  func encoded() -> ByteWriter {
    var writer = ByteWriter()
    writer.write(contentsOf: Manifest.magic)
    writer.write(Manifest.version)
    writer.write(UInt32(segments.count))
    writer.write(generation)
    writer.write(nextSegment)
    writer.write(fingerprint)
    writer.write(schema)
    for segment in segments {
      writer.write(segment.number)
      writer.writeVariable(segment.deleted.count)
      var previous: UInt32 = 0
      for document in segment.deleted {
        writer.writeVariable(UInt64(document - previous))
        previous = document
      }
    }
    writer.write(Checksum.of(writer.bytes.span))
    return writer
  }

  init(fingerprint: UInt64, schema: UInt64 = AttributeSchema().fingerprint) {
    self.fingerprint = fingerprint
    self.schema = schema
  }

  init(_ file: MappedFile) throws(SearchError) {
    let region = file.bytes.named("manifest")
    guard region.count >= 56, try region.array(at: 0, count: 8) == Manifest.magic else {
      throw region.corrupt(at: 0, "not a manifest")
    }
    let version: UInt32 = try region.load(at: 8)
    guard version == Manifest.version else {
      throw .unsupportedVersion(file: file.path, found: Int(version), supported: Int(Manifest.version))
    }
    let body = try region.slice(at: 0, count: region.count - 8)
    let checksum: UInt64 = try region.load(at: region.count - 8)
    guard try body.withSpan({ (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }) == checksum else {
      throw region.corrupt(at: region.count - 8, "checksum differs")
    }
    var reader = ByteReader(body, at: 12)
    let count: UInt32 = try reader.read()
    guard count <= Manifest.mostSegments else { throw region.corrupt(at: 12, "too many segments") }
    generation = try reader.read()
    nextSegment = try reader.read()
    fingerprint = try reader.read()
    schema = try reader.read()
    guard generation < Manifest.mostNumber, nextSegment < Manifest.mostNumber else {
      throw region.corrupt(at: 16, "numbers too large")
    }
    for _ in 0..<count {
      var segment = SegmentEntry(number: try reader.read(), deleted: [])
      var previous: UInt64 = 0
      for _ in 0..<(try reader.readCount()) {
        previous &+= try reader.readVariable()
        guard previous < UInt64(UInt32.max) else {
          throw region.corrupt(at: reader.offset, "document number too large")
        }
        segment.deleted.append(UInt32(previous))
      }
      segments.append(segment)
    }
  }
}
