/// Finds the best documents for a bag of words, phrases and expanded words without scoring all that match, each kind of bag in its own
/// way.
///
/// Documents that may be hits are rescored as in the reference search, clause by clause in query order: the bits are equal.
struct WordSearch: ~Copyable {
  /// Hits up to which a sample of a rare word's documents pays; postings of another word from which on it does; how much rarer the
  /// word is.
  private static let maximumSample = 100
  private static let manyPostings = 2048
  private static let rarity = 8

  /// Postings of an expanded word up to which its documents are always collected: this share of the segment's documents.
  private static let collectedShare = 16
  /// Expanded words of which documents are collected: each may be in all documents.
  private static let maximumExpanded = 16

  private let context: SegmentContext
  private let bag: QueryPlan.Bag
  private let clauses: [ClauseScorer]
  /// The clauses whose documents match.
  private let matching: [ClauseScorer]
  private let pairs: PairScorer

  /// Makes the search of a plan that is a bag of words; nil for others, where fields have weights, which takes positions, and where
  /// collecting the documents of a phrase does not pay.
  init?(_ context: SegmentContext) throws(SearchError) {
    guard !context.weighsFields, let bag = context.plan.bag, let phrases = try WordSearch.phrases(context)
    else { return nil }
    let leaves = context.plan.leaves
    // Before anything is collected.
    var expansions: [Int: [SelectedList]] = [:]
    for (index, leaf) in leaves.enumerated() where leaf.isExpanded {
      let own = try context.lists(leaf.word, mayEnd: true)
      guard !WordSearch.areFewAndLong(own, context) || WordSearch.allMatch(own, leaf, context) else { return nil }
      expansions[index] = own
    }
    var clauses: [ClauseScorer] = []
    clauses.reserveCapacity(leaves.count)
    var lists: [[SelectedList]] = []
    for (index, leaf) in leaves.enumerated() {
      if leaf.isPhrase {
        lists.append([])
        clauses.append(ClauseScorer(weight: leaf.weight, try PhraseSearch.documents(leaf, phrases[index], context)))
      } else if let own = expansions[index] {
        lists.append([])
        clauses.append(try WordSearch.clause(leaf, own, context))
      } else {
        let own = try context.lists(leaf.word)
        lists.append(own)
        clauses.append(try ClauseScorer(weight: leaf.weight, own, context, scoresOnly: bag.scoreOnly[index]))
      }
    }
    pairs = PairScorer(clauses, lists: lists, context)
    self.context = context
    self.bag = bag
    self.clauses = clauses
    matching = clauses.filter { !$0.scoresOnly }
  }

  /// Returns for each leaf the words of a phrase to collect, as `PhraseSearch.phrasesToCollect`; nothing where all leaves are words.
  private static func phrases(_ context: SegmentContext) throws(SearchError) -> [[PhraseWord]]? {
    let leaves = context.plan.leaves
    guard leaves.count(where: \.isExpanded) <= maximumExpanded else { return nil }
    guard leaves.contains(where: \.isPhrase) else { return [] }
    return try PhraseSearch.phrasesToCollect(context)
  }

  /// Whether bounds of an expanded word's lists allow skips that collecting its documents would lose. Where some documents hold other
  /// forms only, a tree skips them; else the lists are read like those of typed words.
  private static func areFewAndLong(_ lists: [SelectedList], _ context: SegmentContext) -> Bool {
    lists.count <= ExpandedDocuments.fewLists && lists.postings > context.segment.documentCount / collectedShare
  }

  /// Whether all documents of an expanded word's lists match it, each with an input of its own.
  private static func allMatch(_ lists: [SelectedList], _ leaf: QueryPlan.Leaf, _ context: SegmentContext) -> Bool {
    !context.isConstant(leaf) && lists.allSatisfy { $0.lowestWeight > 0 }
  }

  /// Makes the clause of an expanded word: of its lists, or of collected documents, whose bounds are closer.
  private static func clause(
    _ leaf: QueryPlan.Leaf, _ lists: [SelectedList], _ context: SegmentContext
  ) throws(SearchError) -> ClauseScorer {
    if areFewAndLong(lists, context) { return try ClauseScorer(weight: leaf.weight, lists, context) }
    let isConstant = context.isConstant(leaf)
    return ClauseScorer(weight: leaf.weight, try ExpandedDocuments.collect(lists, isConstant: isConstant, context))
  }

