/// Scores a leaf of a tree in one segment, window by window.
final class LeafScorer {
  let weight: Float
  let words: [WordScorer]
  /// Phrases, and leaves in whose fields occurrences weigh differently: matches are confirmed by positions.
  let needsPositions: Bool
  private let leaf: QueryPlan.Leaf
  private let context: SegmentContext
  /// Made when the first position is read.
  private var openReader: LeafReader?
  /// Upper bound of the leaf's input over the minimum of its words': occurrences weigh more in some fields; of a phrase,
  /// languages differ in their average lengths.
  private let inputRatio: Float
  /// As `SegmentContext.isConstant`.
  private let isConstant: Bool
  /// Upper bound of the documents that match.
  let cost: Int
  /// Inputs of the documents of the window at work, by slot; 0 where the leaf does not match.
  private(set) var inputs: GrowableBuffer<Float>

  init(_ leaf: QueryPlan.Leaf, _ context: SegmentContext, windowSize: Int) throws(SearchError) {
    let fields = try context.fieldWeights(leaf)
    weight = leaf.weight
    needsPositions = leaf.isPhrase || fields != nil
    isConstant = context.isConstant(leaf)
    self.leaf = leaf
    self.context = context
    var lists: [[SelectedList]] = []
    for word in leaf.words { lists.append(try context.lists(word, mayEnd: true)) }
    var words: [WordScorer] = []
    for (own, test) in zip(lists, LeafScorer.tests(leaf, lists)) {
      words.append(try WordScorer(own, isPlain: leaf.isPhrase, test, context, windowSize: windowSize))
    }
    self.words = words
    inputRatio = (leaf.isPhrase ? context.lengthNorms.maximumRatio : 1) * (fields?.maximum ?? 1)
    cost = words.reduce(.max) { min($0, $1.documentCount) }
    inputs = GrowableBuffer(capacity: windowSize)
    inputs.append(repeating: 0, count: windowSize)
  }

  /// Returns for each word of a leaf what its neighbours are tested for; nil where it has none, or they may be moved.
  private static func tests(_ leaf: QueryPlan.Leaf, _ lists: [[SelectedList]]) -> [NeighbourTest?] {
    guard leaf.isPhrase, leaf.slop == 0 else { return lists.map { _ in nil } }
    let codes = lists.map(\.neighbourCodes)
    return codes.indices.map { NeighbourTest($0, ofPhrase: codes) }
  }

  // MARK: Upper bounds

  /// Whether a document of a window may match.
  func mayMatch(_ window: Int) -> Bool { words.allSatisfy { $0.bounds[window] > 0 } }

  /// Returns the upper bound of the input in a window.
  func inputBound(_ window: Int) -> Float {
    isConstant ? 1 : words.reduce(.infinity) { min($0, $1.bounds[window]) } * inputRatio
  }

  /// Returns the upper bound of the score in a window.
  func bound(_ window: Int) -> Float { mayMatch(window) ? BM25.bound(inputBound(window), weight) : 0 }

  /// Returns the upper bound of the input at a slot of the window whose words have been scored.
  func inputBound(at slot: Int) -> Float {
    isConstant ? 1 : words.reduce(.infinity) { min($0, $1.inputs[slot]) } * inputRatio
  }

  // MARK: Inputs

  /// Sets all inputs to 0.
  func clear() { inputs.fill(0) }

  /// Takes the inputs of the only word at some slots; those of all others are 0.
  func takeInputs(at slots: DocumentSet) {
    clear()
    words[0].addInputs(at: slots, to: &inputs)
    if isConstant { for slot in slots where inputs[slot] > 0 { inputs[slot] = 1 } }
  }

  /// Adds the scores at some slots.
  func addScores(at slots: DocumentSet, to scores: inout GrowableBuffer<Float>) {
    inputs.add(at: slots, to: &scores) { [weight] in BM25.score($0, weight) }
  }

  /// Adds the upper bounds of the scores at some slots.
  func addBounds(at slots: DocumentSet, to bounds: inout GrowableBuffer<Float>) {
    inputs.add(at: slots, to: &bounds) { [weight] in BM25.bound($0, weight) }
  }

  /// Sets the input of a document that holds all words, by their positions.
  func confirm(_ slot: Int, _ document: UInt32) throws(SearchError) {
    inputs[slot] = try reader().input(document)
  }

  // MARK: Pairs

  /// Returns the positions of the leaf's only word.
  func positions(_ document: UInt32) throws(SearchError) -> WordPositions { try reader().positions(document)[0] }

  /// Counts the occurrences of the leaf's word that another's follow at once, by the weights of the document's fields.
  func frequency(
    _ first: WordPositions, followedBy second: WordPositions, in document: UInt32
  ) throws(SearchError) -> SplitFrequency {
    try reader().frequency(first, followedBy: second, in: document)
  }

  private func reader() throws(SearchError) -> LeafReader {
    if let openReader { return openReader }
    let reader = try LeafReader(leaf, context)
    openReader = reader
    return reader
  }
}
