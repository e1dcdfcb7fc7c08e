/// Finds the best documents that hold one phrase whose words follow each other at once.
///
/// The documents of the rarest word are looked up in the lists of the others; positions are read of those that hold all
/// words and, unless matches are counted, may still reach the hits: from the rarest word on, each leaves fewer places where
/// the phrase may begin.
struct PhraseSearch: ~Copyable {
  /// Documents that are looked at together where the rarest word has several lists.
  private static let batchSize = 1024
  private static let blocksPerQuestion = 8

  private let segment: Segment
  private let leaf: TreePlan.Leaf
  private let inflection: Float
  private let lengthNorms: [[Float]]
  /// 1 / K by length code, in Vietnamese and in other text.
  private let other: [Float]
  private let vietnamese: [Float]
  private let allowed: DocumentSet?
  private let isCounting: Bool
  private let control: SearchControl
  /// The rarest first.
  private let words: [PhraseWord]
  private let pairs: PhrasePairs
  /// Whether all words are found in Vietnamese lists alone; nil where that differs by document.
  private let isVietnamese: Bool?
  /// In documents where several lists of a word hold it, the positions of all are united.
  private var reader: LeafReader?
  private var top: TopHits
  /// Lower scores are not wanted, as far as is known at the documents at work.
  private var floor: Float
  private var total = 0

  // The documents at work, and where each word of theirs is found: rows of `stride`, in the order of the words.
  private var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var found = GrowableBuffer<PhrasePosting>(capacity: PostingFormat.blockSize)
  private var places = GrowableBuffer<PhrasePosting>(capacity: 2 * PostingFormat.blockSize)
  private var stride = 0
  private var frequencies = GrowableBuffer<UInt32>(capacity: 0)
  private var beginnings = PhraseStarts()

  /// Whether a plan is one such phrase.
  static func suits(_ plan: TreePlan) -> Bool {
    guard case .leaf = plan.root, plan.leaves.count == 1 else { return false }
    let leaf = plan.leaves[0]
    return leaf.isPhrase && leaf.slop == 0 && leaf.field == nil
  }

  /// - Parameters:
  ///   - words: those of the phrase.
  ///   - plan: one that this search suits.
  ///   - normalizers: 1 / K by language and length code.
  init(
    _ words: [PhraseWord], _ segment: Segment, _ allowed: DocumentSet?, _ plan: TreePlan, _ lengthNorms: [[Float]],
    _ options: SearchOptions, _ control: SearchControl
  ) {
    self.words = words.sorted { ($0.documentCount, $0.offset) < ($1.documentCount, $1.offset) }
    isVietnamese = words.contains { $0.lists.count != 1 } ? nil : words.allSatisfy { $0.lists[0].isVietnamese }
    self.segment = segment
    leaf = plan.leaves[0]
    inflection = plan.inflection
    self.lengthNorms = lengthNorms
    other = lengthNorms[Int(Language.french.rawValue)]
    vietnamese = lengthNorms[Int(Language.vietnamese.rawValue)]
    self.allowed = allowed
    isCounting = options.countsAll
    self.control = control
    pairs = PhrasePairs(words.map(\.keyHashes), segment)
    top = TopHits(limit: options.limit)
    floor = control.floor
  }

