/// Filters of the adjacent pairs of words of each document: a Bloom filter (Bloom 1970) for each document in blocks of one
/// word of 64 bits (Putze, Sanders and Singler 2007), so that a probe reads one word.
///
/// A filter never rejects a pair of the document; of all others it rejects more than nine in ten, and nearly all where both
/// words are frequent: these are probed in most documents, so their bits save the most reading (as in weighted Bloom
/// filters: Bruck, Gao and Jiang 2006). The positions of rejected pairs need not be read. Words are distinguished by their
/// keys alone: all spellings of a key are one word here.
struct PairFilters: Sendable {
  /// Bits for each token of a document, by its length code.
  static let bitsPerToken = 6
  /// What follows the starts begins at a multiple of this.
  static let alignment = 8
  /// Flag bit of a word's hash: the word is in `FrequentKeys`.
  private static let frequent: UInt32 = 1 << 31

  private let starts: ByteRegion
  private let words: ByteRegion
  private let documentCount: Int

  /// An empty region says that no filters are kept.
  init(_ region: ByteRegion, documents: Int) throws(SearchError) {
    guard region.count > 0 else {
      (starts, words, documentCount) = (region, region, 0)
      return
    }
    let start = PairFilters.start(documents: documents)
    starts = try region.slice(at: 0, count: PairFilters.startBytes(documents: documents))
    words = try region.slice(at: start, count: region.count - start)
    documentCount = documents
    let count = Int(try starts.load(at: 4 * documents, as: UInt32.self))
    guard words.count == 8 * count else {
      throw region.corrupt(at: 4 * documents, "\(count) words in \(words.count) bytes")
    }
  }

  /// No filters.
  static let none = PairFilters()

  private init() { (starts, words, documentCount) = (.empty, .empty, 0) }

  /// No filters are kept: any document may hold any pair.
  var isEmpty: Bool { documentCount == 0 }

  /// Bytes of the numbers that say where each filter starts, and where the last ends.
  static func startBytes(documents: Int) -> Int { 4 * (documents + 1) }

  /// Where the words begin.
  static func start(documents: Int) -> Int {
    (startBytes(documents: documents) + alignment - 1) / alignment * alignment
  }

  /// Words of the filter of a document with this length code.
  static func wordCount(lengthCode: UInt8) -> Int { (LengthCode.decode(lengthCode) * bitsPerToken + 63) / 64 }

  // MARK: Pairs

  /// Returns the hash of a word by its key, with the flag of frequent keys.
  static func hash(ofKey key: Span<UInt8>) -> UInt32 {
    let hash = UInt32(truncatingIfNeeded: Checksum.of(key))
    return FrequentKeys.contains(key) ? hash | frequent : hash & ~frequent
  }

  /// Returns the hash of a pair by the hashes of its words in their order: above, what chooses its word; below, five groups of six bits,
  /// the last two of which repeat the first two unless both words are frequent.
  @inline(__always)
  static func hash(_ first: UInt32, _ second: UInt32) -> UInt64 {
    var hash = (UInt64(first) &<< 32 | UInt64(second)) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash &>> 32) &* 0xD6E8_FEB8_6659_FD93
    hash = hash ^ hash &>> 32
    let repeating = hash & ~(0xFFF &<< 18) | (hash & 0xFFF) &<< 18
    return first & second & frequent == 0 ? repeating : hash
  }

  /// The word of a filter that a pair is in: the upper half of its hash, scaled to their number.
  @inline(__always)
  static func word(of pair: UInt64, in count: Int) -> Int { Int(((pair &>> 32) &* UInt64(count)) &>> 32) }

  /// The bits of a pair in its word: three of them, five if both words are frequent.
  @inline(__always)
  static func bits(of pair: UInt64) -> UInt64 {
    let three: UInt64 = 1 &<< (pair & 63) | 1 &<< (pair &>> 6 & 63) | 1 &<< (pair &>> 12 & 63)
    return three | 1 &<< (pair &>> 18 & 63) | 1 &<< (pair &>> 24 & 63)
  }

  // MARK: Reading

  /// The words of a document's filter.
  @inline(__always)
  func range(_ document: UInt32) throws(SearchError) -> Range<Int> {
    // Both ends of the filter in one load.
    let both = try starts.load(at: 4 &* Int(document), as: UInt64.self)
    let (start, end) = (Int(both & 0xFFFF_FFFF), Int(both &>> 32))
    guard start <= end else { throw starts.corrupt(at: 4 * Int(document), "filters out of order") }
    return start..<end
  }

  /// Returns the filter of a document; nil for that of an empty one, which rejects all pairs. Only where filters are kept.
  @inline(__always)
  @_lifetime(borrow self)
  func filter(_ document: UInt32) throws(SearchError) -> DocumentFilter? {
    let range = try range(document)
    return range.isEmpty ? nil : try DocumentFilter(words, range)
  }

  /// A word of the filters.
  @inline(__always)
  func word(_ index: Int) throws(SearchError) -> UInt64 { try words.load(at: 8 &* index, as: UInt64.self) }
}

