/// A word of a tree's leaf in one segment: x of documents, window by window, and its bounds.
final class WordScorer {
  /// Lists from which on all postings are read at once: bounds of so many lists together would let nothing be skipped.
  private static let fewLists = 8

  /// In dictionary order; none where all postings were read at once.
  private let lists: [ListScorer]
  /// x of every document of the segment, where that was read at once.
  private let whole: [Float]
  /// What stands for the keys of its lists in the pair filters; of a phrase's words.
  let keyHashes: [UInt32]
  let documentCount: Int
  let hasVietnamese: Bool
  let hasOthers: Bool
  let lowestWeight: Float
  /// For each window the most that x can be; 0 where no document holds the word.
  private(set) var bounds: GrowableBuffer<Float>
  var x: GrowableBuffer<Float>
  /// Documents that are looked up, and what each gets from one list.
  private var documents = GrowableBuffer<UInt32>(capacity: 256)
  private var parts = GrowableBuffer<Float>(capacity: 256)

  /// - Parameter isPlain: every document that holds the word weighs 1: a phrase's words.
  init(
    _ word: TreePlan.Word, isPlain: Bool, _ segment: Segment, _ lengthNorms: [[Float]], inflection: Float,
    windowSize: Int, _ control: SearchControl
  ) throws(SearchError) {
    let selected = try segment.lists(word, inflection: inflection, control).map { isPlain ? $0.plain : $0 }
    var lists: [ListScorer] = []
    var whole: [Float] = []
    if selected.count <= WordScorer.fewLists {
      for list in selected {
        lists.append(
          try ListScorer(list, segment, lengthNorms: lengthNorms[Int(list.language.rawValue)]))
      }
    } else {
      whole = try WordScorer.whole(selected, segment, lengthNorms, control)
    }
    self.lists = lists
    self.whole = whole
    keyHashes = isPlain && !segment.pairs.isEmpty ? PairHashes.ofKeys(selected) : []
    documentCount = selected.reduce(0) { $0 + $1.entry.list.documents }
    hasVietnamese = selected.contains { $0.language == .vietnamese }
    hasOthers = selected.contains { $0.language != .vietnamese }
    lowestWeight = selected.reduce(1) { min($0, $1.lowestWeight) }
    let windows = (segment.documentCount + windowSize - 1) / windowSize
    bounds = GrowableBuffer(capacity: max(1, windows))
    bounds.append(repeating: 0, count: windows)
    x = GrowableBuffer(capacity: windowSize)
    x.append(repeating: 0, count: windowSize)
    for list in lists {
      for window in 0..<windows {
        let start = UInt32(window * windowSize)
        bounds[window] += list.bound(start..<start + UInt32(windowSize))
      }
    }
    for document in whole.indices {
      bounds[document / windowSize] = max(bounds[document / windowSize], whole[document])
    }
  }

  /// x of every document, list by list; not of all lists where the search has to end.
  private static func whole(
    _ lists: [Segment.SelectedList], _ segment: Segment, _ lengthNorms: [[Float]], _ control: SearchControl
  ) throws(SearchError) -> [Float] {
    var whole = [Float](repeating: 0, count: segment.documentCount)
    let lengths = try segment.lengthCodes()
    for list in lists {
      if control.mustEnd() { break }
      try segment.forEachPart(of: list, lengthNorms, lengths) { document, part in whole[document] += part }
    }
    return whole
  }

  /// Sets x for the documents of a window.
  func score(_ window: Range<Int>) throws(SearchError) {
    clear()
    for list in lists {
      try list.listDocuments(window, into: &documents)
      try add(list, from: window.lowerBound)
    }
    guard !whole.isEmpty else { return }
    for slot in 0..<window.count { x[slot] = whole[window.lowerBound + slot] }
  }

  /// Sets x for some documents of a window, given by their places in it, ascending; 0 for the others.
  func score(at slots: borrowing GrowableBuffer<UInt32>, _ window: Range<Int>) throws(SearchError) {
    clear()
    if !lists.isEmpty {
      documents.removeAll()
      for index in 0..<slots.count { documents.append(UInt32(window.lowerBound) &+ slots[index]) }
    }
    for list in lists { try add(list, from: window.lowerBound) }
    guard !whole.isEmpty else { return }
    for index in 0..<slots.count { x[Int(slots[index])] = whole[window.lowerBound + Int(slots[index])] }
  }

  /// Adds what `documents` get from a list; the window at work begins at `start`.
  private func add(_ list: ListScorer, from start: Int) throws(SearchError) {
    parts.removeAll()
    parts.append(repeating: 0, count: documents.count)
    try list.addParts(at: documents, to: &parts)
    for index in 0..<documents.count { x[Int(documents[index]) - start] += parts[index] }
  }

  private func clear() {
    let count = x.count
    x.removeAll()
    x.append(repeating: 0, count: count)
  }
}

