// The file that names the deleted documents of a segment, as of a generation. It never changes: a later commit that deletes more of
// the segment writes another file.
extension DeletedDocuments {
  private static let magic: [UInt8] = Array("FTSdele\n".utf8)
  private static let version: UInt32 = 1
  private static let headerSize = 32

  /// Writes the file of deletions, and blocks until it is durable.
  ///
  /// - Parameter segment: number of the segment.
  func write(segment: UInt64, generation: UInt64, in folder: String) throws(SearchError) {
    var writer = ByteWriter()
    writer.write(contentsOf: DeletedDocuments.magic)
    writer.write(DeletedDocuments.version)
    writer.write(UInt32(limit))
    writer.write(segment)
    writer.write(generation)
    var next: UInt32 = 0
    for document in self {
      writer.writeVariable(UInt64(document - next))
      next = document + 1
    }
    writer.write(Checksum.of(writer.bytes.span))
    var file = try FileWriter(creating: folder + "/" + IndexFiles.deletions(segment, generation))
    try file.write(writer)
    try file.synchronize()
  }

  /// Returns the deleted documents of a segment as of its entry in a manifest.
  ///
  /// - Parameter documents: number of documents of the segment.
  static func read(
    _ entry: Manifest.SegmentEntry, documents: Int, in folder: String
  ) throws(SearchError) -> DeletedDocuments {
    guard entry.deletions > 0 else { return DeletedDocuments(limit: documents) }
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
  ) throws(SearchError) -> DeletedDocuments {
    let region = file.bytes.named("deletions")
    try region.checkFrame(
      magic: magic, version: version, minimumSize: headerSize + 8, kind: "a file of deletions", path: file.path)
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

  private static func readGaps(_ reader: ByteReader, _ documents: Int) throws(SearchError) -> DeletedDocuments {
    var reader = reader
    var deleted = DeletedDocuments(limit: documents)
    var next: UInt64 = 0
    while !reader.isAtEnd {
      let gap = try reader.readVariable()
      guard gap < UInt64(documents), next + gap < UInt64(documents) else {
        throw reader.region.corrupt(at: reader.offset, "document beyond the segment")
      }
      deleted.insert(UInt32(next + gap))
      next += gap + 1
    }
    return deleted
  }
}
