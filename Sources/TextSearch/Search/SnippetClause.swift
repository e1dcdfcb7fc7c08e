/// A word of a query as snippets mark it.
struct SnippetClause {
  let word: TreePlan.Word
  let weight: Float

  /// The words whose matches are marked: all that may add to scores.
  static func clauses(of plan: RunnablePlan) -> [SnippetClause] {
    switch plan {
    case .words(let plan): plan.clauses.map { SnippetClause(word: .read($0.word), weight: $0.weight) }
    case .tree(let plan):
      plan.positiveLeaves.flatMap { leaf in leaf.words.map { SnippetClause(word: $0, weight: leaf.weight) } }
    }
  }

  /// Whether a token posted at `address` in this form is one that the word reads.
  func selects(_ address: TermAddress, form: [UInt8]) -> Bool {
    switch word {
    case .read(let word): word.selectors.contains { $0.selects(address) }
    case .expanded(let word): word.selects(address, form: form)
    }
  }
}

extension ExpandedWord {
  fileprivate func selects(_ address: TermAddress, form: [UInt8]) -> Bool {
    guard let term = terms.first(where: { $0.address == address }) else { return false }
    return term.forms.isEmpty || term.forms[form] != nil
  }
}

extension TreePlan {
  /// The leaves that stand in no part that must not match, in query order.
  var positiveLeaves: [Leaf] {
    var numbers: [Int] = []
    TreePlan.collect(root, &numbers)
    return numbers.sorted().map { leaves[$0] }
  }

  private static func collect(_ node: Node, _ numbers: inout [Int]) {
    switch node {
    case .leaf(let number): numbers.append(number)
    case .filter, .everything: break
    case .group(let group):
      for part in group.parts where part.occurrence != .mustNot { collect(part.node, &numbers) }
    }
  }
}
