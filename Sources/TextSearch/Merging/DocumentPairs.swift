/// Reads the adjacent words of documents from the posting lists of a segment, some documents at a time.
struct DocumentPairs {
  /// Maximum number of slots in memory, except for a single document with more.
  private static let maximumSlots = 1 << 22

  /// A word: the hash of its key for pair filters, and what it is in pairs.
  struct Word: BitwiseCopyable {
    let filterHash: UInt32
    let word: PairWord
  }

  private let segment: Segment
  /// Ascending.
  private let documents: [UInt32]
  /// Number of the documents before the current ones, and with them.
  private var current = 0..<0
  /// Index of the first slot of each current document, and the end.
  private var starts: [Int] = [0]
  /// For each position of the current documents, the index of its word in `words`, or 0.
  private var slots: [UInt32] = []
  private var words: [Word] = []
  /// Words of compounds by document and position.
  private var compounds: [Int: [Int: [Word]]] = [:]

  /// - Parameter documents: those to be read, ascending.
  init(_ segment: Segment, of documents: [UInt32]) {
    self.segment = segment
    self.documents = documents
  }

  /// Runs `body` on each document, ascending, with its adjacent pairs.
  ///
  /// - Throws: `SearchError.corrupt` for lists that contradict the lengths of documents; what `body` throws.
  mutating func forEach(
    _ body: (_ document: UInt32, _ pairs: [(first: Word, second: Word)]) throws(SearchError) -> Void
  ) throws(SearchError) {
    while current.upperBound < documents.count {
      try chooseDocuments()
      try fillSlots()
      for index in current { try body(documents[index], pairs(index)) }
    }
  }

  /// Chooses the next documents: at least one, and as many as fit in memory.
  private mutating func chooseDocuments() throws(SearchError) {
    let first = current.upperBound
    var next = first
    starts = [0]
    while next < documents.count {
      // One slot more than positions, which stays empty.
      let extent = LengthCode.maximum(try segment.lengthCode(documents[next]))
        + max(0, segment.fields.count - 1) * Int(PostingFormat.fieldGap) + 1
      if next > first, starts[starts.count - 1] + extent > DocumentPairs.maximumSlots { break }
      starts.append(starts[starts.count - 1] + extent)
      next += 1
    }
    current = first..<next
    slots = [UInt32](repeating: 0, count: starts[starts.count - 1])
    words = [Word(filterHash: 0, word: PairWord(key: [UInt8]().span, .none))]
    compounds = [:]
  }

  /// Reads the posting lists and stores the word of every position of the current documents in its slot.
  private mutating func fillSlots() throws(SearchError) {
    var cursor = segment.dictionary.start
    while try cursor.next() {
      let address = TermAddress(bytes: cursor.text)
      guard address.isListAddress else { continue }
      let key = Array(address.key)
      let word = Word(filterHash: PairFilters.hash(ofKey: key.span), word: PairWord(key: key.span, address.language))
      try fillSlots(of: word, cursor.value, isCompound: address.isCompound)
    }
  }

  /// Stores a word in the slots of its positions.
  private mutating func fillSlots(
    of word: Word, _ entry: TermDictionary.Entry, isCompound: Bool
  ) throws(SearchError) {
    var list = try segment.cursor(entry)
    var index = current.lowerBound
    var isNew = true
    while index < current.upperBound {
      let document = try list.seek(to: documents[index])
      while index < current.upperBound, documents[index] < document { index += 1 }
      guard index < current.upperBound, documents[index] == document else { continue }
      if isNew, !isCompound { words.append(word) }
      isNew = false
      for position in try list.positions() { try put(word, of: index, at: Int(position), isCompound: isCompound) }
      index += 1
    }
  }

  /// Stores a word, the last of `words` unless it is a compound, at a position of a document.
  private mutating func put(_ word: Word, of index: Int, at position: Int, isCompound: Bool) throws(SearchError) {
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

  /// Returns the adjacent pairs of a document.
  private func pairs(_ index: Int) -> [(first: Word, second: Word)] {
    let own = slots[starts[index - current.lowerBound]..<starts[index - current.lowerBound + 1]]
    func word(_ position: Int) -> Word? {
      guard position >= 0, position < own.count else { return nil }
      let slot = own[own.startIndex + position]
      return slot == 0 ? nil : words[Int(slot)]
    }
    var pairs: [(first: Word, second: Word)] = []
    for position in 0..<own.count - 1 {
      if let first = word(position), let second = word(position + 1) { pairs.append((first, second)) }
    }
    let compounds = compounds[index] ?? [:]
    for (position, words) in compounds {
      for own in words {
        if let before = word(position - 1) { pairs.append((before, own)) }
        if let next = word(position + 1) { pairs.append((own, next)) }
        for other in compounds[position + 1] ?? [] { pairs.append((own, other)) }
      }
    }
    return pairs
  }
}
