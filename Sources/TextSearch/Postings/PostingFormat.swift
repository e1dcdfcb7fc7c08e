/// Constants of the postings' layout, each defined once; the article `IndexFormat` draws it.
enum PostingFormat {
  /// Postings in a full block, and positions in a full chunk.
  static let blockSize = BitPacking.blockSize
  /// Blocks under one level-1 skip entry.
  static let groupSize = 32
  /// Bytes of a skip entry behind its last document, and of a level-1 skip entry.
  static let skipEntrySize = 18
  static let levelOneEntrySize = 32
  /// Impacts, pairs of a frequency and a length code, in a skip entry.
  static let impactsPerEntry = 4
  /// A frequency of an impact that stands for itself and every higher one.
  static let maximumFrequency = 255
  /// Stands where a chunk has its bit width: the tail of the positions follows, with the Rice parameter that remains when
  /// this is subtracted.
  static let tailMarker = 64
  /// Positions that are left empty behind each field.
  static let fieldGap: UInt32 = 100
  /// Lists of one document with at most this many positions are stored in the dictionary.
  static let inlinePositions = 8

  /// Blocks of 128 postings in a list.
  static func fullBlocks(_ documents: Int) -> Int { documents / blockSize }

  /// Skip entries of a list: none for lists of less than a block.
  static func skipEntries(_ documents: Int) -> Int {
    documents < blockSize ? 0 : (documents + blockSize - 1) / blockSize
  }

  /// Level-1 skip entries: none where one group has all blocks.
  static func levelOneEntries(_ skipEntries: Int) -> Int {
    skipEntries <= groupSize ? 0 : (skipEntries + groupSize - 1) / groupSize
  }

  /// The Rice parameter of the gaps in the tail of a list: follows from the share of the segment's documents that hold the term.
  static func gapParameter(documents: Int, of all: Int) -> Int {
    RiceParameter.forMean(UInt64(max(0, all - documents)), count: documents)
  }
}
