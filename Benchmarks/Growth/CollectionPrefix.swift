import Foundation

/// The first documents of a file of JSON lines, as a file.
struct CollectionPrefix {
  /// Path of the file: the whole one if that has just as many documents.
  let path: String
  let documents: Int

  private static let chunk = 1 << 20

  /// Copies the first lines.
  ///
  /// - Returns: nil if the file has fewer lines than `documents`.
  init?(of file: String, documents: Int, in folder: String) throws {
    path = "\(folder)/\(documents).jsonl"
    self.documents = documents
    let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    defer { try? input.close() }
    try Data().write(to: URL(fileURLWithPath: path))
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? output.close() }
    var missing = documents
    while missing > 0 {
      guard let bytes = try input.read(upToCount: CollectionPrefix.chunk), !bytes.isEmpty else { return nil }
      let ends = bytes.indices.lazy.filter { bytes[$0] == 0x0A }.prefix(missing)
      let found = Array(ends)
      missing -= found.count
      let end = missing == 0 ? found.last.map { $0 + 1 } : nil
      try output.write(contentsOf: bytes[..<(end ?? bytes.endIndex)])
    }
  }
}
