/// The recognition of files that are no text, whatever their names say.
enum BinaryContents {
  /// Number of bytes at the start of a file that are examined.
  static let sampleSize = 8192

  /// Whether some bytes at the start of a file are no text of any encoding that is read: the signature of a known
  /// format, a zero byte, or more than one control character in twenty.
  ///
  /// - Parameter encoding: that of the input. Two encodings of Vietnamese have letters at control characters.
  static func isBinary(_ bytes: some Collection<UInt8>, _ encoding: InputEncoding = .utf8) -> Bool {
    if UnicodeMark(bytes) != nil { return false }
    if signatures.contains(where: { bytes.starts(with: $0) }) { return true }
    var controls = 0
    var count = 0
    for byte in bytes.prefix(sampleSize) {
      if byte == 0 { return true }
      count += 1
      // Tab, line feed, form feed, carriage return and escape are in texts.
      if byte < 0x20, ![0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B].contains(byte) { controls += 1 }
    }
    return controls * 20 > count && encoding != .viscii && encoding != .tcvn
  }

  /// The first bytes of PDF, ZIP (and so of DOCX, ODT, EPUB), OLE documents, RTF, PNG, JPEG, GIF, gzip, xz, zstd, 7-Zip,
  /// ELF and SQLite files.
  private static let signatures: [[UInt8]] = [
    Array("%PDF-".utf8), [0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
    Array(#"{\rtf"#.utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF87a".utf8), Array("GIF89a".utf8),
    [0x1F, 0x8B], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD], [0x37, 0x7A, 0xBC, 0xAF],
    [0x7F, 0x45, 0x4C, 0x46], Array("SQLite format 3\0".utf8),
  ]
}
