/// Finds the best documents that hold one phrase whose words follow each other at once.
///
/// The documents of the rarest word are looked up in the lists of the others; positions are read of those that hold all
/// words and, unless matches are counted, may still reach the threshold: from the rarest word on, each leaves fewer positions
/// at which the phrase may start. Or all documents are collected, for a search in which the phrase stands beside words.
struct PhraseSearch: ~Copyable {
  /// Documents that are looked at together where the rarest word has several lists.
  private static let batchSize = 1024
  private static let blocksPerCheck = 8
  /// Documents of the rarest word up to which those of a phrase are collected: a share of the segment's, or few.
  private static let collectedShare = 16
  private static let fewDocuments = 4096
  /// Documents of a block that are farther apart are found without a table.
  private static let finderSpan = 4096

  private let context: SegmentContext
  private let leaf: QueryPlan.Leaf
  /// 1 / K by length code outside Vietnamese text and in it.
  private let otherNorms: [Float]
  private let vietnameseNorms: [Float]
  /// The rarest first.
  private let words: [PhraseWord]
  /// What the neighbours of the rarest word are tested for.
  private let test: NeighbourTest
  /// All words are found in Vietnamese lists alone; nil where that differs by document.
  private let isVietnamese: Bool?
  /// The minimum agreement of words with one list.
  private let agreement: Float
  /// Reads documents where several lists of a word hold one: the positions of all are united.
  private var reader: LeafReader?
  private var top: TopHits
  /// Lower scores cannot be hits, by what other searches have found.
  private var minimumScore: Float
  /// Matches are counted, and how many were found since they were last added to the count.
  private var isCounting: Bool
  private var total = 0
  /// Takes all documents that match, instead of the best hits.
  private let collected: CollectedDocuments?

  // The documents at work, and the posting of each word that holds them: rows of `stride`, in the order of the words.
  private var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var found = GrowableBuffer<PhrasePosting>(capacity: PostingFormat.blockSize)
  private var postings = GrowableBuffer<PhrasePosting>(capacity: 2 * PostingFormat.blockSize)
  private var stride = 0
  private var frequencies = GrowableBuffer<UInt32>(capacity: 0)
  private var starts = PhraseStarts()
  private var finder = DocumentFinder(span: PhraseSearch.finderSpan)

  /// Makes the search of a plan that is one such phrase in any field; nil for others, and where fields have weights.
  init?(_ context: SegmentContext) throws(SearchError) {
    guard case .leaf = context.plan.root, context.plan.leaves.count == 1, !context.weighsFields else {
      return nil
    }
    let leaf = context.plan.leaves[0]
    guard leaf.isPlainPhrase, let words = try PhraseWord.words(leaf, context) else { return nil }
    self.init(context, leaf, words, collecting: nil)
  }

  /// - Parameter collected: takes all documents that match; nil where the best hits are searched.
  private init(
    _ context: SegmentContext, _ leaf: QueryPlan.Leaf, _ words: [PhraseWord], collecting collected: CollectedDocuments?
  ) {
    self.collected = collected
    self.context = context
    self.leaf = leaf
    let sorted = words.sorted { ($0.documentCount, $0.offset) < ($1.documentCount, $1.offset) }
    self.words = sorted
    test = NeighbourTest(Int(sorted[0].offset), ofPhrase: words.map(\.codes))
    isVietnamese = words.contains { $0.lists.count != 1 } ? nil : words.allSatisfy { $0.lists[0].isVietnamese }
    agreement = words.reduce(1) { $1.lists.count == 1 ? min($0, $1.lists[0].agreement) : $0 }
    otherNorms = context.lengthNorms.other
    vietnameseNorms = context.lengthNorms.vietnamese
    top = TopHits(limit: context.limit)
    isCounting = context.isCounting
    minimumScore = context.control.minimumCompetitiveScore
  }

  /// Returns for each leaf of a bag the words of a phrase, none for a word; nil where collecting the documents of some phrase does not
  /// pay: a word has too many lists, or even the rarest one is frequent.
  static func phrasesToCollect(_ context: SegmentContext) throws(SearchError) -> [[PhraseWord]]? {
    let most = max(fewDocuments, context.segment.documentCount / collectedShare)
    var phrases: [[PhraseWord]] = []
    for leaf in context.plan.leaves {
      guard leaf.isPhrase else {
        phrases.append([])
        continue
      }
      guard let words = try PhraseWord.words(leaf, context), words.contains(where: { $0.documentCount <= most }) else {
        return nil
      }
      phrases.append(words)
    }
    return phrases
  }

  /// Returns the documents that hold a phrase of a bag.
  static func documents(
    _ leaf: QueryPlan.Leaf, _ words: [PhraseWord], _ context: SegmentContext
  ) throws(SearchError) -> CollectedDocuments {
    let collected = CollectedDocuments()
    var search = PhraseSearch(context, leaf, words, collecting: collected)
    _ = try search.search()
    return collected
  }

