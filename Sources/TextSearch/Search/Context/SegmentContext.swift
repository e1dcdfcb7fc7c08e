/// The inputs of every search of one segment.
///
/// A class, so that searches keep it for one reference count.
final class SegmentContext {
  let segment: Segment
  /// Index of the segment among those that the plan was made for.
  let ordinal: Int
  /// The documents that are searched: all, or the part of one of several threads.
  let documents: Range<Int>
  /// Documents that may match; nil for all.
  let allowed: DocumentSet?
  /// Counts the matches of all segments.
  let counter: MatchCounter
  private let search: SearchContext

  /// - Parameter documents: those that are searched; nil for all.
  init(
    _ segment: Segment, ordinal: Int, documents: Range<Int>? = nil, allowed: DocumentSet?, _ search: SearchContext,
    counter: MatchCounter
  ) {
    self.documents = documents ?? 0..<segment.documentCount
    self.counter = counter
    self.segment = segment
    self.ordinal = ordinal
    self.allowed = allowed
    self.search = search
  }

  var plan: QueryPlan { search.plan }
  var lengthNorms: LengthNorms { search.lengthNorms }
  /// Fields have weights, so that scores take positions.
  var weighsFields: Bool { search.weighsFields }
  /// As `SearchContext.usesBounds`.
  var usesBounds: Bool { search.usesBounds }
  /// What is searched or counted once for a segment is so with its first part.
  var isFirstPart: Bool { documents.lowerBound == 0 }
  /// Hits that are wanted.
  var limit: Int { search.limit }
  /// Matches are to be counted; once there are more than the limit they are not.
  var isCounting: Bool { counter.isCounting }

  var control: SearchControl { search.control }

  /// Returns the lists of a word of the plan in this segment, in dictionary order.
  ///
  /// - Parameter mayEnd: not all lists of an expanded word are returned where the search has to end; they are of no use for
  ///   scores then.
  func lists(_ word: ResolvedWord, mayEnd: Bool = false) throws(SearchError) -> [SelectedList] {
    switch word.terms {
    case .read(let own):
      word.lists.isEmpty ? try segment.lists(own, inflection: plan.inflection) : word.lists[ordinal]
    case .expanded(let own): try segment.lists(own, mayEnd ? control : nil)
    }
  }

  /// Whether a leaf has the same saturation input, 1, in all documents that match it.
  func isConstant(_ leaf: QueryPlan.Leaf) -> Bool {
    guard search.options.expansionScore == .constant, !leaf.isPhrase, case .expanded = leaf.word.terms else {
      return false
    }
    return true
  }

  /// The pairs of neighbouring leaves that can contribute to scores.
  var pairs: [AdjacentPair] { AdjacentPair.pairs(of: plan, search.options.adjacency) }

  /// Returns the weights of fields that count for a leaf; nil where every occurrence counts 1.
  func fieldWeights(_ leaf: QueryPlan.Leaf) throws(SearchError) -> FieldWeights? {
    try FieldWeights.of(search.options.ranking, in: leaf.field, segment)
  }

  /// Returns the norms of pairs and phrases of a document.
  func pairNorms(_ document: UInt32) throws(SearchError) -> PairNorms {
    lengthNorms.pairNorms(try segment.lengthCode(document))
  }

  /// Returns a hit: documents rank by their keys among equal scores.
  func hit(_ document: UInt32, _ score: Float) throws(SearchError) -> TopHits.Hit {
    TopHits.Hit(score: score, document: try segment.keyRanks.rank(document))
  }
}
