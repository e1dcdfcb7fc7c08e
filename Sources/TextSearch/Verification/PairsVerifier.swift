/// A verifier that rebuilds the pair filters of a segment from its positions, some documents at a time.
struct PairsVerifier {
  /// Maximum number of slots in memory, except for a single document with more.
  private static let maximumSlots = 1 << 24
  /// Flag bit of a slot that contains the hash of a word.
  private static let occupied: UInt64 = 1 << 32

  private let segment: Segment
  /// Tokens of each document.
  private let tokens: (Int) -> Int
  /// The current documents.
  private var documents = 0..<0
  /// Index of the first slot of each current document, and the end.
  private var starts: [Int] = [0]
  /// For each position of the current documents, the hash of its word and `occupied`, or 0.
  private var slots: [UInt64] = []
  /// Hashes of compounds by document and position.
  private var compounds: [Int: [Int: [UInt32]]] = [:]

  init(_ segment: Segment, tokens: @escaping (Int) -> Int) {
    self.segment = segment
    self.tokens = tokens
  }

  /// Compares the section with filters made from the positions.
  ///
  /// - Throws: `SearchError.corrupt` for the first problem.
  mutating func verify() throws(SearchError) {
    let section = try segment.region(.pairs)
    guard section.count > 0 else { return }
    var end = 0
    for document in 0..<segment.documentCount {
      let count = PairFilters.wordCount(lengthCode: try segment.lengthCode(UInt32(document)))
      guard try segment.pairs.range(UInt32(document)) == end..<end + count else {
        throw section.corrupt(
          at: 4 * document, "the size of the filter of document \(document) does not follow from its length")
      }
      end += count
    }
    let used = PairFilters.startBytes(documents: segment.documentCount)
    for offset in used..<PairFilters.start(documents: segment.documentCount) where try section.byte(at: offset) != 0 {
      throw section.corrupt(at: offset, "a byte between starts and words is not zero")
    }
    while documents.upperBound < segment.documentCount {
      chooseDocuments()
      try fillSlots()
      for document in documents { try verify(document, section) }
    }
  }

  /// Chooses the next documents: at least one, and as many as fit in memory.
  private mutating func chooseDocuments() {
    let first = documents.upperBound
    var next = first
    starts = [0]
    while next < segment.documentCount {
      // One slot more than positions, which stays empty.
      let extent = tokens(next) + max(0, segment.fields.count - 1) * Int(PostingFormat.fieldGap) + 1
      if next > first, starts[starts.count - 1] + extent > PairsVerifier.maximumSlots { break }
      starts.append(starts[starts.count - 1] + extent)
      next += 1
    }
    documents = first..<next
    slots = [UInt64](repeating: 0, count: starts[starts.count - 1])
    compounds = [:]
  }

  /// Reads all posting lists and stores the hash of every word of the current documents in its slot.
  private mutating func fillSlots() throws(SearchError) {
    var cursor = segment.dictionary.start
    while try cursor.next() {
      let address = TermAddress(bytes: cursor.text)
      guard address.isListAddress else { continue }
      let hash = PairFilters.hash(ofKey: Array(address.key).span)
      var list = try segment.cursor(cursor.value)
      var document = Int(try list.seek(to: UInt32(documents.lowerBound)))
      while document < documents.upperBound {
        for position in try list.positions() {
          try put(hash, of: document, at: Int(position), isCompound: address.isCompound)
        }
        document = Int(try list.advance())
      }
    }
  }

  /// Stores the hash of a word at a position of a document.
  private mutating func put(
    _ hash: UInt32, of document: Int, at position: Int, isCompound: Bool
  ) throws(SearchError) {
    let start = starts[document - documents.lowerBound]
    guard start + position + 1 < starts[document - documents.lowerBound + 1] else {
      throw segment.postings.positions.corrupt(at: 0, "position \(position) is beyond document \(document)")
    }
    if isCompound {
      compounds[document, default: [:]][position, default: []].append(hash)
    } else {
      slots[start + position] = PairsVerifier.occupied | UInt64(hash)
    }
  }

  /// Compares the filter of a document with the filter of its pairs.
  private func verify(_ document: Int, _ section: ByteRegion) throws(SearchError) {
    let range = try segment.pairs.range(UInt32(document))
    var words = [UInt64](repeating: 0, count: range.count)
    for (first, second) in pairs(of: document) {
      let pair = PairFilters.hash(first, second)
      guard !range.isEmpty else {
        throw section.corrupt(at: 4 * document, "no filter for the words of document \(document)")
      }
      words[PairFilters.word(of: pair, in: range.count)] |= PairFilters.bits(of: pair)
    }
    for index in range where try segment.pairs.word(index) != words[index - range.lowerBound] {
      throw section.corrupt(
        at: PairFilters.start(documents: segment.documentCount) + 8 * index,
        "the filter of document \(document) differs from its pairs")
    }
  }

  /// Returns the adjacent pairs of a document, as the hashes of their words.
  private func pairs(of document: Int) -> [(UInt32, UInt32)] {
    let own = slots[starts[document - documents.lowerBound]..<starts[document - documents.lowerBound + 1]]
    func hash(_ position: Int) -> UInt32? {
      guard position >= 0, position < own.count else { return nil }
      let slot = own[own.startIndex + position]
      return slot & PairsVerifier.occupied == 0 ? nil : UInt32(truncatingIfNeeded: slot)
    }
    var pairs: [(UInt32, UInt32)] = []
    for position in 0..<own.count - 1 {
      if let first = hash(position), let second = hash(position + 1) { pairs.append((first, second)) }
    }
    let compounds = compounds[document] ?? [:]
    for (position, hashes) in compounds {
      for own in hashes {
        if let before = hash(position - 1) { pairs.append((before, own)) }
        if let next = hash(position + 1) { pairs.append((own, next)) }
        for other in compounds[position + 1] ?? [] { pairs.append((own, other)) }
      }
    }
    return pairs
  }
}
