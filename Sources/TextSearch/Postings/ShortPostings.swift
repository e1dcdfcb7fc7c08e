/// Decodes the postings behind the last full block of a list; of a short list these are all.
enum ShortPostings {
  /// Whether a list has less than a block.
  static func hold(_ list: PostingList) -> Bool { list.documents < PostingFormat.blockSize }

  /// Runs `body` on each document of a short list, with the frequency of the term: without the buffers of a cursor, as a prefix may
  /// stand for hundreds of lists.
  ///
  /// - Parameters:
  ///   - bytes: the list's part of the postings, or the bytes of an inline list.
  ///   - documentLimit: number of documents in the segment; a list that names more is damaged.
  @inline(__always)
  static func forEach(
    _ list: PostingList, _ bytes: ByteRegion, documentLimit: UInt32, _ body: (_ document: UInt32, UInt32) -> Void
  ) throws(SearchError) {
    if list.isInline {
      var reader = ByteReader(bytes)
      let document: UInt32 = try reader.readUInt32()
      guard document < documentLimit else { throw beyond(bytes, 0) }
      return body(document, UInt32(truncatingIfNeeded: list.positions))
    }
    try forEachInTail(list, bytes, at: 0, after: .max, documentLimit: documentLimit) { _, document, frequency in
      body(document, frequency)
    }
  }

  /// Runs `body` on each posting of a list's tail: its index, its document and its frequency.
  ///
  /// - Parameters:
  ///   - offset: of the tail.
  ///   - previous: the last document before the tail; `UInt32.max` if there is none.
  @inline(__always)
  static func forEachInTail(
    _ list: PostingList, _ bytes: ByteRegion, at offset: Int, after previous: UInt32, documentLimit: UInt32,
    _ body: (_ index: Int, _ document: UInt32, UInt32) -> Void
  ) throws(SearchError) {
    let parameter = RiceParameter.ofGaps(documents: list.documents, of: Int(documentLimit))
    var reader = BitReader(bytes, at: offset)
    var next = UInt64(previous &+ 1)
    for index in 0..<list.documents % PostingFormat.blockSize {
      next &+= UInt64(try reader.readRice(parameter: parameter))
      guard next < UInt64(documentLimit) else { throw beyond(bytes, offset) }
      body(index, UInt32(truncatingIfNeeded: next), try reader.readGamma())
      next &+= 1
    }
  }

  private static func beyond(_ bytes: ByteRegion, _ offset: Int) -> SearchError {
    bytes.corrupt(at: offset, "document number beyond the segment")
  }
}
