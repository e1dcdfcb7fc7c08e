extension SnapshotSearch {
  /// Puts the documents before the others whose whole title is the query (`TitleBonus`).
  ///
  /// - Parameter hits: the best documents without the bonus, best first. As many of them as are wanted come behind those with one.
  func withTitles(_ hits: [Hit]) throws(SearchError) -> [Hit] {
    guard shared.usesBounds, shared.plan.title != TitleTable.none, shared.limit > 0 else { return hits }
    let titled = try titled()
    guard !titled.isEmpty else { return hits }
    let others = hits.filter { hit in !titled.contains { $0.segment == hit.segment && $0.document == hit.document } }
    return try merged(titled, others)
  }

  /// Returns the documents that match and whose title the query is, best first.
  private func titled() throws(SearchError) -> [Hit] {
    var titled: [Hit] = []
    for (ordinal, segment) in snapshot.segments.enumerated() {
      do throws(SearchError) {
        let documents = try segment.titles.documents(withHash: shared.plan.title)
        guard !documents.isEmpty else { continue }
        let explainer = try Explainer(try context(ordinal))
        var own: [Hit] = []
        for document in documents {
          let explanation = try explainer.explanation(document, key: "")
          guard explanation.matches, explanation.titleBonus > 0 else { continue }
          let rank = try segment.keyRanks.rank(document)
          own.append(Hit(score: explanation.score, segment: ordinal, document: document, rank: rank))
        }
        own.sort { $0.score != $1.score ? $0.score > $1.score : $0.rank < $1.rank }
        titled = try merged(titled, own)
      } catch {
        throw error.inFile(segment.path)
      }
    }
    return titled
  }
}
