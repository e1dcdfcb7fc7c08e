extension SnapshotSearch {
  /// Documents with one title of which each is looked at; of more of them in a segment, those with the best scores.
  private static let manyTitled = 256

  /// Puts the documents before the others whose whole title is the query (`TitleBonus`).
  ///
  /// - Parameters:
  ///   - titled: these documents, best first.
  ///   - hits: the best documents without the bonus, best first. As many of them as are wanted come behind those with one.
  func merged(titled: [Hit], before hits: [Hit]) throws(SearchError) -> [Hit] {
    if titled.isEmpty { return hits }
    let others = hits.filter { hit in !titled.contains { $0.segment == hit.segment && $0.document == hit.document } }
    return try merged(titled, others)
  }

  /// Returns the best documents that match and whose title the query is, best first. Called before the search, which raises the
  /// minimum score of what it shares its control with.
  func titled() throws(SearchError) -> [Hit] {
    guard shared.usesBounds, shared.plan.title != TitleTable.none, shared.limit > 0 else { return [] }
    var titled: [Hit] = []
    for (ordinal, segment) in snapshot.segments.enumerated() {
      do throws(SearchError) {
        let documents = try segment.titles.documents(withHash: shared.plan.title)
        if documents.isEmpty { continue }
        titled = try merged(titled, try best(documents, try context(ordinal)))
      } catch {
        throw error.inFile(segment.path)
      }
    }
    return titled
  }

  /// Returns the best of a segment's documents with the title.
  private func best(_ documents: [UInt32], _ context: SegmentContext) throws(SearchError) -> [Hit] {
    guard documents.count > SnapshotSearch.manyTitled else { return try scored(documents, context) }
    var allowed = DocumentSet(limit: context.segment.documentCount)
    for document in documents where context.allowed?.contains(Int(document)) ?? true { allowed.insert(Int(document)) }
    let only = SegmentContext(
      context.segment, ordinal: context.ordinal, allowed: allowed, shared, counter: MatchCounter(limit: 0))
    var best: [UInt32] = []
    for hit in try SegmentSearch.search(only) { best.append(try context.segment.keyRanks.document(hit.document)) }
    return try scored(best, context)
  }

  /// Returns those of some documents with the title that match and have the bonus, best first.
  private func scored(_ documents: [UInt32], _ context: SegmentContext) throws(SearchError) -> [Hit] {
    let explainer = try Explainer(context)
    var hits: [Hit] = []
    for document in documents {
      if shared.control.mustEnd() { break }
      let explanation = try explainer.explanation(document, key: "", isTitled: true)
      guard explanation.matches, explanation.titleBonus > 0 else { continue }
      let rank = try context.segment.keyRanks.rank(document)
      hits.append(Hit(score: explanation.score, segment: context.ordinal, document: document, rank: rank))
    }
    hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.rank < $1.rank }
    return Array(hits.prefix(shared.limit))
  }
}
