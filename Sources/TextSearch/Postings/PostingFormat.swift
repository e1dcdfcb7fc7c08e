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
  /// The frequency of an impact that includes all higher ones.
  static let maximumFrequency = 255
  /// A value in the position of a chunk's bit width: the tail of the positions follows, with the Rice parameter that remains when
  /// this is subtracted.
  static let tailMarker = 64
  /// Maximum number of document numbers, from the one behind the block before to the last of a full block, for which its documents
  /// are a bit set (`BitSetBlock`).
  static let bitSetSpan = 512
  /// A value in the position of the bit width of gaps: a bit set of as many records as remain when this is subtracted.
  static let bitSetMarker = 128
  /// Positions that are left empty behind each field.
  static let fieldGap: UInt32 = 100
  /// Lists of one document with at most this many positions are stored in the dictionary.
  static let inlinePositions = 8
  /// Lists of more occurrences keep no neighbours: the starts of their blocks have 32 bits.
  static let maximumNeighbours = UInt64(UInt32.max)
}
