/// The documents of a segment that match, without scoring them.
enum MatchCount {
  /// - Parameters:
  ///   - all: documents must hold every word, instead of any.
  ///   - allowed: no others match; nil for all.
  static func count(
    _ plan: QueryPlan, _ segment: Segment, all: Bool, in allowed: DocumentSet?
  ) throws(SearchError) -> Int {
    if plan.clauses.count == 1, allowed == nil {
      let lists = try segment.lists(plan.clauses[0].word)
      if lists.count < 2 { return lists.first?.entry.list.documents ?? 0 }
    }
    return try documents(plan, segment, all: all, in: allowed).count
  }

  /// The documents themselves; the parameters are those of `count`.
  static func documents(
    _ plan: QueryPlan, _ segment: Segment, all: Bool, in allowed: DocumentSet?
  ) throws(SearchError) -> DocumentSet {
    var matches: DocumentSet?
    for clause in plan.clauses {
      guard all, var own = matches else {
        var union = matches ?? DocumentSet(limit: segment.documentCount)
        try insert(clause, segment, into: &union)
        matches = union
        continue
      }
      var holders = DocumentSet(limit: segment.documentCount)
      try insert(clause, segment, into: &holders)
      own.formIntersection(holders)
      matches = own
    }
    guard var matches else { return DocumentSet(limit: segment.documentCount) }
    if let allowed { matches.formIntersection(allowed) }
    return matches
  }

  private static func insert(
    _ clause: QueryPlan.Clause, _ segment: Segment, into set: inout DocumentSet
  ) throws(SearchError) {
    for list in try segment.lists(clause.word) {
      var cursor = try segment.cursor(list.entry)
      for block in 0..<max(1, cursor.records.count) {
        try cursor.loadBlock(block)
        for index in 0..<cursor.filled { set.insert(Int(cursor.documents[index])) }
      }
    }
  }
}
