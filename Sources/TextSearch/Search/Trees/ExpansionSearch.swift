/// Finds the best documents of a single word that expands to many: a prefix, a pattern, a similar word.
///
/// The sum of the upper bounds of many lists would allow few skips. Inputs are summed up list by list, as the reference search
/// does, and the documents that were met are scored at the end. Where all documents score alike, they are only met.
struct ExpansionSearch: ~Copyable {
  /// Lists up to which bounds are worth a look where matches are not counted, and where they are.
  private static let fewLists = 8
  private static let fewCounted = 2
  /// Lists between two checks whether the search has to end.
  private static let listsPerCheck = 64

  private let context: SegmentContext
  private let segment: Segment
  private let lengthNorms: LengthNorms
  private let weight: Float
  private let lists: [SelectedList]
  /// All documents that match score alike.
  private let isConstant: Bool
  private var top: TopHits
  private var inputs: GrowableBuffer<Float>
  private var met: DocumentSet

  /// Makes the search of a plan that is one word of many lists; nil for others.
  init?(_ context: SegmentContext) throws(SearchError) {
    guard case .leaf = context.plan.root, context.plan.leaves.count == 1, !context.weighsFields else {
      return nil
    }
    let leaf = context.plan.leaves[0]
    guard leaf.words.count == 1, leaf.field == nil else { return nil }
    let lists = try context.lists(leaf.word, mayEnd: true)
    let few = context.isCounting ? ExpansionSearch.fewCounted : ExpansionSearch.fewLists
    guard lists.count > few || context.isConstant(leaf) else { return nil }
    self.init(context, leaf, lists)
  }

  private init(_ context: SegmentContext, _ leaf: QueryPlan.Leaf, _ lists: [SelectedList]) {
    self.context = context
    segment = context.segment
    lengthNorms = context.lengthNorms
    weight = leaf.weight
    isConstant = context.isConstant(leaf)
    self.lists = lists
    let documents = context.segment.documentCount
    top = TopHits(limit: context.limit)
    inputs = GrowableBuffer(repeating: 0, count: isConstant ? 0 : documents)
    met = DocumentSet(limit: documents)
  }

  /// Counts all matches and returns the best hits.
  mutating func search() throws(SearchError) -> [TopHits.Hit] {
    let lengths = try segment.lengthCodes()
    for (number, list) in lists.enumerated() {
      if number % ExpansionSearch.listsPerCheck == 0, context.control.mustEnd() {
        // Documents found so far match, but their scores are incomplete.
        if let allowed = context.allowed { met.formIntersection(allowed) }
        context.counter.add(isConstant ? met.count : met.count { inputs[$0] > 0 })
        return []
      }
      if isConstant {
        try meet(list)
      } else if list.formWeights.isEmpty, ShortPostings.hold(list.entry.list) {
        try addShort(list, lengths)
      } else {
        try addLong(list)
      }
    }
    if let allowed = context.allowed { met.formIntersection(allowed) }
    return try isConstant ? first() : best()
  }

  /// Counts the documents that were met and returns the first in the order of their keys.
  private mutating func first() throws(SearchError) -> [TopHits.Hit] {
    context.counter.add(met.count)
    let score = BM25.score(1, weight)
    guard score >= context.control.minimumCompetitiveScore else { return [] }
    for (number, document) in met.enumerated() {
      // Documents are mostly in the order of their keys.
      if number >= context.limit, !segment.keyRanks.isReordered { break }
      top.add(try context.hit(UInt32(document), score))
    }
    return top.sorted
  }

  /// Counts the documents that were met and match, and returns the best.
  private mutating func best() throws(SearchError) -> [TopHits.Hit] {
    var total = 0
    var threshold = max(context.control.minimumCompetitiveScore, top.threshold)
    for document in met {
      let input = inputs[document]
      guard input > 0 else { continue }
      total += 1
      let score = BM25.score(input, weight)
      guard score >= threshold else { continue }
      top.add(try context.hit(UInt32(document), score))
      threshold = max(context.control.minimumCompetitiveScore, top.threshold)
    }
    context.counter.add(total)
    return top.sorted
  }

  /// Meets the documents of a list that contribute.
  private mutating func meet(_ list: SelectedList) throws(SearchError) {
    guard list.formWeights.isEmpty else {
      return try context.forEachInput(of: list) { document, input in if input > 0 { met.insert(document) } }
    }
    try segment.insertDocuments(of: list.entry, into: &met)
  }

  private mutating func addShort(_ list: SelectedList, _ lengths: ByteRegion) throws(SearchError) {
    let entry = list.entry
    let extent = entry.list.postings
    let bytes =
      entry.list.isInline ? entry.inline : try segment.postings.postings.slice(at: extent.offset, count: extent.count)
    let count = segment.documentCount
    let codes = unsafe try lengths.address(at: 0, count: count)
    let sums = unsafe inputs.unsafeBase
    let weight = list.weight
    let lengthNorms = lengthNorms[list.language]
    try ShortPostings.forEach(entry.list, bytes, documentLimit: UInt32(count)) { document, frequency in
      // Safe because: documents are below the limit, for which there are as many lengths and sums.
      let code = unsafe codes.load(fromByteOffset: Int(document), as: UInt8.self)
      unsafe sums[Int(document)] += weight * Float(frequency) * lengthNorms[Int(code)]
      met.insert(Int(document))
    }
  }

  private mutating func addLong(_ list: SelectedList) throws(SearchError) {
    try context.forEachInput(of: list) { document, input in
      inputs[document] += input
      met.insert(document)
    }
  }
}
