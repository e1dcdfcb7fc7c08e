/// The posting lists that a pattern, a similar word or an exact writing reaches, with what each weighs.
struct ExpandedWord: Sendable, Hashable {
  struct Term: Sendable, Hashable {
    let address: TermAddress
    /// Of a list without forms.
    var weight: Float
    /// Of a French list: the forms that count. A document weighs as its heaviest form.
    var forms: [[UInt8]: Float] = [:]
  }

  /// As typed.
  let text: String
  /// In dictionary order.
  let terms: [Term]
  /// Documents that hold the words, by language: the sums over the words, so a document may count more than once.
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

  /// In dictionary order, those of one address as one.
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
  /// The lists of an expanded word, in dictionary order; not all of them where the search has to end.
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
