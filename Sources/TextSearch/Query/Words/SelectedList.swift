/// A posting list that a word of a query reads in one segment.
struct SelectedList: Sendable {
  let entry: TermDictionary.Entry
  /// The term that it is posted under, for explanations.
  let address: TermAddress
  let language: Language
  /// Its term is frequent (`FrequentKeys`): beside another such term it makes no pair.
  let isFrequent: Bool
  /// Agreement of the list with the typed word, whatever the forms of a document; 1 for words that a pattern expands to.
  let agreement: Float
  /// The highest agreement weight of a document, 0 to 1.
  let weight: Float
  /// The lowest agreement weight of a document, 0 to 1.
  let lowestWeight: Float
  /// Agreement weight of a document by its form code; empty if all documents have one weight.
  let formWeights: [Float]

  /// A list whose documents all have one weight.
  init(entry: TermDictionary.Entry, address: TermAddress, language: Language, weight: Float, agreement: Float = 1) {
    self.agreement = agreement
    self.entry = entry
    self.address = address
    self.language = language
    isFrequent = address.isFrequent
    self.weight = weight
    lowestWeight = weight
    formWeights = []
  }

  /// A list whose documents are weighted by the forms that they hold.
  init(
    entry: TermDictionary.Entry, address: TermAddress, language: Language, formWeights weights: FormWeights,
    agreement: Float = 1
  ) {
    self.agreement = agreement
    self.entry = entry
    self.address = address
    self.language = language
    isFrequent = address.isFrequent
    weight = weights.highest
    lowestWeight = weights.lowest
    formWeights = lowestWeight < weight ? weights.bySet : []
  }

  /// Returns the weight of a document by its form code.
  ///
  /// - Throws: `SearchError.corrupt` for a code beyond the table.
  @inline(__always)
  func weight(ofCode code: UInt32, in segment: Segment) throws(SearchError) -> Float {
    if formWeights.isEmpty { return weight }
    guard code < formWeights.count else {
      throw segment.postings.codes.corrupt(at: Int(clamping: entry.list.codes.offset), "form code \(code)")
    }
    return formWeights[Int(code)]
  }
}

extension [SelectedList] {
  /// A bit for each code that their terms have beside others.
  var neighbourCodes: UInt16 { reduce(0) { $0 | 1 << UInt16($1.address.pairWord.neighbourCode) } }
}

extension Segment {
  /// Returns the number of documents of this segment in the lists of a selector.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    do {
      var lists: [SelectedList] = []
      var lookup = TermLookup()
      return try append(selector, inflection: 1, &lookup, to: &lists)
    } catch {
      throw error.inFile(path)
    }
  }

  /// Looks up the lists of a word, in dictionary order.
  ///
  /// - Parameter inflection: weight of documents that hold other forms of a French word than the typed one.
  func lists(_ word: QueryWord, inflection: Float = 1) throws(SearchError) -> [SelectedList] {
    var frequencies = WordFrequencies()
    return try lists(word, inflection: inflection, counting: &frequencies)
  }

  /// Looks up the lists of a word, in dictionary order, and adds its document frequencies in this segment to `frequencies`.
  func lists(
    _ word: QueryWord, inflection: Float, counting frequencies: inout WordFrequencies
  ) throws(SearchError) -> [SelectedList] {
    do {
      var lists: [SelectedList] = []
      var lookup = TermLookup()
      for selector in word.selectors {
        frequencies.add(try append(selector, inflection: inflection, &lookup, to: &lists), selector)
      }
      return lists
    } catch {
      throw error.inFile(path)
    }
  }

  /// Appends the lists that a selector names; returns the number of documents that hold any of them.
  private func append(
    _ selector: ListSelector, inflection: Float, _ lookup: inout TermLookup, to lists: inout [SelectedList]
  ) throws(SearchError) -> UInt64 {
    let address = selector.address.bytes
    guard selector.match == .allSpellings else {
      guard let entry = try lookup.list(at: address, in: dictionary) else { return 0 }
      lists.append(try selected(entry, at: selector.address, selector, inflection: inflection))
      return UInt64(entry.list.documents)
    }
    // A key with several spellings has a df-only entry before them; a single spelling stands for its key.
    let key = Array(address.dropLast())
    guard try lookup.mayContain(prefix: key, in: dictionary) else { return 0 }
    var cursor = try dictionary.cursor(at: key)
    var frequency: UInt64?
    while try cursor.next() {
      let isSpelling = cursor.text.starts(with: address)
      guard isSpelling || (frequency == nil && cursor.text == key) else { break }
      if frequency == nil { frequency = UInt64(cursor.value.list.documents) }
      if isSpelling {
        let own = TermAddress(bytes: Array(cursor.text))
        lists.append(try selected(cursor.value, at: own, selector, inflection: inflection))
      }
    }
    return frequency ?? 0
  }

  private func selected(
    _ entry: TermDictionary.Entry, at address: TermAddress, _ selector: ListSelector, inflection: Float
  ) throws(SearchError) -> SelectedList {
    let language = selector.address.language
    guard inflection < 1, !selector.typed.isEmpty, entry.list.forms.count > 0 else {
      return SelectedList(
        entry: entry, address: address, language: language, weight: selector.weight, agreement: selector.weight)
    }
    let weights = try formWeights(entry.list, selector, inflection: inflection)
    return SelectedList(
      entry: entry, address: address, language: language, formWeights: weights, agreement: selector.weight)
  }

  /// Whether the list at an address has forms that do not fold to a word.
  func hasOtherForms(_ address: TermAddress, than word: [UInt8]) throws(SearchError) -> Bool {
    do throws(SearchError) {
      var lookup = TermLookup()
      guard let entry = try lookup.list(at: address.bytes, in: dictionary), entry.list.forms.count > 0 else {
        return false
      }
      var hasOthers = false
      let region = try postings.forms.slice(at: entry.list.forms.offset, count: entry.list.forms.count)
      _ = try FormWeights(region, key: address.key, minimum: 0) { form in
        if !SelectedList.folds(form, to: word) { hasOthers = true }
        return 1
      }
      return hasOthers
    } catch {
      throw error.inFile(path)
    }
  }

  /// Reads the weight of each form set: full where one of its forms is the typed word, accents aside.
  private func formWeights(
    _ list: PostingList, _ selector: ListSelector, inflection: Float
  ) throws(SearchError) -> FormWeights {
    let minimum = selector.weight * inflection
    let region = try postings.forms.slice(at: list.forms.offset, count: list.forms.count)
    return try FormWeights(region, key: selector.address.key, minimum: minimum) {
      SelectedList.folds($0, to: selector.typed) ? selector.weight : minimum
    }
  }
}

extension SelectedList {
  /// Whether a form folds to `key`. Each letter folds by itself, so ASCII letters at both ends are compared first; most forms
  /// have no others.
  static func folds(_ form: Span<UInt8>, to key: [UInt8]) -> Bool {
    var start = 0
    while start < form.count, form[start] < 0x80 {
      guard start < key.count, form[start] == key[start] else { return false }
      start += 1
    }
    guard start < form.count else { return start == key.count }
    var (formEnd, keyEnd) = (form.count, key.count)
    while form[formEnd - 1] < 0x80 {
      guard keyEnd > start, form[formEnd - 1] == key[keyEnd - 1] else { return false }
      formEnd -= 1
      keyEnd -= 1
    }
    return Folding.key(of: (start..<formEnd).map { form[$0] }).elementsEqual(key[start..<keyEnd])
  }
}