  /// Counts the matches and returns the best hits.
  mutating func search() throws(SearchError) -> [TopHits.Hit] {
    if clauses.count == 1, clauses[0].lists.count == 1 { return context.isFirstPart ? try searchTerm() : [] }
    guard matching.contains(where: { $0.documentCount > 0 }) else { return [] }
    var collector = TopKCollector(context, clauses, pairs)
    if bag.requiresAll, clauses.count > 1 { try searchAll(&collector) } else { try searchAny(&collector) }
    return collector.hits
  }

  private mutating func searchTerm() throws(SearchError) -> [TopHits.Hit] {
    var search = TermSearch(
      context, clauses[0].lists[0], weight: clauses[0].weight,
      minimumScore: context.control.minimumCompetitiveScore)
    return try search.search()
  }

  private mutating func searchAll(_ collector: inout TopKCollector) throws(SearchError) {
    var search = ConjunctionSearch(context, clauses)
    try search.search(&collector)
  }

  private mutating func searchAny(_ collector: inout TopKCollector) throws(SearchError) {
    try seedThreshold(&collector)
    var search = DisjunctionSearch(context, clauses, hasPairs: collector.hasPairs)
    try search.search(&collector)
  }

  /// Scores the best documents of the heaviest rare word first: with the threshold that they set, most other documents need no score.
  private mutating func seedThreshold(_ collector: inout TopKCollector) throws(SearchError) {
    let limit = context.limit
    guard limit > 0, limit <= WordSearch.maximumSample else { return }
    let longest = matching.reduce(0) { max($0, $1.documentCount) }
    guard longest > WordSearch.manyPostings else { return }
    let heaviest = matching.filter { $0.largestList >= limit && $0.documentCount * WordSearch.rarity <= longest }
      .max { $0.weight < $1.weight }
    guard let heaviest, heaviest.longest >= 0 else { return }
    let list = heaviest.lists.first { $0.documentCount == heaviest.largestList }
    guard let list else { return }
    var search = TermSearch(context, list, weight: heaviest.weight, minimumScore: -.infinity)
    var found: [UInt32] = []
    for hit in try search.bestHits() { found.append(try context.segment.keyRanks.document(hit.document)) }
    found.sort()
    var sample = GrowableBuffer<UInt32>(capacity: limit)
    for document in found { sample.append(document) }
    try collector.seedThreshold(sample)
  }
}

extension WordSearch {
  /// Returns the documents that match a bag of words, without scoring them; nil for other plans, as in `init`.
  ///
  /// If the search had to end, those found until then; none in searches for all words.
  static func matchingDocuments(_ context: SegmentContext) throws(SearchError) -> DocumentSet? {
    guard !context.weighsFields, let bag = context.plan.bag, let phrases = try phrases(context)
    else { return nil }
    let documents = context.segment.documentCount
    var matches = DocumentSet(limit: documents)
    for (index, leaf) in context.plan.leaves.enumerated() where !bag.scoreOnly[index] {
      if context.control.mustEnd() {
        if bag.requiresAll { matches = DocumentSet(limit: documents) }
        break
      }
      if leaf.isPhrase {
        try PhraseSearch.documents(leaf, phrases[index], context).insert(into: &matches)
      } else if leaf.isExpanded {
        let lists = try context.lists(leaf.word, mayEnd: true)
        try ExpandedDocuments.collect(lists, isConstant: true, context).insert(into: &matches)
      } else if bag.requiresAll, index > 0 {
        var holders = DocumentSet(limit: documents)
        try insert(leaf, context, into: &holders)
        matches.formIntersection(holders)
      } else {
        try insert(leaf, context, into: &matches)
      }
    }
    if let allowed = context.allowed { matches.formIntersection(allowed) }
    return matches
  }

  private static func insert(
    _ leaf: QueryPlan.Leaf, _ context: SegmentContext, into set: inout DocumentSet
  ) throws(SearchError) {
    for list in try context.lists(leaf.word) { try context.segment.insertDocuments(of: list.entry, into: &set) }
  }
}
