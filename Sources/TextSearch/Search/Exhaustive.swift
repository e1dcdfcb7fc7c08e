/// Scores every document that holds a word of the query: the plain definition of the ranking, and the oracle of every
/// faster way.
///
/// score = sum over clauses, in query order, of boost * idf x / (1 + x), with x = sum over the clause's lists, in dictionary
/// order, of weight * frequency / K.
struct Exhaustive {
  private let segment: Segment
  private let plan: QueryPlan
  /// Documents that a later segment replaced, ascending.
  private let deleted: [UInt32]
  private let normalizers: [[Float]]

  /// Hits of one segment.
  struct Result {
    var total = 0
    var hits: [TopHits.Hit] = []
  }

  init(_ segment: Segment, deleted: [UInt32], _ plan: QueryPlan, _ ranking: BM25) {
    self.segment = segment
    self.deleted = deleted
    self.plan = plan
    normalizers = Language.allCases.map { language in
      ranking.normalizers(averageLength: plan.statistics.averageLength(language))
    }
  }

  /// The best `limit` documents that hold any word, or all words, of the query.
  ///
  /// - Parameter allowed: no others match; nil for all.
  func search(limit: Int, all: Bool, in allowed: DocumentSet? = nil) throws(SearchError) -> Result {
    var scores = [Float](repeating: 0, count: segment.documentCount)
    var matched = [UInt32](repeating: 0, count: segment.documentCount)
    var agreement = [Float](repeating: 0, count: segment.documentCount)
    var repeated: [QueryWord: [Contribution]] = [:]
    for (word, count) in Dictionary(plan.clauses.map { ($0.word, 1) }, uniquingKeysWith: +) where count > 1 {
      repeated[word] = []
    }
    for clause in plan.clauses {
      // A word that comes again reads no list again; it counts again.
      var contributions = repeated[clause.word] ?? []
      if contributions.isEmpty { contributions = try self.contributions(clause, &agreement) }
      if repeated[clause.word]?.isEmpty ?? false { repeated[clause.word] = contributions }
      for contribution in contributions {
        scores[contribution.document] += contribution.score
        matched[contribution.document] += 1
      }
    }
    let needed = all ? UInt32(plan.clauses.count) : 1
    for document in deleted where Int(document) < matched.count { matched[Int(document)] = 0 }
    var result = Result()
    var top = TopHits(limit: limit)
    for document in matched.indices where matched[document] >= needed {
      if let allowed, !allowed.contains(document) { continue }
      result.total += 1
      // Equal scores are ordered by key, which is not always the order of the documents.
      let rank = try segment.keyRanks.rank(UInt32(document))
      top.add(TopHits.Hit(score: scores[document], document: rank))
    }
    for hit in top.sorted {
      result.hits.append(TopHits.Hit(score: hit.score, document: try segment.keyRanks.document(hit.document)))
    }
    return result
  }

  /// What a clause adds to a document's score.
  private struct Contribution {
    let document: Int
    let score: Float
  }

  /// What a clause adds to each document that holds it; leaves `agreement` all zero.
  private func contributions(
    _ clause: QueryPlan.Clause, _ agreement: inout [Float]
  ) throws(SearchError) -> [Contribution] {
    try collect(clause, into: &agreement).map { document in
      let x = agreement[document]
      agreement[document] = 0
      return Contribution(document: document, score: clause.weight * (x / (1 + x)))
    }
  }

  /// Adds up a clause's lists; gives the documents that hold it.
  private func collect(_ clause: QueryPlan.Clause, into agreement: inout [Float]) throws(SearchError) -> [Int] {
    var documents: [Int] = []
    for list in try segment.lists(clause.word) {
      let normalizer = normalizers[Int(list.language.rawValue)]
      var cursor = try segment.cursor(list.entry)
      while case let document = try cursor.advance(), document != PostingCursor.end {
        let index = Int(document)
        if agreement[index] == 0 { documents.append(index) }
        let code = Int(try segment.lengthCode(document))
        agreement[index] += list.weight * Float(try cursor.frequency) * normalizer[code]
      }
    }
    return documents
  }
}

extension Segment {
  /// A cursor over a list of this segment.
  func cursor(_ entry: TermDictionary.Entry) throws(SearchError) -> PostingCursor {
    var sections = postings
    if entry.list.isInline { sections.postings = entry.inline }
    return try PostingCursor(entry.list, in: sections, documentLimit: UInt32(documentCount))
  }
}
