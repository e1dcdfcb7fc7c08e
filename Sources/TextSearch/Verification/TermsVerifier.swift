/// Walks the dictionary and every list; counts what other sections must agree with.
struct TermsVerifier {
  private let segment: Segment
  /// Tokens of each document by language.
  private(set) var tokens: [UInt32]
  /// For each document the sum of its positions, each mixed: equal sets of positions have equal sums, and different ones
  /// almost never.
  private(set) var placeSums: [UInt64]
  private(set) var forms: [LexiconEntry] = []
  private var previous: [UInt8]?
  /// Where the next list must begin in each section.
  private var end = PostingList()

  /// The Vietnamese key whose spellings are being read, and the entry that counts their documents.
  private var key: [UInt8] = []
  private var keyList: PostingList?
  private var keySpellings = 0
  private var keyDocuments = 0
  private var keyPositions: UInt64 = 0
  private var marks: [UInt32]
  private var mark: UInt32 = 0

  static let languages = Language.allCases.count

  init(_ segment: Segment) {
    self.segment = segment
    tokens = [UInt32](repeating: 0, count: TermsVerifier.languages * segment.documentCount)
    placeSums = [UInt64](repeating: 0, count: segment.documentCount)
    marks = [UInt32](repeating: 0, count: segment.documentCount)
  }

  /// Scrambles a position (the finaliser of MurmurHash3, Appleby).
  static func mix(_ position: UInt64) -> UInt64 {
    var mixed = (position &+ 1) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ mixed >> 33
  }

  mutating func verify() throws(SearchError) {
    var cursor = segment.dictionary.start
    var rebuilt = TermDictionaryWriter()
    while try cursor.next() {
      guard previous.map({ $0.lexicographicallyPrecedes(cursor.address) }) ?? true, cursor.address.count > 1 else {
        throw cursor.corrupt("terms out of order")
      }
      previous = cursor.address
      try verifyPlaces(cursor)
      let address = TermAddress(bytes: cursor.address)
      guard cursor.address[0] < TermsVerifier.languages else { throw cursor.corrupt("unknown language") }
      if address.isWhole { try verify(address, cursor.entry) } else { try begin(cursor) }
      try TermsVerifier.add(cursor, to: &rebuilt)
    }
    try endKey()
    try verifyEnds()
    try SegmentVerifier.require(rebuilt.terms, try segment.region(.terms), "terms coded otherwise")
    try SegmentVerifier.require(rebuilt.index(), try segment.region(.termIndex), "differs from the terms")
  }

  private static func add(
    _ cursor: TermDictionary.Cursor, to writer: inout TermDictionaryWriter
  ) throws(SearchError) {
    if cursor.entry.list.isInline {
      let inline = cursor.entry.inline
      try inline.withSpan { (span: Span<UInt8>) throws(SearchError) in writer.inline.write(span) }
    }
    writer.add(cursor.address, cursor.entry.list)
  }

  /// Lists lie one behind the other.
  private mutating func verifyPlaces(_ cursor: TermDictionary.Cursor) throws(SearchError) {
    let list = cursor.entry.list
    let isRight =
      list.postings.offset == end.postings.offset && list.blocks.offset == end.blocks.offset
      && list.positionBytes.offset == end.positionBytes.offset && list.forms.offset == end.forms.offset
      && list.codes.offset == end.codes.offset
    guard isRight else { throw cursor.corrupt("the list does not begin where the one before ends") }
    end.postings = list.postings.next
    end.blocks = list.blocks.next
    end.positionBytes = list.positionBytes.next
    end.forms = list.forms.next
    end.codes = list.codes.next
  }

  private func verifyEnds() throws(SearchError) {
    let sections = segment.postings
    let ends = [
      (sections.postings, end.postings), (sections.blocks, end.blocks), (sections.positions, end.positionBytes),
      (sections.forms, end.forms), (sections.codes, end.codes),
    ]
    for (region, end) in ends where UInt64(region.count) != end.offset {
      throw region.corrupt(at: Int(clamping: end.offset), "bytes of no list")
    }
  }

  // MARK: Lists

  private mutating func verify(_ address: TermAddress, _ entry: TermDictionary.Entry) throws(SearchError) {
    let list = try PostingListVerifier(entry, of: segment)
    let isFrench = address.language == .french
    if isFrench {
      for (form, documents) in try list.verifyForms(key: Array(address.key)) {
        forms.append(LexiconEntry(folded: Folding.key(of: form), form: form, documents: documents))
      }
    }
    if address.language == .vietnamese { try count(address, list) }
    // The parts of compounds are posted besides.
    guard !address.isCompound else { return }
    var place = 0
    for (document, frequency) in zip(list.documents, list.frequencies) {
      tokens[Int(document) * TermsVerifier.languages + Int(address.language.rawValue)] &+= frequency
      for position in list.positions[place..<place + Int(frequency)] {
        placeSums[Int(document)] &+= TermsVerifier.mix(UInt64(position))
      }
      place += Int(frequency)
    }
  }

  // MARK: Keys of several spellings

  /// An entry that only counts: the spellings follow.
  private mutating func begin(_ cursor: TermDictionary.Cursor) throws(SearchError) {
    try endKey()
    let list = cursor.entry.list
    let isEmpty = list.postings.count == 0 && list.blocks.count == 0 && list.positionBytes.count == 0
    guard cursor.address[0] == Language.vietnamese.rawValue, !list.isInline, isEmpty else {
      throw cursor.corrupt("a list without an address")
    }
    key = cursor.address
    keyList = list
  }

  private mutating func count(_ address: TermAddress, _ list: PostingListVerifier) throws(SearchError) {
    let own = [address.language.rawValue] + address.key
    if own != key {
      try endKey()
      key = own
    }
    if keySpellings == 0 { mark += 1 }
    keySpellings += 1
    keyPositions += UInt64(list.positions.count)
    for document in list.documents where marks[Int(document)] != mark {
      marks[Int(document)] = mark
      keyDocuments += 1
    }
  }

  private mutating func endKey() throws(SearchError) {
    let needsEntry = keySpellings > 1
    let isRight = keyList.map { $0.documents == keyDocuments && $0.positions == keyPositions } ?? true
    guard needsEntry == (keyList != nil), isRight else {
      let name = String(decoding: key.dropFirst(), as: UTF8.self)
      throw try segment.region(.terms).corrupt(at: 0, "key \(name): its entry does not count its spellings")
    }
    (key, keyList, keySpellings, keyDocuments, keyPositions) = ([], nil, 0, 0, 0)
  }
}
