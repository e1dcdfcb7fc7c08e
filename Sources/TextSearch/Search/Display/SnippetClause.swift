/// A word or phrase of a query as snippets mark it.
struct SnippetClause {
  /// More than one for a phrase.
  let words: [ResolvedWord.Terms]
  var slop = 0
  /// The field that matches are in; nil for any.
  var field: String?
  let weight: Float

  /// What is marked: all that may add to scores.
  static func clauses(of plan: QueryPlan) -> [SnippetClause] {
    plan.positiveLeaves.map {
      SnippetClause(words: $0.words.map(\.terms), slop: $0.slop, field: $0.field, weight: $0.weight)
    }
  }

  var isPhrase: Bool { words.count > 1 }

  func isIn(_ field: String?) -> Bool { self.field == nil || field == nil || self.field == field }

  /// Whether a token posted at `address` in this form is one that a word reads.
  func selects(_ address: TermAddress, form: [UInt8], word: Int = 0) -> Bool {
    switch words[word] {
    case .read(let word): word.selectors.contains { $0.selects(address) }
    case .expanded(let word): word.selects(address, form: form)
    }
  }
}

/// What a token is to a query: the single words that it matches, and the words of phrases.
struct SnippetRoles {
  var clauses: [Int] = []
  var phraseWords: [(clause: Int, word: Int)] = []
}

extension ExpandedWord {
  fileprivate func selects(_ address: TermAddress, form: [UInt8]) -> Bool {
    var (low, high) = (0, terms.count)
    while low < high {
      let middle = (low + high) / 2
      if terms[middle].address < address { low = middle + 1 } else { high = middle }
    }
    guard low < terms.count, terms[low].address == address else { return false }
    return terms[low].forms.isEmpty || terms[low].forms[form] != nil
  }
}