extension ListScorer {
  /// The documents of a window that the list holds.
  fileprivate func listDocuments(
    _ window: Range<Int>, into documents: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    documents.removeAll()
    let range = UInt32(window.lowerBound)..<UInt32(window.upperBound)
    var block = blocks.first(from: 0, reaching: range.lowerBound)
    while block < blocks.count, block == 0 || blocks[block - 1].last &+ 1 < range.upperBound {
      try append(block: block, range, to: &documents)
      block += 1
    }
  }
}

extension Segment.SelectedList {
  /// The same with every document that holds the word weighing 1.
  fileprivate var plain: Segment.SelectedList {
    let weights = FormWeights(bySet: (formWeights.isEmpty ? [weight] : formWeights).map { $0 > 0 ? 1 : 0 })
    return Segment.SelectedList(entry: entry, address: address, language: language, weights)
  }
}

/// A leaf of a tree in one segment.
final class LeafScorer {
  let weight: Float
  let words: [WordScorer]
  /// Phrases, and leaves for which fields do not count alike: what their words hold has to be looked up in the positions.
  let needsPositions: Bool
  private let leaf: TreePlan.Leaf
  private let plan: TreePlan
  private let segment: Segment
  private let lengthNorms: [[Float]]
  private let fields: FieldWeights?
  /// Made when the first position is asked for.
  private var openReader: LeafReader?
  /// How much larger x may be than the least of its words': occurrences count more in some fields; of a phrase, languages
  /// differ in their average lengths.
  private let stretch: Float
  private let pairs: PhrasePairs
  /// Documents that match at most, about.
  let cost: Int
  /// x of the documents of the window at work; 0 where the leaf does not match.
  var x: GrowableBuffer<Float>

  init(
    _ leaf: TreePlan.Leaf, _ plan: TreePlan, _ segment: Segment, _ lengthNorms: [[Float]], _ fields: FieldWeights?,
    windowSize: Int, _ control: SearchControl
  ) throws(SearchError) {
    weight = leaf.weight
    needsPositions = leaf.isPhrase || fields != nil
    self.fields = fields
    self.leaf = leaf
    self.plan = plan
    self.segment = segment
    self.lengthNorms = lengthNorms
    var words: [WordScorer] = []
    for word in leaf.words {
      words.append(
        try WordScorer(
          word, isPlain: leaf.isPhrase, segment, lengthNorms, inflection: plan.inflection, windowSize: windowSize,
          control))
    }
    self.words = words
    pairs = PhrasePairs(leaf.isPhrase && leaf.slop == 0 ? words.map(\.keyHashes) : [], segment)
    stretch = (leaf.isPhrase ? LeafScorer.stretch(lengthNorms) : 1) * (fields?.maximum ?? 1)
    cost = words.reduce(.max) { min($0, $1.documentCount) }
    x = GrowableBuffer(capacity: windowSize)
    x.append(repeating: 0, count: windowSize)
  }

  /// The largest ratio between the languages' normalizers at any length.
  static func stretch(_ lengthNorms: [[Float]]) -> Float {
    var ratio: Float = 1
    for code in lengthNorms[0].indices {
      let values = lengthNorms.map { $0[code] }
      ratio = max(ratio, (values.max() ?? 1) / (values.min() ?? 1))
    }
    return ratio
  }

  /// Whether a document of a window may match.
  func mayHold(_ window: Int) -> Bool { words.allSatisfy { $0.bounds[window] > 0 } }

  /// The most that x can be in a window.
  func xBound(_ window: Int) -> Float {
    words.reduce(.infinity) { min($0, $1.bounds[window]) } * stretch
  }

  func bound(_ window: Int) -> Float { mayHold(window) ? ClauseScorer.score(xBound(window), weight) : 0 }

  /// The most that x can be at a place of the window whose words have been scored.
  func xBound(at slot: Int) -> Float {
    words.reduce(.infinity) { min($0, $1.x[slot]) } * stretch
  }

  /// Sets x of a document whose words have been found.
  func confirm(_ slot: Int, _ document: UInt32) throws(SearchError) {
    x[slot] = try pairs.mayHold(document) ? reader().x(document) : 0
  }

  func positions(_ document: UInt32) throws(SearchError) -> WordPositions { try reader().positions(document)[0] }

  /// How often the leaf's word is followed by another's at once, by the weights of the document's fields.
  func frequency(
    _ first: WordPositions, followedBy second: WordPositions, in document: UInt32
  ) throws(SearchError) -> SplitFrequency {
    try reader().frequency(first, followedBy: second, in: document)
  }

  private func reader() throws(SearchError) -> LeafReader {
    if let openReader { return openReader }
    let reader = try LeafReader(leaf, segment, lengthNorms, fields, inflection: plan.inflection)
    openReader = reader
    return reader
  }

  /// Sets all of x to 0.
  func clear() {
    let count = x.count
    x.removeAll()
    x.append(repeating: 0, count: count)
  }

  /// Takes x from the only word.
  func takeX(at slot: Int) { x[slot] = words[0].x[slot] }
}
