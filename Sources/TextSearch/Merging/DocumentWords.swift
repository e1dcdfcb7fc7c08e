/// Reads which word stands at each position of documents from the posting lists of a segment, some documents at a time.
struct DocumentWords {
  /// Maximum number of slots in memory, except for a single document with more.
  private static let maximumSlots = 1 << 22

  private let segment: Segment
  /// Ascending.
  private let documents: [UInt32]
  /// The documents at work: indices in `documents`.
  private var current = 0..<0
  /// Index of the first slot of each current document, and the end.
  private var starts: [Int] = [0]
  /// For each position of the current documents, the index of its word in `words`, or 0.
  private var slots: [UInt32] = []
  private var words: [PairWord] = []
  /// Words of compounds by document and position.
  private var compounds: [Int: [Int: [PairWord]]] = [:]

  /// - Parameter documents: those to be read, ascending.
  init(_ segment: Segment, of documents: [UInt32]) {
    self.segment = segment
    self.documents = documents
  }

  /// Reads the next documents; false at the end.
  ///
  /// - Throws: `SearchError.corrupt` for lists that contradict the lengths of documents.
  mutating func next() throws(SearchError) -> Bool {
    guard current.upperBound < documents.count else { return false }
    try chooseDocuments()
    try fillSlots()
    return true
  }

  /// Chooses the next documents: at least one, and as many as fit in memory.
  private mutating func chooseDocuments() throws(SearchError) {
    let first = current.upperBound
    var next = first
    starts = [0]
    while next < documents.count {
      let code = try segment.lengthCode(documents[next])
      guard UInt64(LengthCode.decode(code)) <= segment.statistics.length else {
        throw try segment.region(.lengths).corrupt(at: Int(documents[next]), "a document of more tokens than there are")
      }
      // One slot more than positions, which stays empty.
      let extent = LengthCode.maximum(code) + max(0, segment.fields.count - 1) * Int(PostingFormat.fieldGap) + 1
      if next > first, starts[starts.count - 1] + extent > DocumentWords.maximumSlots { break }
      starts.append(starts[starts.count - 1] + extent)
      next += 1
    }
    current = first..<next
    slots = [UInt32](repeating: 0, count: starts[starts.count - 1])
    words = [PairWord(key: [UInt8]().span, .none)]
    compounds = [:]
  }

  /// Reads the posting lists and stores the word of every position of the current documents in its slot.
  private mutating func fillSlots() throws(SearchError) {
    var cursor = segment.dictionary.start
    while try cursor.next() {
      let address = TermAddress(bytes: cursor.text)
      guard address.isListAddress else { continue }
      try fillSlots(of: address.pairWord, cursor.value, isCompound: address.isCompound)
    }
  }

  /// Stores a word in the slots of its positions.
  private mutating func fillSlots(
    of word: PairWord, _ entry: TermDictionary.Entry, isCompound: Bool
  ) throws(SearchError) {
    var isNew = true
    try DocumentWords.forEachPosting(of: entry, in: segment, documents[current]) { (index, list) throws(SearchError) in
      if isNew, !isCompound { words.append(word) }
      isNew = false
      for position in try list.positions() { try put(word, of: index, at: Int(position), isCompound: isCompound) }
    }
  }

  /// Runs `body` on each current document that a list holds: its index in `documents`, and a cursor there.
  func forEachPosting(
    of entry: TermDictionary.Entry, _ body: (Int, inout PostingCursor) throws(SearchError) -> Void
  ) throws(SearchError) {
    try DocumentWords.forEachPosting(of: entry, in: segment, documents[current], body)
  }

  private static func forEachPosting(
    of entry: TermDictionary.Entry, in segment: Segment, _ documents: ArraySlice<UInt32>,
    _ body: (Int, inout PostingCursor) throws(SearchError) -> Void
  ) throws(SearchError) {
    if entry.list.isInline, try !isInline(entry, in: documents) { return }
    var list = try segment.cursor(entry)
    var index = documents.startIndex
    while index < documents.endIndex {
      let document = try list.seek(to: documents[index])
      while index < documents.endIndex, documents[index] < document { index += 1 }
      guard index < documents.endIndex, documents[index] == document else { continue }
      try body(index, &list)
      index += 1
    }
  }

  /// Whether the only document of an inline list is among some, without a cursor.
  private static func isInline(
    _ entry: TermDictionary.Entry, in documents: ArraySlice<UInt32>
  ) throws(SearchError) -> Bool {
    var reader = ByteReader(entry.inline)
    let document = try reader.readUInt32()
    let index = documents.indices.partitionPoint { documents[$0] >= document }
    return index < documents.endIndex && documents[index] == document
  }

  /// Stores a word, the last of `words` unless it is a compound, at a position of a document.
  private mutating func put(_ word: PairWord, of index: Int, at position: Int, isCompound: Bool) throws(SearchError) {
    let start = starts[index - current.lowerBound]
    guard start + position + 1 < starts[index - current.lowerBound + 1] else {
      throw segment.postings.positions.corrupt(at: 0, "position \(position) is beyond document \(documents[index])")
    }
    if isCompound {
      compounds[index, default: [:]][position, default: []].append(word)
    } else {
      slots[start + position] = UInt32(words.count - 1)
    }
  }

  // MARK: One document

  private func word(_ index: Int, _ position: Int) -> PairWord? {
    let (start, end) = (starts[index - current.lowerBound], starts[index - current.lowerBound + 1])
    guard position >= 0, start + position < end else { return nil }
    let slot = slots[start + position]
    return slot == 0 ? nil : words[Int(slot)]
  }

  /// Runs `body` on the slots of the current documents' pairs, each once for a document.
  ///
  /// - Parameter slots: empty before and after.
  func forEachSlot(_ slots: PairSlots, _ body: (UInt32) -> Void) {
    for index in current {
      for pair in pairs(index) { slots.add(pair.first, pair.second) }
      slots.endDocument()
      slots.takeAll(body)
    }
  }

  /// Returns the adjacent pairs of a current document.
  private func pairs(_ index: Int) -> [(first: PairWord, second: PairWord)] {
    var pairs: [(first: PairWord, second: PairWord)] = []
    var last: PairWord?
    for position in 0..<starts[index - current.lowerBound + 1] - starts[index - current.lowerBound] {
      let own = word(index, position)
      if let last, let own { pairs.append((last, own)) }
      last = own
    }
    let compounds = compounds[index] ?? [:]
    for (position, words) in compounds {
      for own in words {
        if let before = word(index, position - 1) { pairs.append((before, own)) }
        if let next = word(index, position + 1) { pairs.append((own, next)) }
        for other in compounds[position + 1] ?? [] { pairs.append((own, other)) }
      }
    }
    return pairs
  }

  /// Returns the codes of the words beside a position of a current document.
  func neighbours(_ index: Int, _ position: Int) -> UInt8 {
    NeighbourCode.byte(previous: code(index, position - 1), next: code(index, position + 1))
  }

  private func code(_ index: Int, _ position: Int) -> UInt8 {
    if compounds[index]?[position] != nil { return NeighbourCode.any }
    return word(index, position)?.neighbourCode ?? NeighbourCode.none
  }
}
