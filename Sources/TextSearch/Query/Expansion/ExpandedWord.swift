/// The posting lists that a pattern, a fuzzy word or an exact spelling expands to, with their weights.
struct ExpandedWord: Sendable, Hashable {
  struct Term: Sendable, Hashable {
    let address: TermAddress
    /// Weight of a document in a list without forms.
    var weight: Float
    /// Weights of the forms that match, in a French list. A document has the weight of its heaviest form.
    var forms: [[UInt8]: Float] = [:]
  }

  /// The expression as typed.
  let text: String
  /// In dictionary order.
  let terms: [Term]
  /// Document frequencies by language, summed over the words: a document that holds several words is counted for each.
  let frequencies: LanguageCounts

  init(
    _ text: String, _ words: [(word: Vocabulary.Word, weight: Float, documents: UInt64)],
    _ stemmer: AnalyzerOptions.FrenchStemmer
  ) {
    self.text = text
    var terms: [Term] = []
    terms.reserveCapacity(words.count)
    var frequencies = LanguageCounts()
    for (word, weight, documents) in words {
      var term = Term(address: word.address(stemmer), weight: weight)
      if word.kind == .french { term.forms[word.form] = weight }
      terms.append(term)
      frequencies[word.kind.language] += documents
    }
    self.terms = ExpandedWord.joined(terms)
    self.frequencies = frequencies
  }

  /// Returns the terms in dictionary order, with those at one address merged.
  private static func joined(_ terms: [Term]) -> [Term] {
    let isSorted = zip(terms, terms.dropFirst()).allSatisfy { $0.address < $1.address }
    guard !isSorted else { return terms }
    var joined: [Term] = []
    for term in terms.sorted(by: { $0.address < $1.address }) {
      guard let last = joined.last, last.address == term.address else {
        joined.append(term)
        continue
      }
      joined[joined.count - 1].weight = max(last.weight, term.weight)
      joined[joined.count - 1].forms.merge(term.forms) { max($0, $1) }
    }
    return joined
  }
}

extension Segment {
  /// Looks up the lists of an expanded word, in dictionary order. Some are missing if the search has to end.
  func lists(_ word: ExpandedWord, _ control: SearchControl? = nil) throws(SearchError) -> [SelectedList] {
    do {
      var lists: [SelectedList] = []
      lists.reserveCapacity(word.terms.count)
      var lookup = TermLookup()
      for (index, term) in word.terms.enumerated() {
        if index % 256 == 255, control?.mustEnd() == true { break }
        guard let entry = try lookup.list(at: term.address.bytes, in: dictionary) else { continue }
        let language = term.address.language
        let forms = entry.list.forms
        guard !term.forms.isEmpty, forms.count > 0 else {
          lists.append(SelectedList(entry: entry, address: term.address, language: language, weight: term.weight))
          continue
        }
        let table = try postings.forms.slice(at: forms.offset, count: forms.count)
        let weights = try FormWeights(table, key: term.address.key, minimum: 0) { form in
          term.forms[form.indices.map { form[$0] }] ?? 0
        }
        guard weights.highest > 0 else { continue }
        lists.append(
          SelectedList(entry: entry, address: term.address, language: language, formWeights: weights))
      }
      return lists
    } catch {
      throw error.inFile(path)
    }
  }
}
