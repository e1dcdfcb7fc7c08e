/// The constants of the segment file format, which `IndexFormat.md` specifies.
enum SegmentLayout {
  static let magic: [UInt8] = Array("FTSsegm\n".utf8)
  static let version: UInt32 = 2
  static let versionOffset = 8
  static let headerSize = 64
  /// Document numbers leave the highest of 32 bits free.
  static let maximumDocuments = Int(Int32.max)
  /// Offsets of sections are multiples of this.
  static let alignment = 64
  /// Minimum number of zero bytes after each section, so that kernels may load whole vectors.
  static let padding = 64
  static let tableEntrySize = 32
  static let footerSize = 32
  static let footerMagic: [UInt8] = Array("FTSend\r\n".utf8)

  /// Returns the offset at which the padding of a section that ends at `end` ends.
  static func paddedEnd(_ end: Int) -> Int { (end + padding + alignment - 1) / alignment * alignment }

  /// A section, with its number in the section table.
  enum Section: UInt32, CaseIterable {
    case statistics = 1
    case terms, termIndex, postings, blocks, positions, lengths, fieldLengths, keys, documents
    case attributes = 12
    case forms, codes, lexicon, lexiconIndex, keyIndex, keyRanks, neighbours, pairFrequencies, titles

    /// The name in error messages and in ``IndexInformation``.
    var name: StaticString {
      switch self {
      case .statistics: "statistics"
      case .terms: "terms"
      case .termIndex: "term index"
      case .postings: "postings"
      case .blocks: "blocks"
      case .positions: "positions"
      case .lengths: "lengths"
      case .fieldLengths: "field lengths"
      case .keys: "keys"
      case .documents: "documents"
      case .attributes: "attributes"
      case .forms: "forms"
      case .codes: "form codes"
      case .lexicon: "lexicon"
      case .lexiconIndex: "lexicon index"
      case .keyIndex: "key index"
      case .keyRanks: "key ranks"
      case .neighbours: "neighbours"
      case .pairFrequencies: "pair frequencies"
      case .titles: "titles"
      }
    }
  }
}
