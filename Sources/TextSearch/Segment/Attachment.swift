/// The file with the bytes that an application has committed together with its documents.
enum Attachment {
  private static let magic: [UInt8] = Array("FTSatta\n".utf8)
  private static let version: UInt32 = 1
  private static let headerSize = 24

  /// Writes the attachment of a generation, and blocks until the file is durable.
  static func write(_ bytes: [UInt8], _ generation: UInt64, in folder: String) throws(SearchError) {
    var writer = ByteWriter(capacity: bytes.count + 64)
    writer.write(contentsOf: magic)
    writer.write(version)
    writer.write(UInt32(0))
    writer.write(generation)
    writer.write(contentsOf: bytes)
    writer.write(Checksum.of(writer.bytes.span))
    var file = try FileWriter(creating: folder + "/" + IndexFiles.attachment(generation))
    try file.write(writer)
    try file.synchronize()
  }

  /// Returns the attachment that a manifest names; nil if it names none.
  ///
  /// - Throws: `SearchError.system` if the file cannot be mapped, `.corrupt` or `.unsupportedVersion` for its contents.
  static func read(_ manifest: Manifest, in folder: String) throws(SearchError) -> [UInt8]? {
    guard manifest.attachment > 0 else { return nil }
    let path = folder + "/" + IndexFiles.attachment(manifest.attachment)
    let file = try MappedFile(path)
    do {
      return try read(file, manifest.attachment)
    } catch {
      throw error.inFile(path)
    }
  }

  private static func read(_ file: MappedFile, _ generation: UInt64) throws(SearchError) -> [UInt8] {
    let region = file.bytes.named("attachment")
    try region.checkFrame(
      magic: magic, version: version, minimumSize: headerSize + 8, kind: "an attachment", path: file.path)
    let own: UInt64 = try region.load(at: 16)
    guard own == generation else { throw region.corrupt(at: 16, "attachment of another generation") }
    return try region.array(at: headerSize, count: region.count - headerSize - 8)
  }
}
