import Synchronization

/// Searches the segments of a snapshot with one plan, in turn or side by side.
struct SnapshotSearch: Sendable {
  let snapshot: IndexSnapshot
  let shared: SearchContext
  private let tools: SearchTools

  init(
    _ snapshot: IndexSnapshot, plan: QueryPlan, _ options: SearchOptions, _ control: SearchControl,
    tools: SearchTools
  ) {
    self.snapshot = snapshot
    self.tools = tools
    shared = SearchContext(
      plan, options, control, lengthNorms: tools.lengthNorms(options.ranking, plan.statistics),
      documents: snapshot.segments.reduce(0) { $0 + $1.documentCount })
  }

  /// Makes the context of a search of a whole segment.
  ///
  /// - Parameter counter: counts the matches of a search for the best hits.
  func context(
    _ ordinal: Int, counter: MatchCounter = MatchCounter(limit: 0)
  ) throws(SearchError) -> SegmentContext {
    SegmentContext(
      snapshot.segments[ordinal], ordinal: ordinal, allowed: try allowed(ordinal), shared, counter: counter)
  }

  /// Returns the documents of a segment that may match: those not deleted or excluded that pass the filter; nil for all.
  private func allowed(_ ordinal: Int) throws(SearchError) -> DocumentSet? {
    let segment = snapshot.segments[ordinal]
    let passed = try shared.options.filter?.documents(in: segment)
    let deleted = snapshot.deleted[ordinal]
    let excluded = shared.options.excluded.flatMap { $0.segment == ordinal ? $0.document : nil }
    guard !deleted.isEmpty || excluded != nil else { return passed }
    var allowed = passed ?? DocumentSet(all: segment.documentCount)
    deleted.remove(from: &allowed)
    if let excluded { allowed.remove(Int(excluded)) }
    return allowed
  }

  // MARK: Top hits

  /// A hit on its way into the ranking of all segments.
  struct Hit: BitwiseCopyable, Sendable {
    let score: Float
    /// Ordinal of the segment.
    let segment: Int
    let document: UInt32
    /// The document's rank in the order of its segment's keys.
    let rank: UInt32
  }

  /// The hits that several threads add to.
  private final class SharedHits: Sendable {
    let hits = Mutex<[Hit]>([])
  }

  /// Returns the best documents, best first; equal scores in the order of keys.
  ///
  /// - Parameter counter: counts those that match.
  func topHits(_ counter: MatchCounter) throws(SearchError) -> [Hit] {
    let titled = try titled()
    return try merged(titled: titled, before: try topHitsOfWords(counter))
  }

  private func topHitsOfWords(_ counter: MatchCounter) throws(SearchError) -> [Hit] {
    let threads = shared.options.threads
    guard threads > 1 else { return try topHitsOfOneThread(counter) }
    let parts = divided(threads)
    guard parts.count > 1 else { return try topHitsOfOneThread(counter) }
    let filters = try filters(threads)
    let all = SharedHits()
    _ = try snapshot.forEach(parts, threads: threads) { (part) throws(SearchError) in
      if shared.control.mustEnd() { return }
      let context = SegmentContext(
        snapshot.segments[part.segment], ordinal: part.segment, documents: part.documents,
        allowed: filters[part.segment], shared, counter: counter)
      let hits = try search(context)
      try all.hits.withLock { (top) throws(SearchError) in try add(hits, to: &top) }
    }
    return all.hits.withLock { $0 }
  }

  /// Returns for each segment the documents that may match (`allowed`).
  private func filters(_ threads: Int) throws(SearchError) -> [DocumentSet?] {
    try snapshot.forEachSegment(threads: shared.options.filter == nil ? 1 : threads) { (ordinal) throws(SearchError) in
      try allowed(ordinal)
    }
  }

  /// Whether ranges of a segment's documents are searched by themselves: not by the definition, nor for a phrase or an expanded word
  /// alone.
  private var areDivided: Bool {
    guard shared.usesBounds else { return false }
    guard case .leaf = shared.plan.root, let leaf = shared.plan.leaves.first, !shared.weighsFields, leaf.field == nil
    else { return true }
    if case .expanded = leaf.word.terms { return false }
    return !leaf.isPlainPhrase
  }

  /// The segments, divided among threads where they are.
  private func divided(_ threads: Int) -> [SegmentPart] {
    let areDivided = areDivided
    return snapshot.segments.indices.flatMap { ordinal in
      SegmentPart.parts(
        of: ordinal, documents: snapshot.segments[ordinal].documentCount, parts: areDivided ? threads : 1,
        minimum: shared.options.documentsPerThread)
    }
  }

  /// Searches segment by segment: closures for threads would be allocated.
  private func topHitsOfOneThread(_ counter: MatchCounter) throws(SearchError) -> [Hit] {
    var top: [Hit] = []
    for ordinal in snapshot.segments.indices where !shared.control.mustEnd() {
      do throws(SearchError) {
        try add(try search(try context(ordinal, counter: counter)), to: &top)
      } catch {
        throw error.inFile(snapshot.segments[ordinal].path)
      }
    }
    return top
  }

