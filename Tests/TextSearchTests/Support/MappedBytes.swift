import TestSupport

@testable import TextSearch

/// Bytes as the engine sees them: a mapped file.
enum MappedBytes {
  /// A region over a copy of `bytes`; the file behind it is gone from its folder already.
  static func region(_ bytes: [UInt8]) throws -> ByteRegion { try file(bytes).bytes }

  static func file(_ bytes: [UInt8]) throws -> MappedFile {
    let folder = try TemporaryFolder()
    return try MappedFile(try folder.write(bytes, to: "bytes"))
  }

  static func region(_ writer: borrowing ByteWriter) throws -> ByteRegion { try region(array(writer)) }

  static func array(_ writer: borrowing ByteWriter) -> [UInt8] {
    (0..<writer.count).map { writer.bytes[$0] }
  }
}
