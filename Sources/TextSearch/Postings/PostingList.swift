/// The extents of a term's postings in the sections of a segment, and their numbers.
struct PostingList: Sendable, Equatable {
  /// Documents that hold the term.
  var documents = 0
  /// Occurrences in all documents.
  var positions: UInt64 = 0
  var postings = Extent()
  var blocks = Extent()
  var positionBytes = Extent()
  /// The table of the key's forms; empty where forms are not kept.
  var forms = Extent()
  /// The form code of each document; empty where there is one set of forms.
  var codes = Extent()
  /// Postings and positions are in the dictionary, not in their sections.
  var isInline = false
  /// The codes of the words beside each occurrence are kept.
  var hasNeighbours = false
  /// Offset of the codes in their section.
  var neighbourOffset: UInt64 = 0

  /// Bytes of the codes in their section: one for each occurrence, and where the codes of each block begin.
  var neighbourCount: UInt64 {
    if !hasNeighbours || isInline { return 0 }
    return positions &+ 4 &* UInt64(blockStarts)
  }

  /// Number of blocks of which the start of the codes is kept: none for lists of less than a block.
  private var blockStarts: Int {
    documents < PostingFormat.blockSize ? 0 : (documents + PostingFormat.blockSize - 1) / PostingFormat.blockSize
  }

  /// Number of its blocks of 128 postings.
  var fullBlocks: Int { documents / PostingFormat.blockSize }

  /// Returns the list with its extents moved behind the bytes before `end`.
  func moved(by end: PostingList) -> PostingList {
    var list = self
    list.postings.offset += end.postings.offset
    list.blocks.offset += end.blocks.offset
    list.positionBytes.offset += end.positionBytes.offset
    list.forms.offset += end.forms.offset
    list.codes.offset += end.codes.offset
    list.neighbourOffset += end.neighbourOffset
    return list
  }

  /// A range of a section's bytes.
  struct Extent: Sendable, Equatable {
    var offset: UInt64 = 0
    var count: UInt64 = 0

    /// The start of the list that follows this one.
    var next: Extent { Extent(offset: offset &+ count, count: 0) }
  }
}
