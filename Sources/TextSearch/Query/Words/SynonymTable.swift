/// The words of a synonym file under one analyzer, found by the posting lists of their own writing.
struct SynonymTable: Sendable {
  private var words: [WordForm] = []
  /// For each word, the numbers of its equivalents.
  private var equivalents: [[Int]] = []
  /// Numbers of the words with a list.
  private var wordsOfList: [TermAddress: [Int]] = [:]
  /// Numbers of the Vietnamese words of a key, at its address without spelling.
  private var wordsOfKey: [TermAddress: [Int]] = [:]

  init(_ groups: [Synonyms.Group], _ options: AnalyzerOptions) {
    var analyzer = Analyzer(options)
    var tokens = TokenBuffer()
    for group in groups {
      let left = add(group.left, &analyzer, &tokens)
      let right = group.right == group.left ? left : add(group.right, &analyzer, &tokens)
      for number in left { equivalents[number] = right.filter { $0 != number } }
      for number in left { enter(number, options) }
    }
  }

  /// Analyses words; gives their numbers. What this analyzer takes for several words is passed over.
  private mutating func add(_ texts: [String], _ analyzer: inout Analyzer, _ tokens: inout TokenBuffer) -> [Int] {
    var numbers: [Int] = []
    for text in texts {
      analyzer.findWords(text.utf8.span, into: &tokens)
      guard tokens.count == 1 else { continue }
      numbers.append(words.count)
      words.append(WordForm(tokens.form(0), analyzer.forms))
      equivalents.append([])
    }
    return numbers
  }

  private mutating func enter(_ number: Int, _ options: AnalyzerOptions) {
    for selector in QueryWords.ownSelectors(words[number], options) {
      let address = selector.address
      // The list of unmarked text holds every spelling: it says nothing of this word.
      if address.language == .vietnamese, address.spelling.isEmpty { continue }
      wordsOfList[address, default: []].append(number)
      guard address.language == .vietnamese else { continue }
      wordsOfKey[TermAddress(.vietnamese, key: address.key), default: []].append(number)
    }
  }

  /// The equivalents of a word of a query, given the lists that it reads; in the order of the file.
  func equivalents(of selectors: [ListSelector]) -> [WordForm] {
    var found: Set<Int> = []
    for selector in selectors {
      let table = selector.match == .term ? wordsOfList : wordsOfKey
      for number in table[selector.address] ?? [] { found.formUnion(equivalents[number]) }
    }
    return found.sorted().map { words[$0] }
  }
}
