/// Finds the best documents of a single word that stands for many: a prefix, a pattern, a similar word.
///
/// Bounds of so many lists together would let little be skipped. What they add to x is summed up list by list, as the oracle
/// does, and the documents that were met are scored at the end.
struct ExpansionSearch: ~Copyable {
  /// Lists up to which bounds are worth a look where matches are not counted, and where they are.
  private static let fewLists = 8
  private static let fewCounted = 2

  /// Lists after which the search is asked whether it has to end.
  private static let listsPerQuestion = 64

  private let segment: Segment
  private let lengthNorms: [[Float]]
  private let allowed: DocumentSet?
  private let control: SearchControl
  private var top: TopHits
  private var x: GrowableBuffer<Float>
  private var held: DocumentSet

  /// Whether a plan is one word, wherever it stands.
  static func suits(_ plan: TreePlan) -> Bool {
    guard case .leaf = plan.root, plan.leaves.count == 1 else { return false }
    return plan.leaves[0].words.count == 1 && plan.leaves[0].field == nil
  }

  /// Whether that word has lists enough.
  static func suits(_ lists: [Segment.SelectedList], _ options: SearchOptions) -> Bool {
    lists.count > (options.countsAll ? fewCounted : fewLists)
  }

  /// - Parameter normalizers: 1 / K by language and length code.
  init(
    _ segment: Segment, _ allowed: DocumentSet?, _ lengthNorms: [[Float]], limit: Int, _ control: SearchControl
  ) {
    self.segment = segment
    self.lengthNorms = lengthNorms
    self.allowed = allowed
    self.control = control
    top = TopHits(limit: limit)
    x = GrowableBuffer(capacity: segment.documentCount)
    x.append(repeating: 0, count: segment.documentCount)
    held = DocumentSet(limit: segment.documentCount)
  }

  /// How many documents match, and the best hits, best first; documents by their places in the order of the keys.
  ///
  /// - Parameters:
  ///   - lists: those of the word, in dictionary order.
  ///   - weight: the leaf's.
  mutating func search(
    _ lists: [Segment.SelectedList], _ weight: Float
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    let lengths = try segment.lengthCodes()
    for (number, list) in lists.enumerated() {
      if number % ExpansionSearch.listsPerQuestion == 0, control.mustEnd() {
        // What was met matches, but has not its whole score.
        if let allowed { held.formIntersection(allowed) }
        return (held.count { x[$0] > 0 }, [])
      }
      if list.formWeights.isEmpty, ShortPostings.hold(list.entry.list) {
        try addShort(list, lengths)
      } else {
        try addLong(list, lengths)
      }
    }
    if let allowed { held.formIntersection(allowed) }
    var total = 0
    var threshold = max(control.floor, top.threshold)
    for document in held where x[document] > 0 {
      total += 1
      let x = x[document]
      let score = weight * (x / (1 + x))
      guard score >= threshold else { continue }
      top.add(TopHits.Hit(score: score, document: try segment.keyRanks.rank(UInt32(document))))
      threshold = max(control.floor, top.threshold)
    }
    return (total, top.sorted)
  }

  private mutating func addShort(_ list: Segment.SelectedList, _ lengths: ByteRegion) throws(SearchError) {
    let entry = list.entry
    let place = entry.list.postings
    let bytes =
      entry.list.isInline ? entry.inline : try segment.postings.postings.slice(at: place.offset, count: place.count)
    let count = segment.documentCount
    let codes = unsafe try lengths.address(at: 0, count: count)
    let sums = unsafe x.unsafeBase
    let weight = list.weight
    let lengthNorm = lengthNorms[Int(list.language.rawValue)]
    try ShortPostings.forEach(entry.list, bytes, documentLimit: UInt32(count)) { document, frequency in
      // Safe because: documents are below the limit, for which there are as many lengths and sums.
      let code = unsafe codes.load(fromByteOffset: Int(document), as: UInt8.self)
      unsafe sums[Int(document)] += weight * Float(frequency) * lengthNorm[Int(code)]
      held.insert(Int(document))
    }
  }

  private mutating func addLong(_ list: Segment.SelectedList, _ lengths: ByteRegion) throws(SearchError) {
    try segment.forEachPart(of: list, lengthNorms, lengths) { document, part in
      x[document] += part
      held.insert(document)
    }
  }
}

extension Segment {
  /// Runs `body` on every document of a list with what it gets from it: weight * frequency / K, in these operations.
  @inline(__always)
  func forEachPart(
    of list: SelectedList, _ lengthNorms: [[Float]], _ lengths: ByteRegion, _ body: (Int, Float) -> Void
  ) throws(SearchError) {
    let lengthNorm = lengthNorms[Int(list.language.rawValue)]
    var cursor = try cursor(list.entry)
    for block in 0..<max(1, cursor.records.count) {
      try cursor.loadBlock(block)
      try cursor.loadBlockFrequencies()
      if !list.formWeights.isEmpty { try cursor.loadBlockCodes(below: list.formWeights.count) }
      for index in 0..<cursor.filled {
        let document = Int(cursor.documents[index])
        let weight = list.formWeights.isEmpty ? list.weight : list.formWeights[Int(cursor.codes[index])]
        body(document, weight * Float(cursor.frequencies[index]) * lengthNorm[Int(try lengths.byte(at: document))])
      }
    }
  }
}
