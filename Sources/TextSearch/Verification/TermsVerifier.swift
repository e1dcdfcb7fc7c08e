/// A verifier of the dictionary and every posting list of a segment. It counts what other sections must agree with.
struct TermsVerifier {
  private let segment: Segment
  /// Number of tokens of each document by language: `languages` numbers a document.
  private(set) var tokens: [UInt32]
  /// For each document, the sum of its mixed positions: different sets of positions almost never have equal sums.
  private(set) var positionSums: [UInt64]
  /// The forms of all French keys, in the order of the keys.
  private(set) var forms: [LexiconEntry] = []
  /// The address of the term before.
  private var previous: [UInt8]?
  /// Offsets at which the next list must begin in each section.
  private var end = PostingList()

  /// The Vietnamese key whose spellings are being read.
  private var key: [UInt8] = []
  /// The df-only entry of this key; nil if it has none.
  private var keyList: PostingList?
  private var keySpellings = 0
  private var keyDocuments = 0
  private var keyPositions: UInt64 = 0
  /// For each document, the stamp of the last key that it contains.
  private var stamps: [UInt32]
  /// The stamp of the current key.
  private var stamp: UInt32 = 0

  /// Number of languages.
  static let languages = Language.allCases.count

  init(_ segment: Segment) {
    self.segment = segment
    tokens = [UInt32](repeating: 0, count: TermsVerifier.languages * segment.documentCount)
    positionSums = [UInt64](repeating: 0, count: segment.documentCount)
    stamps = [UInt32](repeating: 0, count: segment.documentCount)
  }

  /// Mixes the bits of a position (the finaliser of MurmurHash3, Appleby).
  static func mix(_ position: UInt64) -> UInt64 {
    var mixed = (position &+ 1) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ mixed >> 33
  }

  /// Checks the dictionary and all lists.
  ///
  /// - Throws: `SearchError.corrupt` for the first problem.
  mutating func verify() throws(SearchError) {
    var cursor = segment.dictionary.start
    var rebuilt = TermDictionaryWriter()
    while try cursor.next() {
      guard previous.map({ $0.lexicographicallyPrecedes(cursor.text) }) ?? true, cursor.text.count > 1 else {
        throw cursor.corrupt("terms out of order")
      }
      previous = cursor.text
      try verifyOffsets(cursor)
      let address = TermAddress(bytes: cursor.text)
      guard cursor.text[0] < TermsVerifier.languages else { throw cursor.corrupt("unknown language") }
      if address.isListAddress { try verify(address, cursor.value) } else { try begin(cursor) }
      try TermsVerifier.add(cursor, to: &rebuilt)
    }
    try endKey()
    try verifyEnds()
    try SegmentVerifier.require(
      rebuilt.terms, try segment.region(.terms), "the terms are not in their only valid encoding")
    try SegmentVerifier.require(rebuilt.index(), try segment.region(.termIndex), "the index differs from the terms")
  }

  /// Adds the entry of a cursor to a rebuilt dictionary.
  private static func add(
    _ cursor: TermDictionary.Cursor, to writer: inout TermDictionaryWriter
  ) throws(SearchError) {
    if cursor.value.list.isInline {
      let inline = cursor.value.inline
      try inline.withSpan { (span: Span<UInt8>) throws(SearchError) in writer.inline.write(span) }
    }
    writer.add(cursor.text, cursor.value.list)
  }

  /// Checks that a list begins where the one before ends, in every section.
  private mutating func verifyOffsets(_ cursor: TermDictionary.Cursor) throws(SearchError) {
    let list = cursor.value.list
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

  /// Checks that the last list ends with each section.
  private func verifyEnds() throws(SearchError) {
    let sections = segment.postings
    let ends = [
      (sections.postings, end.postings), (sections.blocks, end.blocks), (sections.positions, end.positionBytes),
      (sections.forms, end.forms), (sections.codes, end.codes),
    ]
    for (region, end) in ends where UInt64(region.count) != end.offset {
      throw region.corrupt(at: Int(clamping: end.offset), "bytes that belong to no list")
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
    // The parts of compounds have postings of their own, which are counted.
    guard !address.isCompound else { return }
    var index = 0
    for (document, frequency) in zip(list.documents, list.frequencies) {
      tokens[Int(document) * TermsVerifier.languages + Int(address.language.rawValue)] &+= frequency
      for position in list.positions[index..<index + Int(frequency)] {
        positionSums[Int(document)] &+= TermsVerifier.mix(UInt64(position))
      }
      index += Int(frequency)
    }
  }

  // MARK: Keys of several spellings

  /// Begins a key with a df-only entry; the entries of its spellings follow.
  private mutating func begin(_ cursor: TermDictionary.Cursor) throws(SearchError) {
    try endKey()
    let list = cursor.value.list
    let isEmpty = list.postings.count == 0 && list.blocks.count == 0 && list.positionBytes.count == 0
    guard cursor.text[0] == Language.vietnamese.rawValue, !list.isInline, isEmpty else {
      throw cursor.corrupt("the entry of an address without a spelling is not df-only")
    }
    key = cursor.text
    keyList = list
  }

  /// Adds a list of a spelling to the counts of its key.
  private mutating func count(_ address: TermAddress, _ list: PostingListVerifier) throws(SearchError) {
    let own = [address.language.rawValue] + address.key
    if own != key {
      try endKey()
      key = own
    }
    if keySpellings == 0 { stamp += 1 }
    keySpellings += 1
    keyPositions += UInt64(list.positions.count)
    for document in list.documents where stamps[Int(document)] != stamp {
      stamps[Int(document)] = stamp
      keyDocuments += 1
    }
  }

  /// Checks the df-only entry of the current key: it exists if the key has several spellings, and counts all of them.
  private mutating func endKey() throws(SearchError) {
    let needsEntry = keySpellings > 1
    let isRight = keyList.map { $0.documents == keyDocuments && $0.positions == keyPositions } ?? true
    guard needsEntry == (keyList != nil), isRight else {
      let name = String(decoding: key.dropFirst(), as: UTF8.self)
      throw try segment.region(.terms).corrupt(at: 0, "the entry of key \(name) does not count its spellings")
    }
    (key, keyList, keySpellings, keyDocuments, keyPositions) = ([], nil, 0, 0, 0)
  }
}