/// An adjacent pair that filters are probed for: its hash, which chooses a word of a filter, and its bits in that word.
struct ProbedPair: BitwiseCopyable {
  fileprivate let hash: UInt64
  fileprivate let bits: UInt64

  /// - Parameter hash: of the pair (`PairFilters.hash`).
  init(_ hash: UInt64) {
    self.hash = hash
    bits = PairFilters.bits(of: hash)
  }

  /// A pair that no filter rejects.
  static let any = ProbedPair()

  private init() { (hash, bits) = (0, 0) }
}

/// The filter of a document.
@safe
struct DocumentFilter: ~Escapable {
  // Safe because: these are `count` checked words of the filters, which live as long.
  private let words: UnsafeRawPointer
  /// At least 1.
  private let count: Int

  /// - Parameter range: words of the section, at least one.
  @inline(__always)
  @_lifetime(borrow section)
  fileprivate init(_ section: borrowing ByteRegion, _ range: Range<Int>) throws(SearchError) {
    count = range.upperBound &- range.lowerBound
    // No more than 2^32 words of 8 bytes.
    unsafe words = try section.address(at: 8 &* range.lowerBound, count: 8 &* count)
  }

  /// False only if the document does not hold the pair.
  @inline(__always)
  func mayContain(_ pair: ProbedPair) -> Bool {
    // Safe because: the index is below the count.
    let index = PairFilters.word(of: pair.hash, in: count)
    let word = unsafe words.loadUnaligned(fromByteOffset: 8 &* index, as: UInt64.self)
    return UInt64(littleEndian: word) & pair.bits == pair.bits
  }

  /// False only if the document contains none of some pairs.
  @inline(__always)
  func mayContain(anyOf pairs: [ProbedPair], _ range: Range<Int>) -> Bool {
    for index in range where mayContain(pairs[index]) { return true }
    return false
  }
}

/// Writes the filters of some documents, one after the other.
struct PairFiltersWriter: ~Copyable {
  /// How many words the filters of the documents so far have.
  private(set) var wordCount = 0
  private var starts = ByteWriter()

  init() { starts.write(UInt32(0)) }

  /// Makes room for the next document.
  ///
  /// - Throws: `SearchError.limit` where the section would have more than 2^32 words.
  mutating func add(lengthCode: UInt8) throws(SearchError) {
    wordCount += PairFilters.wordCount(lengthCode: lengthCode)
    guard let end = UInt32(exactly: wordCount) else {
      throw .limit(what: "words of pair filters in one segment", value: wordCount, maximum: Int(UInt32.max))
    }
    starts.write(end)
  }

  /// Begins the section; `wordCount` words follow.
  mutating func begin(_ writer: inout SegmentWriter) throws(SearchError) {
    starts.pad(to: PairFilters.alignment)
    try writer.begin(.pairs)
    try writer.append(starts.bytes, 0..<starts.count)
  }
}
