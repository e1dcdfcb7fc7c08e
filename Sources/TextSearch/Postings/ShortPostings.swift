/// Reads lists of less than a block, of which a prefix may reach hundreds: without the buffers of a cursor.
enum ShortPostings {
  /// Whether a list is that short.
  static func hold(_ list: PostingList) -> Bool { list.documents < PostingFormat.blockSize }

  /// Calls `body` with each document of a short list and how often it holds the term.
  ///
  /// - Parameters:
  ///   - bytes: the list's part of the postings, or those of an inline list.
  ///   - documentLimit: number of documents in the segment; a list that names more is damaged.
  @inline(__always)
  static func forEach(
    _ list: PostingList, _ bytes: ByteRegion, documentLimit: UInt32, _ body: (_ document: UInt32, UInt32) -> Void
  ) throws(SearchError) {
    if list.isInline {
      var reader = ByteReader(bytes)
      let document: UInt32 = try reader.readUInt32()
      guard document < documentLimit else { throw beyond(bytes) }
      return body(document, UInt32(truncatingIfNeeded: list.positions))
    }
    let parameter = PostingFormat.gapParameter(documents: list.documents, of: Int(documentLimit))
    var reader = BitReader(bytes, at: 0)
    var next: UInt64 = 0
    for _ in 0..<list.documents {
      next += UInt64(try reader.readRice(parameter: parameter))
      guard next < UInt64(documentLimit) else { throw beyond(bytes) }
      body(UInt32(next), try reader.readGamma())
      next += 1
    }
  }

  private static func beyond(_ bytes: ByteRegion) -> SearchError {
    bytes.corrupt(at: 0, "document number beyond the segment")
  }
}
