/// Scores a word of a tree's leaf in one segment, window by window: saturation inputs of documents, and their upper bounds.
final class WordScorer {
  /// In dictionary order; none where all postings were read at once.
  private let lists: [ListScorer]
  /// Input of every document of the segment, where all postings were read at once.
  private let all: [Float]
  /// What the neighbours of its occurrences are tested for; nil where they are not.
  private let test: NeighbourTest?
  let documentCount: Int
  let hasVietnamese: Bool
  let hasOthers: Bool
  let lowestWeight: Float
  /// All its terms are frequent (`SelectedList.isFrequent`).
  let isFrequent: Bool
  /// Upper bound of the input in each window; 0 where no document holds the word.
  private(set) var bounds: GrowableBuffer<Float>
  /// Input of the documents of the window at work, by slot.
  private(set) var inputs: GrowableBuffer<Float>
  /// Documents that are looked up, and what each gets from one list.
  private var documents = GrowableBuffer<UInt32>(capacity: 256)
  private var parts = GrowableBuffer<Float>(capacity: 256)

  /// - Parameters:
  ///   - lists: those of the word.
  ///   - isPlain: every document that holds the word weighs 1: a phrase's words.
  ///   - test: documents that do not pass it need not be found; nil to find all.
  init(
    _ lists: [SelectedList], isPlain: Bool, _ test: NeighbourTest?, _ context: SegmentContext, windowSize: Int
  ) throws(SearchError) {
    self.test = test
    let segment = context.segment
    let selected = isPlain ? lists.map(\.plain) : lists
    var scorers: [ListScorer] = []
    var all: [Float] = []
    if selected.count <= ExpandedDocuments.fewLists {
      for list in selected {
        scorers.append(try ListScorer(list, segment, lengthNorms: context.lengthNorms[list.language]))
      }
    } else {
      all = try context.inputs(of: selected, in: 0..<segment.documentCount)
    }
    self.lists = scorers
    self.all = all
    documentCount = selected.reduce(0) { $0 + $1.entry.list.documents }
    hasVietnamese = selected.contains { $0.language == .vietnamese }
    hasOthers = selected.contains { $0.language != .vietnamese }
    lowestWeight = selected.reduce(1) { min($0, $1.lowestWeight) }
    isFrequent = selected.allSatisfy(\.isFrequent)
    let windows = (segment.documentCount + windowSize - 1) / windowSize
    bounds = GrowableBuffer(capacity: max(1, windows))
    bounds.append(repeating: 0, count: windows)
    inputs = GrowableBuffer(capacity: windowSize)
    inputs.append(repeating: 0, count: windowSize)
    for list in scorers {
      for window in 0..<windows {
        let start = UInt32(window * windowSize)
        bounds[window] += list.bound(start..<start + UInt32(windowSize))
      }
    }
    for document in all.indices {
      bounds[document / windowSize] = max(bounds[document / windowSize], all[document])
    }
  }

  /// Sets the inputs of all documents of a window, 0 where the test fails.
  func score(_ window: Range<Int>) throws(SearchError) {
    inputs.fill(0)
    for list in lists {
      documents.removeAll()
      try list.appendDocuments(UInt32(window.lowerBound)..<UInt32(window.upperBound), test, to: &documents)
      try add(list, from: window.lowerBound)
    }
    guard !all.isEmpty else { return }
    for slot in 0..<window.count { inputs[slot] = all[window.lowerBound + slot] }
  }

  /// Sets the inputs of some documents of a window, by their ascending slots; 0 for the others.
  func score(at slots: borrowing GrowableBuffer<UInt32>, _ window: Range<Int>) throws(SearchError) {
    inputs.fill(0)
    if !lists.isEmpty {
      documents.removeAll()
      for index in 0..<slots.count { documents.append(UInt32(window.lowerBound) &+ slots[index]) }
    }
    for list in lists { try add(list, from: window.lowerBound) }
    guard !all.isEmpty else { return }
    for index in 0..<slots.count { inputs[Int(slots[index])] = all[window.lowerBound + Int(slots[index])] }
  }

  /// Returns the slots among `candidates` whose documents hold the word; they have been scored.
  func holders(among candidates: DocumentSet) -> DocumentSet {
    inputs.slots(among: candidates) { $0 > 0 }
  }

  /// Adds the inputs at some slots.
  func addInputs(at slots: DocumentSet, to target: inout GrowableBuffer<Float>) {
    inputs.add(at: slots, to: &target) { $0 }
  }

  /// Adds what `documents` get from a list; the window at work starts at `start`.
  private func add(_ list: ListScorer, from start: Int) throws(SearchError) {
    parts.removeAll()
    parts.append(repeating: 0, count: documents.count)
    try list.addInputs(at: documents, to: &parts)
    inputs.add(parts, of: documents, from: start)
  }
}

// The values of a window by slot: in methods of the buffer, as each use of a class's variable is checked for exclusive access.
extension GrowableBuffer<Float> {
  /// Adds to `sums`, at some slots, what `body` makes of the values there.
  @inline(__always)
  func add(at slots: DocumentSet, to sums: inout GrowableBuffer<Float>, _ body: (Float) -> Float) {
    let values = span
    var sums = sums.mutableSpan
    for slot in slots { sums[slot] += body(values[slot]) }
  }

  /// Returns the slots among some whose values are kept.
  @inline(__always)
  func slots(among slots: DocumentSet, where isKept: (Float) -> Bool) -> DocumentSet {
    let values = span
    var kept = slots
    kept.keep { isKept(values[$0]) }
    return kept
  }

  /// Adds to `sums`, at some slots, what `body` makes of the minimum of the values there and those of another buffer.
  @inline(__always)
  func addMinima(
    with other: borrowing GrowableBuffer<Float>, at slots: DocumentSet, to sums: inout GrowableBuffer<Float>,
    _ body: (Float) -> Float
  ) {
    let values = span
    let others = other.span
    var sums = sums.mutableSpan
    for slot in slots { sums[slot] += body(Swift.min(values[slot], others[slot])) }
  }

  /// Adds the parts of some documents of the window that starts at `start`.
  fileprivate mutating func add(
    _ parts: borrowing GrowableBuffer<Float>, of documents: borrowing GrowableBuffer<UInt32>, from start: Int
  ) {
    let documents = documents.span
    let parts = parts.span
    var sums = mutableSpan
    for index in documents.indices { sums[Int(documents[index]) - start] += parts[index] }
  }
}

extension SelectedList {
  /// The list with a weight of 1 for every document that holds the word.
  fileprivate var plain: SelectedList {
    let weights = FormWeights(bySet: (formWeights.isEmpty ? [weight] : formWeights).map { $0 > 0 ? 1 : 0 })
    return SelectedList(
      entry: entry, address: address, language: language, formWeights: weights, agreement: agreement)
  }
}