  private func search(_ context: SegmentContext) throws(SearchError) -> [Hit] {
    let found = try SegmentSearch.search(context)
    let keyRanks = context.segment.keyRanks
    var hits: [Hit] = []
    hits.reserveCapacity(found.count)
    for hit in found {
      let document = try keyRanks.document(hit.document)
      hits.append(Hit(score: hit.score, segment: context.ordinal, document: document, rank: hit.document))
    }
    return hits
  }

  /// Adds the hits of a segment or a part of one, best first, and raises the minimum competitive score of the other searches.
  private func add(_ hits: [Hit], to top: inout [Hit]) throws(SearchError) {
    top = top.isEmpty ? hits : try merged(top, hits)
    if top.count == shared.limit, let last = top.last {
      shared.control.raiseMinimumCompetitiveScore(to: last.score)
    }
  }

  /// Returns the best of two sorted lists.
  func merged(_ a: [Hit], _ b: [Hit]) throws(SearchError) -> [Hit] {
    var merged: [Hit] = []
    merged.reserveCapacity(min(shared.limit, a.count + b.count))
    var (left, right) = (0, 0)
    while merged.count < shared.limit, left < a.count, right < b.count {
      if try isBefore(b[right], a[left]) {
        merged.append(b[right])
        right += 1
      } else {
        merged.append(a[left])
        left += 1
      }
    }
    merged += a[left...].prefix(shared.limit - merged.count)
    merged += b[right...].prefix(shared.limit - merged.count)
    return merged
  }

  /// Whether a hit comes before one of another segment; keys are read for equal scores alone.
  private func isBefore(_ a: Hit, _ b: Hit) throws(SearchError) -> Bool {
    if a.score != b.score { return a.score > b.score }
    if a.segment == b.segment { return a.rank < b.rank }
    return try key(a).lexicographicallyPrecedes(try key(b))
  }

  private func key(_ hit: Hit) throws(SearchError) -> [UInt8] {
    let segment = snapshot.segments[hit.segment]
    do { return try segment.keys.key(Int(hit.rank)) } catch { throw error.inFile(segment.path) }
  }

  /// Returns the key of a hit.
  func keyText(_ hit: Hit) throws(SearchError) -> String {
    let segment = snapshot.segments[hit.segment]
    do { return try segment.keys.text(Int(hit.rank)) } catch { throw error.inFile(segment.path) }
  }
}

extension SnapshotSearch {
  /// Documents that are read for hits after the end of a search: a page of them is returned, a million would take seconds.
  private static let maximumAfterEnd = 100

  /// Searches and reads the documents of the page of hits.
  ///
  /// - Parameter analyzerOptions: those of the index, for snippets.
  func results(_ analyzerOptions: AnalyzerOptions) throws(SearchError) -> SearchResults {
    // Not all words are in a plan whose making had to end.
    guard !shared.control.mustEnd() else { return .none(shared.options) }
    let found = try found()
    let isExact = found.isExact && !shared.control.hasEnded
    let hits = try stored(
      page(of: found), shared.options.makesSnippets ? SnippetMaker(shared.plan, analyzerOptions, tools) : nil)
    return SearchResults(
      total: found.total, isTotalExact: isExact, countLimit: shared.options.exactLimit,
      isPartial: shared.control.hasEnded, replaced: shared.plan.replaced, facets: found.facets, hits: hits)
  }

  /// Searches for the number of matches, their counts by attributes, and the first hits.
  private func found() throws(SearchError) -> Matches {
    guard shared.options.needsMatches else {
      let counter = MatchCounter(limit: shared.options.exactLimit)
      let hits = try topHits(counter)
      // Where the search has ended, hits may not have been counted.
      let total = counter.total.map { max($0, hits.count) }
      return Matches(total: total, isExact: counter.isExact, hits: hits)
    }
    var found = try matches()
    guard shared.options.order == nil else { return found }
    found.hits = try topHits(MatchCounter(limit: 0))
    found.total = found.total.map { max($0, found.hits.count) }
    return found
  }

  /// Returns the hits of the page, each with what it is sorted by.
  private func page(of found: Matches) -> [(hit: Hit, sortKey: SortKey?)] {
    let (start, limit) = (shared.options.offset, shared.options.limit)
    let page = found.hits.dropFirst(start).prefix(limit)
    guard shared.options.order != nil else { return page.map { ($0, nil) } }
    return zip(page, found.sortKeys.dropFirst(start)).map { ($0, $1) }
  }

  private func stored(
    _ page: [(hit: Hit, sortKey: SortKey?)], _ snippets: consuming SnippetMaker?
  ) throws(SearchError) -> [SearchResults.Hit] {
    var maker = snippets
    var hits: [SearchResults.Hit] = []
    var readAfterEnd = 0
    for (hit, sortKey) in page {
      if shared.control.hasEnded {
        readAfterEnd += 1
        if readAfterEnd > SnapshotSearch.maximumAfterEnd { break }
      }
      let document = try snapshot.segments[hit.segment].stored(hit.document)
      var snippet = Snippet(pieces: [])
      if maker != nil || hits.count >= SnapshotSearch.maximumAfterEnd, !shared.control.mustEnd() {
        snippet = maker?.snippet(document) ?? snippet
      }
      hits.append(SearchResults.Hit(score: hit.score, document: document, snippet: snippet, sortKey: sortKey))
    }
    return hits
  }
}