  /// How many documents match, or were found to, and the best hits, best first; documents by their places in the order
  /// of the keys.
  mutating func search() throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    guard words[0].documentCount > 0 else { return (0, []) }
    if words[0].lists.count > 1 {
      try searchUnion()
    } else if isCounting {
      for block in 0..<words[0].lists[0].postings.blockCount {
        if mustEnd(block) { break }
        try search(block: block)
      }
    } else {
      try searchBest()
    }
    return (total, top.sorted)
  }

  /// What a hit has to reach.
  private var threshold: Float { max(floor, top.threshold) }

  /// Asked before every few blocks.
  private func mustEnd(_ number: Int) -> Bool { number % PhraseSearch.blocksPerQuestion == 0 && control.mustEnd() }

  private func mayBeHit(_ x: Float) -> Bool {
    ClauseScorer.score(x, leaf.weight) * BM25.margin >= threshold
  }

  // MARK: Documents of the rarest word

  /// Searches the blocks of the highest bounds first.
  private mutating func searchBest() throws(SearchError) {
    let list = words[0].lists[0]
    let lengthNorms = highestLengthNorms
    var blocks: [(bound: Float, block: Int)] = []
    for block in 0..<list.postings.blockCount {
      blocks.append((try list.postings.bound(ofBlock: block, lengthNorms), block))
    }
    blocks.sort { $0.bound != $1.bound ? $0.bound > $1.bound : $0.block < $1.block }
    for (number, (bound, block)) in blocks.enumerated() {
      guard mayBeHit(bound), !mustEnd(number) else { return }
      try search(block: block)
    }
  }

  /// The greatest 1 / K of any language, by length code.
  private var highestLengthNorms: [Float] { other.indices.map { max(other[$0], vietnamese[$0]) } }

  private mutating func search(block: Int) throws(SearchError) {
    documents.removeAll()
    try words[0].lists[0].postings.append(block: block, to: &documents)
    try searchDocuments()
  }

  /// Searches the documents of several lists.
  private mutating func searchUnion() throws(SearchError) {
    var all = GrowableBuffer<UInt32>(capacity: words[0].documentCount)
    for list in words[0].lists {
      documents.removeAll()
      for block in 0..<list.postings.blockCount { try list.postings.append(block: block, to: &documents) }
      all = SortedDocuments.union(all, documents)
    }
    for start in Swift.stride(from: 0, to: all.count, by: PhraseSearch.batchSize) {
      if control.mustEnd() { return }
      documents.removeAll()
      documents.append(all.span.extracting(start..<min(start + PhraseSearch.batchSize, all.count)))
      try searchDocuments()
    }
  }

  // MARK: Documents with all words

  private mutating func searchDocuments() throws(SearchError) {
    floor = control.floor
    if let allowed { keep(allowed) }
    try pairs.keepHolders(&documents)
    stride = documents.count
    places.removeAll()
    places.append(repeating: PhrasePosting(), count: stride * words.count)
    for word in words.indices.dropFirst() {
      if documents.isEmpty { return }
      try find(word)
    }
    // Most of the rarest word's documents are gone: they are looked up last.
    try find(0)
    if !isCounting { try dropHopeless() }
    guard !documents.isEmpty else { return }
    try findBeginnings()
    for number in 0..<documents.count { try take(number) }
  }

  private mutating func keep(_ allowed: DocumentSet) {
    var kept = 0
    for index in 0..<documents.count where allowed.contains(Int(documents[index])) {
      let document = documents[index]
      documents[kept] = document
      kept += 1
    }
    documents.truncate(to: kept)
  }

  /// Keeps the documents that hold a word, and notes where; `word` is 0 after all others.
  private mutating func find(_ word: Int) throws(SearchError) {
    found.removeAll()
    found.append(repeating: PhrasePosting(), count: documents.count)
    for (number, list) in words[word].lists.enumerated() {
      try list.postings.find(documents, as: UInt8(number), into: &found)
    }
    // Safe because: a row has a place for each document.
    unsafe (places.unsafeBase + word * stride).update(from: found.unsafeBase, count: found.count)
    keepFound(word == 0 ? 0..<words.count : 1..<word + 1)
  }

  /// Keeps the documents that have a place in `found`, and their places in the rows of some words.
  private mutating func keepFound(_ rows: Range<Int>) {
    let count = PhraseSearch.keep(found, &documents)
    for word in rows {
      // Safe because: as above; no more are kept than were read.
      let (row, found) = unsafe (places.unsafeBase + word * stride, found.unsafeBase)
      var kept = 0
      for index in 0..<count {
        unsafe row[kept] = row[index]
        kept &+= unsafe found[index].list == PhrasePosting.none ? 0 : 1
      }
    }
  }

  /// Keeps the documents that have a place; gives how many there were.
  private static func keep(
    _ found: borrowing GrowableBuffer<PhrasePosting>, _ documents: inout GrowableBuffer<UInt32>
  ) -> Int {
    precondition(found.count == documents.count)
    let count = documents.count
    var kept = 0
    for index in 0..<count {
      // Safe because: below the count of both.
      unsafe documents[unchecked: kept] = documents[unchecked: index]
      kept &+= unsafe found[unchecked: index].list == PhrasePosting.none ? 0 : 1
    }
    documents.truncate(to: kept)
    return count
  }

  /// The places of a word in the documents.
  private func rows(_ word: Int) -> Range<Int> { word * stride..<word * stride + documents.count }

  /// Drops documents in which the phrase, were it wherever its rarest word is, would not reach the hits.
  private mutating func dropHopeless() throws(SearchError) {
    guard threshold > 0, !documents.isEmpty else { return }
    frequencies.removeAll()
    frequencies.append(repeating: .max, count: documents.count)
    for word in words.indices {
      for (number, list) in words[word].lists.enumerated() {
        try list.postings.lower(&frequencies, rows(word), as: UInt8(number), places)
      }
    }
    found.removeAll()
    for index in 0..<documents.count {
      let code = Int(try segment.lengthCode(documents[index]))
      // Where several lists hold a word its frequency is not known: it stays the highest number.
      let x = Float(frequencies[index]) * max(other[code], vietnamese[code])
      found.append(PhrasePosting(list: mayBeHit(x) ? 0 : PhrasePosting.none))
    }
    keepFound(0..<words.count)
  }

  // MARK: Positions

  private mutating func findBeginnings() throws(SearchError) {
    beginnings.reset(documents.count)
    for word in words.indices {
      for (number, list) in words[word].lists.enumerated() {
        if word == 0 {
          try list.postings.begin(&beginnings, rows(word), as: UInt8(number), places, offset: words[word].offset)
        } else {
          try list.postings.narrow(&beginnings, rows(word), as: UInt8(number), places, offset: words[word].offset)
        }
      }
    }
  }

  /// Scores a document as the oracle does.
  private mutating func take(_ number: Int) throws(SearchError) {
    let document = documents[number]
    let x = try x(number, document)
    guard x > 0 else { return }
    total += 1
    let score = leaf.weight * (x / (1 + x))
    guard score >= threshold else { return }
    top.add(TopHits.Hit(score: score, document: try segment.keyRanks.rank(document)))
  }

  @inline(__always)
  private mutating func x(_ number: Int, _ document: UInt32) throws(SearchError) -> Float {
    var isVietnamese = isVietnamese ?? true
    if self.isVietnamese == nil {
      for word in words.indices {
        let list = places[word * stride + number].list
        if list == PhrasePosting.several { return try unitedX(document) }
        isVietnamese = isVietnamese && words[word].lists[Int(list)].isVietnamese
      }
    }
    let frequency = Float(beginnings.count(number))
    guard frequency > 0 else { return 0 }
    let code = Int(try segment.lengthCode(document))
    // As the general way adds: 0 for the other part.
    return isVietnamese
      ? 0 * other[code] + frequency * vietnamese[code] : frequency * other[code] + 0 * vietnamese[code]
  }

  private mutating func unitedX(_ document: UInt32) throws(SearchError) -> Float {
    if reader == nil { reader = try LeafReader(leaf, segment, lengthNorms, nil, inflection: inflection) }
    return try reader?.x(document) ?? 0
  }
}
