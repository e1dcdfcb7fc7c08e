/// The columns of a table of values.
struct TableColumns {
  /// The names in the head; those of `id`, `title` and `body` in lower case.
  let names: [String]
  /// What is wrong with the head.
  let problems: [String]
  /// Whether no column is the title or the body: then all values are the body as well.
  private let isAllText: Bool

  /// Reads the head of a table.
  init(_ head: [String], map: FieldMap) {
    var seen: Set<String> = []
    var problems: [String] = []
    var names: [String] = []
    for (index, text) in head.enumerated() {
      let name = TextDocument.trimmed(text)
      let lowered = name.lowercased()
      let column = FieldMap.ownNames.contains(lowered) ? lowered : name.isEmpty ? "column \(index + 1)" : name
      if !seen.insert(column).inserted { problems.append("two columns are called '\(column)'; their values are one's") }
      names.append(column)
    }
    self.names = names
    self.problems = problems
    let members = Set(map.pairs.filter { $0.field == "title" || $0.field == "body" }.map(\.member))
    isAllText = !names.contains { $0 == "title" || $0 == "body" || members.contains($0) }
  }

  /// Returns the members of a row. Values beyond the columns belong to the body.
  func members(of values: [String]) -> RecordMembers {
    var members = RecordMembers()
    for (name, value) in zip(names, values) where !value.isEmpty { members.append([value], to: name) }
    let spare = values.dropFirst(names.count).filter { !$0.isEmpty }
    let text = isAllText ? values.filter { !$0.isEmpty } : spare
    if !text.isEmpty { members.append([text.joined(separator: "\n")], to: "body") }
    return members
  }
}
