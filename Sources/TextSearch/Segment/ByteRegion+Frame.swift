// What frames the small files of an index: magic and version first, a checksum last.
extension ByteRegion {
  /// Checks magic, version and checksum of a file.
  ///
  /// - Parameters:
  ///   - minimumSize: bytes of the smallest valid file.
  ///   - kind: what the file is, for the error where it is not: "a manifest".
  ///   - path: path of the file, for errors.
  /// - Throws: `SearchError.corrupt` or `.unsupportedVersion`.
  func checkFrame(
    magic: [UInt8], version: UInt32, minimumSize: Int, kind: String, path: String
  ) throws(SearchError) {
    guard count >= minimumSize, try array(at: 0, count: magic.count) == magic else {
      throw corrupt(at: 0, "not \(kind)")
    }
    let found: UInt32 = try load(at: magic.count)
    guard found == version else {
      throw .unsupportedVersion(file: path, found: Int(found), supported: Int(version))
    }
    try checkTrailingChecksum()
  }

  /// Compares the last 8 bytes with the checksum of all bytes before them.
  ///
  /// - Throws: `SearchError.corrupt` if they differ, or if there are fewer than 8 bytes.
  func checkTrailingChecksum() throws(SearchError) {
    let body = try slice(at: 0, count: count - 8)
    let checksum: UInt64 = try load(at: count - 8)
    guard try body.withSpan({ (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }) == checksum else {
      throw corrupt(at: count - 8, "checksum differs")
    }
  }
}
