/// Scores every document that holds a word of the query: the plain definition of the ranking, and the oracle of every
/// faster way.
///
/// score = sum over clauses, in query order, of boost * idf x / (1 + x), with x = sum over the clause's lists, in dictionary
/// order, of weight * frequency / K; then, for each pair of neighbouring words in query order, what `Adjacency` adds.
struct Exhaustive {
  private let segment: Segment
  private let plan: QueryPlan
  private let pairs: [AdjacentPair]
  /// Documents that a later segment replaced, ascending.
  private let deleted: [UInt32]
  private let lengthNorms: [[Float]]
  private let control: SearchControl

  /// Hits of one segment.
  struct Result {
    var total = 0
    /// The best hits; documents by their places in the order of the keys.
    var hits: [TopHits.Hit] = []
  }

  init(
    _ segment: Segment, deleted: [UInt32], _ plan: QueryPlan, _ ranking: BM25, _ adjacency: Adjacency,
    _ control: SearchControl
  ) {
    self.segment = segment
    self.deleted = deleted
    self.plan = plan
    self.control = control
    pairs = AdjacentPair.pairs(of: plan, adjacency)
    lengthNorms = ranking.lengthNorms(of: plan.statistics)
  }

  /// The best `limit` documents that hold any word, or all words, of the query; nothing where the search has to end before
  /// everything is scored.
  ///
  /// - Parameter allowed: no others match; nil for all.
  func search(limit: Int, all: Bool, in allowed: DocumentSet? = nil) throws(SearchError) -> Result {
    var scores = [Float](repeating: 0, count: segment.documentCount)
    var matched = [UInt32](repeating: 0, count: segment.documentCount)
    var agreement = [Float](repeating: 0, count: segment.documentCount)
    // A word that comes again reads no list again; it counts again.
    var known: [QueryWord: [Contribution]] = [:]
    for clause in plan.clauses {
      if known[clause.word] == nil { known[clause.word] = try self.contributions(clause, &agreement) }
      if control.mustEnd() { return Result() }
      let contributions = known[clause.word] ?? []
      for contribution in contributions {
        scores[contribution.document] += contribution.score
        matched[contribution.document] += 1
      }
    }
    for pair in pairs {
      try add(pair, known, to: &scores)
      if control.mustEnd() { return Result() }
    }
    let needed = all ? UInt32(plan.clauses.count) : 1
    for document in deleted where Int(document) < matched.count { matched[Int(document)] = 0 }
    var result = Result()
    var top = TopHits(limit: limit)
    for document in matched.indices where matched[document] >= needed {
      if let allowed, !allowed.contains(document) { continue }
      result.total += 1
      top.add(
        TopHits.Hit(score: scores[document], document: try segment.keyRanks.rank(UInt32(document))))
    }
    result.hits = top.sorted
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
    for list in try segment.lists(clause.word, inflection: plan.inflection) {
      let lengthNorm = lengthNorms[Int(list.language.rawValue)]
      var cursor = try segment.cursor(list.entry)
      while case let document = try cursor.advance(), document != PostingCursor.end {
        let index = Int(document)
        if agreement[index] == 0 { documents.append(index) }
        let code = Int(try segment.lengthCode(document))
        let weight = try list.weight(of: cursor.formCode, in: segment)
        agreement[index] += weight * Float(try cursor.frequency) * lengthNorm[code]
      }
    }
    return documents
  }

  // MARK: Pairs

  private func add(
    _ pair: AdjacentPair, _ known: [QueryWord: [Contribution]], to scores: inout [Float]
  ) throws(SearchError) {
    let (first, second) = (plan.clauses[pair.first].word, plan.clauses[pair.first + 1].word)
    let both = Set((known[first] ?? []).map(\.document)).intersection((known[second] ?? []).map(\.document))
    let documents = both.sorted()
    let firstPositions = try positions(first, in: documents)
    let secondPositions = try positions(second, in: documents)
    for (index, document) in documents.enumerated() {
      let code = Int(try segment.lengthCode(UInt32(document)))
      scores[document] += pair.score(
        firstPositions[index], secondPositions[index],
        (
          lengthNorms[Int(Language.french.rawValue)][code], lengthNorms[Int(Language.vietnamese.rawValue)][code]
        ))
    }
  }

  /// Where a word stands in each of some documents (ascending).
  private func positions(_ word: QueryWord, in documents: [Int]) throws(SearchError) -> [WordPositions] {
    var positions = [WordPositions](repeating: WordPositions(), count: documents.count)
    for list in try segment.lists(word) {
      var cursor = try segment.cursor(list.entry)
      for (index, document) in documents.enumerated() where try cursor.seek(to: UInt32(document)) == document {
        positions[index].add(try cursor.positions(), list.language)
      }
    }
    return positions
  }
}

extension Segment.SelectedList {
  /// The weight of a document by its set of forms.
  @inline(__always)
  func weight(of code: UInt32, in segment: Segment) throws(SearchError) -> Float {
    if formWeights.isEmpty { return weight }
    guard code < formWeights.count else { throw segment.postings.codes.corrupt(at: 0, "form code \(code)") }
    return formWeights[Int(code)]
  }
}
