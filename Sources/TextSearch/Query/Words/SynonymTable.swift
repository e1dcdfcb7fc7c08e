/// The words and phrases of a synonym file for one analyzer, looked up by the posting lists of their exact spellings.
struct SynonymTable: Sendable {
  /// The words of each entry of the file.
  private var entries: [[WordForm]] = []
  /// The ordinals of the equivalents of each entry.
  private var equivalents: [[Int]] = []
  /// The ordinals of the entries of one word by the address of its list, and of phrases by that of their first word.
  private var entriesOfList: [TermAddress: [Int]] = [:]
  /// The ordinals of the entries that begin with a Vietnamese word, by the address of its key, which has no spelling.
  private var entriesOfKey: [TermAddress: [Int]] = [:]
  /// Whether any entry is a phrase.
  private(set) var hasPhrases = false
  private let options: AnalyzerOptions

  init(_ groups: [Synonyms.Group], _ options: AnalyzerOptions) {
    self.options = options
    var analyzer = Analyzer(options)
    var tokens = TokenBuffer()
    for group in groups {
      let left = add(group.left, &analyzer, &tokens)
      let right = group.right == group.left ? left : add(group.right, &analyzer, &tokens)
      for ordinal in left { equivalents[ordinal] = right.filter { $0 != ordinal } }
      for ordinal in left { enter(ordinal) }
    }
  }

  /// Analyses texts and returns the ordinals of their entries.
  private mutating func add(_ texts: [String], _ analyzer: inout Analyzer, _ tokens: inout TokenBuffer) -> [Int] {
    var ordinals: [Int] = []
    for text in texts {
      analyzer.findQueryWords(text.utf8.span, into: &tokens)
      guard tokens.count > 0 else { continue }
      ordinals.append(entries.count)
      entries.append((0..<tokens.count).map { WordForm(tokens.form($0), analyzer.forms) })
      if tokens.count > 1 { hasPhrases = true }
      equivalents.append([])
    }
    return ordinals
  }

  private mutating func enter(_ ordinal: Int) {
    for address in addresses(entries[ordinal][0]) {
      entriesOfList[address, default: []].append(ordinal)
      guard address.language == .vietnamese else { continue }
      entriesOfKey[TermAddress(.vietnamese, key: address.key), default: []].append(ordinal)
    }
  }

  /// The addresses of the lists that identify a word: not that of text without diacritics, which stands for every spelling.
  private func addresses(_ word: WordForm) -> [TermAddress] {
    QueryWords.ownSelectors(word, options).map(\.address).filter { $0.language != .vietnamese || !$0.spelling.isEmpty }
  }

  /// Returns the ordinals of the entries that begin with a query's word.
  private func entries(beginningWith selectors: [ListSelector]) -> Set<Int> {
    var found: Set<Int> = []
    for selector in selectors {
      let table = selector.match == .term ? entriesOfList : entriesOfKey
      found.formUnion(table[selector.address] ?? [])
    }
    return found
  }

  /// Returns the equivalents of a query's word that are one word, given the lists that it reads, in the order of the file.
  func equivalents(of selectors: [ListSelector]) -> [WordForm] {
    let found = entries(beginningWith: selectors).filter { entries[$0].count == 1 }
    return Set(found.flatMap { equivalents[$0] }).sorted().filter { entries[$0].count == 1 }.map { entries[$0][0] }
  }

  /// Returns the equivalents of a query's word that are phrases, and those of the phrases of the file that begin with it, with the
  /// number of their words in the query.
  ///
  /// - Parameter words: the lists that each word of the query reads.
  func phrases(at start: Int, of words: [[ListSelector]]) -> [(count: Int, equivalent: [WordForm])] {
    var found: [(count: Int, equivalent: [WordForm])] = []
    for ordinal in entries(beginningWith: words[start]).sorted() where isRead(entries[ordinal], words[start...]) {
      let count = entries[ordinal].count
      for other in equivalents[ordinal] where count > 1 || entries[other].count > 1 {
        found.append((count, entries[other]))
      }
    }
    return found
  }

  /// Whether the words of a query are those of an entry.
  private func isRead(_ entry: [WordForm], _ words: ArraySlice<[ListSelector]>) -> Bool {
    guard words.count >= entry.count else { return false }
    return zip(entry, words).dropFirst().allSatisfy { word, selectors in
      let own = Set(addresses(word))
      let keys = Set(own.filter { $0.language == .vietnamese }.map { TermAddress(.vietnamese, key: $0.key) })
      return selectors.contains { ($0.match == .term ? own : keys).contains($0.address) }
    }
  }
}
