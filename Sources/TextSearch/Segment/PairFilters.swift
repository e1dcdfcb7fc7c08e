/// Which pairs of neighbouring words each document holds: for each document a Bloom filter (Bloom 1970) in blocks of one
/// word of 64 bits (Putze, Sanders and Singler 2007), so that a question reads one word.
///
/// A filter denies no pair that stands in the document; of those that do not it denies nine in ten, and the positions
/// of the rest need not be read. Words are told apart by their keys alone: spellings of one key are one word here.
struct PairFilters: Sendable {
  /// Bits for each token of a document, by its length code.
  static let bitsPerToken = 4
  /// What follows the ends begins at a multiple of this.
  static let alignment = 8

  private let ends: ByteRegion
  private let words: ByteRegion
  private let documentCount: Int

  /// An empty region says that no filters are kept.
  init(_ region: ByteRegion, documents: Int) throws(SearchError) {
    guard region.count > 0 else {
      (ends, words, documentCount) = (region, region, 0)
      return
    }
    let start = PairFilters.start(documents: documents)
    ends = try region.slice(at: 0, count: start)
    words = try region.slice(at: start, count: region.count - start)
    documentCount = documents
    let count = documents == 0 ? 0 : Int(try ends.load(at: 4 * (documents - 1), as: UInt32.self))
    guard words.count == 8 * count else { throw region.corrupt(at: 0, "\(count) words in \(words.count) bytes") }
  }

  /// No filters.
  static let none = PairFilters()

  private init() { (ends, words, documentCount) = (.empty, .empty, 0) }

  /// No filters are kept: any document may hold any pair.
  var isEmpty: Bool { documentCount == 0 }

  /// Where the words begin.
  static func start(documents: Int) -> Int { (4 * documents + alignment - 1) / alignment * alignment }

  /// Words of the filter of a document with this length code.
  static func wordCount(lengthCode: UInt8) -> Int { (LengthCode.decode(lengthCode) * bitsPerToken + 63) / 64 }

  // MARK: Pairs

  /// What stands for a word.
  static func hash(ofKey key: Span<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: Checksum.of(key)) }

  /// What stands for a pair, by its words in their order.
  @inline(__always)
  static func hash(_ first: UInt32, _ second: UInt32) -> UInt64 {
    var hash = (UInt64(first) &<< 32 | UInt64(second)) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash &>> 32) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash &>> 32
  }

  /// The word of a filter that a pair is in: the upper half of its hash, scaled to their number.
  @inline(__always)
  static func word(of pair: UInt64, in count: Int) -> Int { Int(((pair &>> 32) &* UInt64(count)) &>> 32) }

  /// The bits of a pair in its word: three groups of six bits of its hash.
  @inline(__always)
  static func bits(of pair: UInt64) -> UInt64 {
    1 &<< (pair & 63) | 1 &<< (pair &>> 6 & 63) | 1 &<< (pair &>> 12 & 63)
  }

  // MARK: Reading

  /// The words of a document's filter.
  @inline(__always)
  func range(_ document: UInt32) throws(SearchError) -> Range<Int> {
    guard Int(document) < documentCount else { throw ends.corrupt(at: 0, "no document \(document)") }
    let end = Int(try ends.load(at: 4 &* Int(document), as: UInt32.self))
    let start = document == 0 ? 0 : Int(try ends.load(at: 4 &* Int(document) &- 4, as: UInt32.self))
    guard start <= end else { throw ends.corrupt(at: 4 * Int(document), "filters out of order") }
    return start..<end
  }

  /// The filter of a document; nil if it is that of an empty one, which denies all pairs. Only where filters are kept.
  @unsafe
  @inline(__always)
  func filter(_ document: UInt32) throws(SearchError) -> DocumentFilter? {
    guard document > 0, Int(document) < documentCount else { return unsafe try filterAtEnd(document) }
    // Both ends at once: of the document before, and its own.
    let bounds = try ends.load(at: 4 &* Int(document) &- 4, as: UInt64.self)
    return unsafe try filter(bounds & 0xFFFF_FFFF, bounds &>> 32)
  }

  /// The same of the first document, and of one that there is not.
  @unsafe
  @inline(never)
  private func filterAtEnd(_ document: UInt32) throws(SearchError) -> DocumentFilter? {
    let range = try range(document)
    return unsafe try filter(UInt64(range.lowerBound), UInt64(range.upperBound))
  }

  @unsafe
  @inline(__always)
  private func filter(_ start: UInt64, _ end: UInt64) throws(SearchError) -> DocumentFilter? {
    guard start < end else {
      if start == end { return nil }
      throw ends.corrupt(at: 0, "filters out of order")
    }
    let count = end &- start
    return unsafe DocumentFilter(try words.address(at: 8 &* Int(start), count: 8 &* Int(count)), count)
  }

  /// A word of the filters.
  @inline(__always)
  func word(_ index: Int) throws(SearchError) -> UInt64 { try words.load(at: 8 &* index, as: UInt64.self) }

  /// Whether a document may hold one of some pairs; only where filters are kept.
  @inline(__always)
  func mayHold(_ document: UInt32, _ pairs: [UInt64], _ places: Range<Int>) throws(SearchError) -> Bool {
    let range = try range(document)
    guard !range.isEmpty else { return false }
    for place in places {
      let pair = pairs[place]
      let bits = PairFilters.bits(of: pair)
      let word = try word(range.lowerBound &+ PairFilters.word(of: pair, in: range.count))
      if word & bits == bits { return true }
    }
    return false
  }
}

/// Writes the filters of some documents, one after the other.
struct PairFiltersWriter: ~Copyable {
  /// How many words the filters of the documents so far have.
  private(set) var wordCount = 0
  private var ends = ByteWriter()

  /// Makes room for the next document.
  ///
  /// - Throws: `SearchError.limit` where the section would have more than 2^32 words.
  mutating func add(lengthCode: UInt8) throws(SearchError) {
    wordCount += PairFilters.wordCount(lengthCode: lengthCode)
    guard let end = UInt32(exactly: wordCount) else {
      throw .limit(what: "words of pair filters in one segment", value: wordCount, most: Int(UInt32.max))
    }
    ends.write(end)
  }

  /// Begins the section; `wordCount` words follow.
  mutating func begin(_ writer: inout SegmentWriter) throws(SearchError) {
    ends.pad(to: PairFilters.alignment)
    try writer.begin(.pairs)
    try writer.append(ends.bytes, 0..<ends.count)
  }
}
