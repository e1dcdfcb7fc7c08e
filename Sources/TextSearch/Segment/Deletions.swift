/// The file that names the deleted documents of a segment, as of a generation. Never changed: a later commit that
/// deletes more of the segment writes another one.
enum Deletions {
  private static let magic: [UInt8] = Array("FTSdele\n".utf8)
  private static let version: UInt32 = 1
  private static let headerSize = 32

  /// Writes the file and waits until it is on the disk.
  ///
  /// - Parameter deleted: not empty, ascending.
  static func write(
    _ deleted: [UInt32], of segment: UInt64, documents: Int, _ generation: UInt64, in folder: String
  ) throws(SearchError) {
    var writer = ByteWriter()
    writer.write(contentsOf: magic)
    writer.write(version)
    writer.write(UInt32(documents))
    writer.write(segment)
    writer.write(generation)
    var next: UInt32 = 0
    for document in deleted {
      writer.writeVariable(UInt64(document - next))
      next = document + 1
    }
    writer.write(Checksum.of(writer.bytes.span))
    var file = try FileWriter(creating: folder + "/" + IndexFiles.deletions(segment, generation))
    try file.write(writer)
    try file.synchronize()
  }

  /// The deleted documents of a segment, ascending.
  static func read(
    _ entry: Manifest.SegmentEntry, documents: Int, in folder: String
  ) throws(SearchError) -> [UInt32] {
    guard entry.deletions > 0 else { return [] }
    let path = folder + "/" + IndexFiles.deletions(entry.number, entry.deletions)
    let file = try MappedFile(path)
    do {
      return try read(file, entry, documents: documents)
    } catch {
      throw error.inFile(path)
    }
  }

  private static func read(
    _ file: MappedFile, _ entry: Manifest.SegmentEntry, documents: Int
  ) throws(SearchError) -> [UInt32] {
    let region = file.bytes.named("deletions")
    guard region.count >= headerSize + 8, try region.array(at: 0, count: 8) == magic else {
      throw region.corrupt(at: 0, "not a file of deletions")
    }
    let found: UInt32 = try region.load(at: 8)
    guard found == version else {
      throw .unsupportedVersion(file: file.path, found: Int(found), supported: Int(version))
    }
    try region.checkTrailingChecksum()
    let (count, segment, generation): (UInt32, UInt64, UInt64) =
      (try region.load(at: 12), try region.load(at: 16), try region.load(at: 24))
    guard Int(count) == documents, segment == entry.number, generation == entry.deletions else {
      throw region.corrupt(at: 12, "of another segment or generation")
    }
    let deleted = try readGaps(ByteReader(try region.slice(at: 0, count: region.count - 8), at: headerSize), documents)
    guard deleted.count == Int(entry.deleted) else {
      throw region.corrupt(at: headerSize, "\(deleted.count) deletions, not \(entry.deleted)")
    }
    return deleted
  }

  private static func readGaps(_ reader: ByteReader, _ documents: Int) throws(SearchError) -> [UInt32] {
    var reader = reader
    var deleted: [UInt32] = []
    var next: UInt64 = 0
    while !reader.isAtEnd {
      let gap = try reader.readVariable()
      guard gap < UInt64(documents), next + gap < UInt64(documents) else {
        throw reader.region.corrupt(at: reader.offset, "document beyond the segment")
      }
      deleted.append(UInt32(next + gap))
      next += gap + 1
    }
    return deleted
  }
}
