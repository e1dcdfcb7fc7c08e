/// The words of a synonym file for one analyzer, looked up by the posting lists of their exact spellings.
struct SynonymTable: Sendable {
  private var words: [WordForm] = []
  /// The ordinals of the equivalents of each word.
  private var equivalents: [[Int]] = []
  /// The ordinals of the words by the address of their list.
  private var wordsOfList: [TermAddress: [Int]] = [:]
  /// The ordinals of the Vietnamese words by the address of their key, which has no spelling.
  private var wordsOfKey: [TermAddress: [Int]] = [:]

  init(_ groups: [Synonyms.Group], _ options: AnalyzerOptions) {
    var analyzer = Analyzer(options)
    var tokens = TokenBuffer()
    for group in groups {
      let left = add(group.left, &analyzer, &tokens)
      let right = group.right == group.left ? left : add(group.right, &analyzer, &tokens)
      for ordinal in left { equivalents[ordinal] = right.filter { $0 != ordinal } }
      for ordinal in left { enter(ordinal, options) }
    }
  }

  /// Analyses texts and returns the ordinals of their words. A text that this analyzer splits into several words is skipped.
  private mutating func add(_ texts: [String], _ analyzer: inout Analyzer, _ tokens: inout TokenBuffer) -> [Int] {
    var ordinals: [Int] = []
    for text in texts {
      analyzer.findWords(text.utf8.span, into: &tokens)
      guard tokens.count == 1 else { continue }
      ordinals.append(words.count)
      words.append(WordForm(tokens.form(0), analyzer.forms))
      equivalents.append([])
    }
    return ordinals
  }

  private mutating func enter(_ ordinal: Int, _ options: AnalyzerOptions) {
    for selector in QueryWords.ownSelectors(words[ordinal], options) {
      let address = selector.address
      // The list of text without diacritics stands for every spelling, so it does not identify this word.
      if address.language == .vietnamese, address.spelling.isEmpty { continue }
      wordsOfList[address, default: []].append(ordinal)
      guard address.language == .vietnamese else { continue }
      wordsOfKey[TermAddress(.vietnamese, key: address.key), default: []].append(ordinal)
    }
  }

  /// Returns the equivalents of a query's word, given the lists that it reads, in the order of the file.
  func equivalents(of selectors: [ListSelector]) -> [WordForm] {
    var found: Set<Int> = []
    for selector in selectors {
      let table = selector.match == .term ? wordsOfList : wordsOfKey
      for ordinal in table[selector.address] ?? [] { found.formUnion(equivalents[ordinal]) }
    }
    return found.sorted().map { words[$0] }
  }
}
