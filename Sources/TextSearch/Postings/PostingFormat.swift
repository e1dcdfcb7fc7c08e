/// The facts of the posting layout, each in one place; drawn in `IndexFormat.md`.
enum PostingFormat {
  /// Postings in a full block, and positions in a full chunk.
  static let blockSize = BitPacking.blockSize
  /// Blocks under one upper record.
  static let groupSize = 32
  /// Bytes of a block record, and of an upper record.
  static let recordSize = 18
  static let upperSize = 32
  /// (frequency, length code) pairs in a record.
  static let frontSize = 4
  /// A frequency in a front that stands for itself and everything above.
  static let manyTimes = 255
  /// In the place of a chunk's bit width: the rest of the positions follows, with the Rice parameter that is left when
  /// this is taken away.
  static let restMark = 64
  /// Empty positions behind each field.
  static let fieldGap: UInt32 = 100
  /// Lists of one document with at most this many positions are stored in the dictionary.
  static let inlinePositions = 8

  static func fullBlocks(_ documents: Int) -> Int { documents / blockSize }

  /// Block records of a list: none for lists of less than a block.
  static func records(_ documents: Int) -> Int {
    documents < blockSize ? 0 : (documents + blockSize - 1) / blockSize
  }

  /// Upper records: none where one group holds all blocks.
  static func uppers(records: Int) -> Int { records <= groupSize ? 0 : (records + groupSize - 1) / groupSize }

  /// The Rice parameter of the gaps of a list's last block: follows from how many of the segment's documents it holds.
  static func gapParameter(documents: Int, of all: Int) -> Int {
    RiceParameter.forMean(UInt64(max(0, all - documents)), count: documents)
  }
}

/// Where a term's postings are, and how many.
struct PostingList: Sendable, Equatable {
  /// Documents that hold the term.
  var documents = 0
  /// Occurrences in all documents.
  var positions: UInt64 = 0
  var postings = Place()
  var blocks = Place()
  var positionBytes = Place()
  /// The table of the key's forms; empty where forms are not kept.
  var forms = Place()
  /// Which set of forms each document holds; empty where there is one set.
  var codes = Place()
  /// Postings and positions stand in the dictionary, not in their sections.
  var isInline = false

  /// The same list after the bytes up to where `end` begins.
  func moved(by end: PostingList) -> PostingList {
    var list = self
    list.postings.offset += end.postings.offset
    list.blocks.offset += end.blocks.offset
    list.positionBytes.offset += end.positionBytes.offset
    list.forms.offset += end.forms.offset
    list.codes.offset += end.codes.offset
    return list
  }

  /// A stretch of a section.
  struct Place: Sendable, Equatable {
    var offset: UInt64 = 0
    var count: UInt64 = 0

    /// Where the list that follows this one begins.
    var next: Place { Place(offset: offset &+ count, count: 0) }
  }
}
