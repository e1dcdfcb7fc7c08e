import TextSearch

extension AttributeFilter {
  /// The conditions on single values that are not negated.
  var values: [AttributeFilter] {
    switch self {
    case .equals, .matches, .begins: [self]
    case .oneOf(let name, let values): values.map { .equals(name, $0) }
    case .all(let parts), .any(let parts): parts.flatMap(\.values)
    case .range, .exists, .not: []
    }
  }

  /// A condition on a single value as it is written; nil for others.
  var text: String? {
    switch self {
    case .equals(let name, let value): "\(name):=\(value.text)"
    case .matches(let name, let text): "\(name):\(text)"
    case .begins(let name, let text): "\(name):\(text)*"
    default: nil
    }
  }
}

extension Query {
  /// The conditions on single values of attributes that are not excluded.
  var conditions: [AttributeFilter] {
    switch self {
    case .filter(let filter): filter.values
    case .boost(let query, _), .field(_, let query): query.conditions
    case .group(let parts, _): parts.filter { $0.occurrence != .mustNot }.flatMap(\.query.conditions)
    case .words, .phrase, .exact, .prefix, .wildcard, .fuzzy, .everything: []
    }
  }
}