  /// Counts the matches and returns the best hits.
  mutating func search() throws(SearchError) -> [TopHits.Hit] {
    guard words[0].documentCount > 0 else { return [] }
    if words[0].lists.count > 1 { try searchUnion() } else { try searchBlocks() }
    return top.sorted
  }

  /// Searches the blocks in the order of their documents as long as matches are counted, then those of the highest maxima first.
  private mutating func searchBlocks() throws(SearchError) {
    let count = words[0].lists[0].postings.blockCount
    if collected != nil { return try collectBlocks() }
    var block = 0
    while block < count, isCounting {
      if mustEnd(block) { return }
      try search(block: block)
      block += 1
    }
    try searchBest(block..<count)
  }

  /// Searches the blocks that hold documents of the part of the segment.
  private mutating func collectBlocks() throws(SearchError) {
    let list = words[0].lists[0]
    var block = try list.postings.block(reaching: UInt32(context.documents.lowerBound))
    while block < list.postings.blockCount, !mustEnd(block) {
      try search(block: block)
      if try list.postings.ends(block, before: UInt32(context.documents.upperBound)) { return }
      block += 1
    }
  }

  /// Minimum score of a hit.
  private var threshold: Float { max(minimumScore, top.threshold) }

  /// Whether the search has to end; called before every few blocks.
  private func mustEnd(_ number: Int) -> Bool {
    number % PhraseSearch.blocksPerCheck == 0 && context.control.mustEnd()
  }

  private func canReachThreshold(_ input: Float) -> Bool {
    BM25.bound(input, leaf.weight) * BM25.margin >= threshold
  }

  // MARK: Documents of the rarest word

  /// Searches the blocks of the highest maxima first.
  private mutating func searchBest(_ remaining: Range<Int>) throws(SearchError) {
    if remaining.isEmpty { return }
    let list = words[0].lists[0]
    let lengthNorms = highestNorms
    var blocks: [(maximum: Float, block: Int)] = []
    for block in remaining {
      blocks.append((try list.postings.maximum(ofBlock: block, lengthNorms), block))
    }
    blocks.sort { $0.maximum != $1.maximum ? $0.maximum > $1.maximum : $0.block < $1.block }
    for (number, (maximum, block)) in blocks.enumerated() {
      guard canReachThreshold(maximum), !mustEnd(number) else { return }
      try search(block: block)
    }
  }

  /// The largest 1 / K of any language, by length code.
  private var highestNorms: [Float] { otherNorms.indices.map { max(otherNorms[$0], vietnameseNorms[$0]) } }

  private mutating func search(block: Int) throws(SearchError) {
    documents.removeAll()
    try words[0].lists[0].postings.append(block: block, test, to: &documents)
    try searchDocuments()
  }

  /// Searches the documents of several lists.
  private mutating func searchUnion() throws(SearchError) {
    var all = GrowableBuffer<UInt32>(capacity: words[0].documentCount)
    for list in words[0].lists {
      documents.removeAll()
      for block in 0..<list.postings.blockCount { try list.postings.append(block: block, test, to: &documents) }
      all = PhraseSearch.union(all, documents)
    }
    for start in Swift.stride(from: 0, to: all.count, by: PhraseSearch.batchSize) {
      if context.control.mustEnd() { return }
      documents.removeAll()
      documents.append(all.span.extracting(start..<min(start + PhraseSearch.batchSize, all.count)))
      try searchDocuments()
    }
  }

  /// Returns the documents that either of two ascending lists holds, each once.
  static func union(
    _ a: borrowing GrowableBuffer<UInt32>, _ b: borrowing GrowableBuffer<UInt32>
  ) -> GrowableBuffer<UInt32> {
    var all = GrowableBuffer<UInt32>(capacity: a.count + b.count)
    var (left, right) = (0, 0)
    while left < a.count, right < b.count {
      let (own, other) = (a[left], b[right])
      all.append(min(own, other))
      left += own <= other ? 1 : 0
      right += other <= own ? 1 : 0
    }
    all.append(a.span.extracting(left..<a.count))
    all.append(b.span.extracting(right..<b.count))
    return all
  }

  // MARK: Documents with all words

  private mutating func searchDocuments() throws(SearchError) {
    minimumScore = context.control.minimumCompetitiveScore
    if let allowed = context.allowed { documents.keep { _, document in allowed.contains(Int(document)) } }
    // A search for words and phrases may be that of a part of the segment.
    if collected != nil { documents.keep { _, document in context.documents.contains(Int(document)) } }
    stride = documents.count
    postings.removeAll()
    postings.append(repeating: PhrasePosting(), count: stride * words.count)
    for word in words.indices.dropFirst() {
      if documents.isEmpty { return }
      try find(word)
    }
    // Most of the rarest word's documents are gone: they are looked up last.
    try find(0)
    if !isCounting, collected == nil { try dropHopeless() }
    guard !documents.isEmpty else { return }
    try findStarts()
    for index in 0..<documents.count { try score(index) }
    context.counter.add(total)
    total = 0
    isCounting = context.isCounting
  }

