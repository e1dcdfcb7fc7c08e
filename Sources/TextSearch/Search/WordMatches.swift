/// The documents of a segment that match, without scoring them.
enum WordMatches {
  /// Those found until the end came, where the search has to end; of searches for all words then none.
  ///
  /// - Parameters:
  ///   - number: the segment's place among those that the plan was made for.
  ///   - all: documents must hold every word, instead of any.
  ///   - allowed: no others match; nil for all.
  static func documents(
    _ plan: QueryPlan, _ segment: Segment, number: Int, all: Bool, in allowed: DocumentSet?, _ control: SearchControl
  ) throws(SearchError) -> DocumentSet {
    var matches = DocumentSet(limit: segment.documentCount)
    for (place, clause) in plan.clauses.enumerated() {
      if control.mustEnd() {
        if all { matches = DocumentSet(limit: segment.documentCount) }
        break
      }
      let lists = try segment.lists(clause, of: plan, number)
      if all, place > 0 {
        var holders = DocumentSet(limit: segment.documentCount)
        try insert(lists, segment, into: &holders)
        matches.formIntersection(holders)
      } else {
        try insert(lists, segment, into: &matches)
      }
    }
    if let allowed { matches.formIntersection(allowed) }
    return matches
  }

  private static func insert(
    _ lists: [Segment.SelectedList], _ segment: Segment, into set: inout DocumentSet
  ) throws(SearchError) {
    for list in lists {
      var cursor = try segment.cursor(list.entry)
      for block in 0..<max(1, cursor.records.count) {
        try cursor.loadBlock(block)
        for index in 0..<cursor.filled { set.insert(Int(cursor.documents[index])) }
      }
    }
  }
}
