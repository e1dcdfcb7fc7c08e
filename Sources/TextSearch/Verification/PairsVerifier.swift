/// Makes the pair filters anew from the positions, some documents at a time, and compares them.
struct PairsVerifier {
  /// Positions that are held in memory at once; more only for a single document.
  private static let maximumPlaces = 1 << 24
  /// Marks a place as taken, beside what stands for its word.
  private static let taken: UInt64 = 1 << 32

  private let segment: Segment
  /// Tokens of each document.
  private let tokens: (Int) -> Int
  private var documents = 0..<0
  /// Where the places of each document at work begin, and where the last end.
  private var starts: [Int] = [0]
  private var places: [UInt64] = []
  /// Hashes of compounds by document and position.
  private var compounds: [Int: [Int: [UInt32]]] = [:]

  init(_ segment: Segment, tokens: @escaping (Int) -> Int) {
    self.segment = segment
    self.tokens = tokens
  }

  mutating func verify() throws(SearchError) {
    let section = try segment.region(.pairs)
    guard section.count > 0 else { return }
    var end = 0
    for document in 0..<segment.documentCount {
      let count = PairFilters.wordCount(lengthCode: try segment.lengthCode(UInt32(document)))
      guard try segment.pairs.range(UInt32(document)) == end..<end + count else {
        throw section.corrupt(at: 4 * document, "filter of document \(document) has not the size of its length")
      }
      end += count
    }
    let used = PairFilters.startBytes(documents: segment.documentCount)
    for offset in used..<PairFilters.start(documents: segment.documentCount) where try section.byte(at: offset) != 0 {
      throw section.corrupt(at: offset, "bytes between starts and words")
    }
    while documents.upperBound < segment.documentCount {
      chooseDocuments()
      try readPlaces()
      for document in documents { try verify(document, section) }
    }
  }

  /// The next documents, as many as fit.
  private mutating func chooseDocuments() {
    let first = documents.upperBound
    var next = first
    starts = [0]
    while next < segment.documentCount {
      // One place more than positions, which stays empty.
      let extent = tokens(next) + max(0, segment.fields.count - 1) * Int(PostingFormat.fieldGap) + 1
      if next > first, starts[starts.count - 1] + extent > PairsVerifier.maximumPlaces { break }
      starts.append(starts[starts.count - 1] + extent)
      next += 1
    }
    documents = first..<next
    places = [UInt64](repeating: 0, count: starts[starts.count - 1])
    compounds = [:]
  }

  /// Puts what stands for every word of the documents in its place.
  private mutating func readPlaces() throws(SearchError) {
    var cursor = segment.dictionary.start
    while try cursor.next() {
      let address = TermAddress(bytes: cursor.address)
      guard address.isWhole else { continue }
      let hash = PairFilters.hash(ofKey: Array(address.key).span)
      var list = try segment.cursor(cursor.entry)
      var document = Int(try list.seek(to: UInt32(documents.lowerBound)))
      while document < documents.upperBound {
        for position in try list.positions() { try put(hash, document, Int(position), address.isCompound) }
        document = Int(try list.advance())
      }
    }
  }

  private mutating func put(_ hash: UInt32, _ document: Int, _ position: Int, _ isCompound: Bool) throws(SearchError) {
    let start = starts[document - documents.lowerBound]
    guard start + position + 1 < starts[document - documents.lowerBound + 1] else {
      throw segment.postings.positions.corrupt(at: 0, "position \(position) behind document \(document)")
    }
    if isCompound {
      compounds[document, default: [:]][position, default: []].append(hash)
    } else {
      places[start + position] = PairsVerifier.taken | UInt64(hash)
    }
  }

  private func verify(_ document: Int, _ section: ByteRegion) throws(SearchError) {
    let range = try segment.pairs.range(UInt32(document))
    var words = [UInt64](repeating: 0, count: range.count)
    for (first, second) in pairs(of: document) {
      let pair = PairFilters.hash(first, second)
      guard !range.isEmpty else { throw section.corrupt(at: 0, "no filter for the words of document \(document)") }
      words[PairFilters.word(of: pair, in: range.count)] |= PairFilters.bits(of: pair)
    }
    for index in range where try segment.pairs.word(index) != words[index - range.lowerBound] {
      throw section.corrupt(
        at: PairFilters.start(documents: segment.documentCount) + 8 * index,
        "filter of document \(document) differs from its words")
    }
  }

  /// The words of a document that stand side by side.
  private func pairs(of document: Int) -> [(UInt32, UInt32)] {
    let own = places[starts[document - documents.lowerBound]..<starts[document - documents.lowerBound + 1]]
    func hash(_ position: Int) -> UInt32? {
      guard position >= 0, position < own.count else { return nil }
      let place = own[own.startIndex + position]
      return place & PairsVerifier.taken == 0 ? nil : UInt32(truncatingIfNeeded: place)
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