  /// Keeps the documents that hold a word, with its postings; `word` is 0 after all others.
  private mutating func find(_ word: Int) throws(SearchError) {
    found.removeAll()
    found.append(repeating: PhrasePosting(), count: documents.count)
    for (number, list) in words[word].lists.enumerated() {
      try list.postings.find(documents, as: UInt8(number), with: &finder, into: &found)
    }
    // Safe because: a row has a posting for each document.
    unsafe (postings.unsafeBase + word * stride).update(from: found.unsafeBase, count: found.count)
    keepFound(word == 0 ? 0..<words.count : 1..<word + 1)
  }

  /// Keeps the documents that have a posting in `found`, and their postings in the rows of some words.
  private mutating func keepFound(_ rows: Range<Int>) {
    let count = documents.count
    precondition(found.count == count)
    // Safe because: as above; each row and `found` have one element for each document.
    let found = unsafe found.unsafeBase
    for word in rows {
      let row = unsafe postings.unsafeBase + word * stride
      _ = Compaction.run(
        count: count, isKept: { unsafe found[$0].list != PhrasePosting.none },
        move: { from, to in unsafe row[to] = row[from] })
    }
    documents.keep { index, _ in unsafe found[index].list != PhrasePosting.none }
  }

  /// The postings of a word that hold the documents.
  private func row(_ word: Int) -> Range<Int> { word * stride..<word * stride + documents.count }

  /// Drops documents in which the phrase, were it wherever its rarest word is, would not reach the threshold.
  private mutating func dropHopeless() throws(SearchError) {
    guard threshold > 0, !documents.isEmpty else { return }
    frequencies.removeAll()
    frequencies.append(repeating: .max, count: documents.count)
    for word in words.indices {
      for (number, list) in words[word].lists.enumerated() {
        try list.postings.lower(&frequencies, row(word), as: UInt8(number), postings)
      }
    }
    found.removeAll()
    for index in 0..<documents.count {
      let code = Int(try context.segment.lengthCode(documents[index]))
      // Where several lists hold a word its frequency is not known: it stays the highest number.
      let input = Float(frequencies[index]) * max(otherNorms[code], vietnameseNorms[code])
      found.append(PhrasePosting(list: canReachThreshold(input) ? 0 : PhrasePosting.none))
    }
    keepFound(0..<words.count)
  }

  // MARK: Positions

  private mutating func findStarts() throws(SearchError) {
    starts.reset(documents.count)
    for word in words.indices {
      for (number, list) in words[word].lists.enumerated() {
        if word == 0 {
          try list.postings.begin(&starts, row(word), as: UInt8(number), postings, offset: words[word].offset)
        } else {
          try list.postings.narrow(&starts, row(word), as: UInt8(number), postings, offset: words[word].offset)
        }
      }
    }
  }

  /// Scores a document with the operations of the reference search.
  private mutating func score(_ index: Int) throws(SearchError) {
    let document = documents[index]
    let input = try input(index, document)
    guard input > 0 else { return }
    if let collected {
      guard collected.append(document, input) else { throw words[0].lists[0].postings.falling(at: document) }
      return
    }
    total += 1
    let score = BM25.score(input, leaf.weight)
    guard score >= threshold else { return }
    top.add(try context.hit(document, score))
  }

  @inline(__always)
  private mutating func input(_ index: Int, _ document: UInt32) throws(SearchError) -> Float {
    var (isVietnamese, agreement) = (isVietnamese ?? true, agreement)
    if self.isVietnamese == nil {
      for word in words.indices {
        let list = postings[word * stride + index].list
        if list == PhrasePosting.several { return try unitedInput(document) }
        isVietnamese = isVietnamese && words[word].lists[Int(list)].isVietnamese
        agreement = min(agreement, words[word].lists[Int(list)].agreement)
      }
    }
    let frequency = Float(starts.count(index))
    guard frequency > 0 else { return 0 }
    let code = Int(try context.segment.lengthCode(document))
    let split =
      isVietnamese
      ? SplitFrequency(other: 0, vietnamese: frequency) : SplitFrequency(other: frequency, vietnamese: 0)
    return agreement * split.input(PairNorms(other: otherNorms[code], vietnamese: vietnameseNorms[code]))
  }

  private mutating func unitedInput(_ document: UInt32) throws(SearchError) -> Float {
    if reader == nil { reader = try LeafReader(leaf, context) }
    return try reader?.input(document) ?? 0
  }
}
