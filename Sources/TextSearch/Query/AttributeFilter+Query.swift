extension AttributeFilter {
  /// Makes a filter of a query that consists of conditions only; nil for other queries.
  init?(_ query: Query) {
    switch query {
    case .filter(let filter): self = filter
    case .everything: self = .all([])
    case .boost(let query, _):
      guard let filter = AttributeFilter(query) else { return nil }
      self = filter
    case .group(let parts, let minimum):
      guard let filter = AttributeFilter(parts, minimum: minimum) else { return nil }
      self = filter
    default: return nil
    }
  }

  private init?(_ parts: [Query.Part], minimum: Int?) {
    var (must, should): ([AttributeFilter], [AttributeFilter]) = ([], [])
    for part in parts {
      guard let filter = AttributeFilter(part.query) else { return nil }
      switch part.occurrence {
      case .must: must.append(filter)
      case .mustNot: must.append(.not(filter))
      case .should: should.append(filter)
      }
    }
    switch minimum ?? (must.isEmpty && !should.isEmpty ? 1 : 0) {
    case ...0: break
    case 1: must.append(.any(should))
    case should.count: must += should
    // Other minimums have no equivalent filter.
    default: return nil
    }
    self = must.count == 1 ? must[0] : .all(must)
  }
}
