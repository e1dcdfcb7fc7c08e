import TextSearch

/// A maker of queries from the words of a document.
struct QueryMaker {
  /// A word of a document.
  struct Word {
    let form: String
    let key: String
    /// Position among the tokens.
    let position: Int
    /// Number of documents that contain it.
    let frequency: Int
  }

  /// Number of characters used of a document: a novel yields no more queries than a page.
  private static let window = 20_000

  private let index: SearchIndex
  private let documents: Int
  private let analyzer = TextAnalyzer(AnalyzerOptions(preset: .folding))
  private var frequencies: [String: Int] = [:]

  init(_ index: SearchIndex, documents: Int) {
    self.index = index
    self.documents = documents
  }

  /// Returns the words of a document that all engines tokenize alike: those whose letters fold to ASCII. Numbers are
  /// excluded, since some engines split them, and so are initials (`v.v.`), which are one word for ours.
  mutating func words(of document: Document) throws(SearchError) -> [Word] {
    var words: [Word] = []
    for field in document.fields {
      let text = String(field.text.prefix(QueryMaker.window))
      let bytes = Array(text.utf8)
      for token in analyzer.tokens(of: text) where !bytes[token.range].contains(UInt8(ascii: ".")) {
        guard token.key.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else { continue }
        let frequency = try frequency(of: token.key)
        words.append(Word(form: token.form, key: token.key, position: token.position, frequency: frequency))
      }
    }
    return words
  }

  /// Returns the number of documents that contain a word, cached.
  private mutating func frequency(of key: String) throws(SearchError) -> Int {
    if let known = frequencies[key] { return known }
    let frequency = try index.documentFrequency(ofWord: key)
    frequencies[key] = frequency
    return frequency
  }

  /// Returns a query of a class; nil if the drawn words do not make one.
  func query(_ group: QueryClass, _ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    switch group {
    case .frequent, .medium, .rare: term(group, words, &random)
    case .or2, .and2: several(2, of: group, words, &random)
    case .or3, .and3: several(3, of: group, words, &random)
    case .phrase2: consecutive(2, words, &random).map { QueryMaker.query(group, $0) }
    case .phrase3: consecutive(3, words, &random).map { QueryMaker.query(group, $0) }
    case .prefix: prefix(words, &random)
    case .pairWithoutDiacritics: pairWithoutDiacritics(words, &random)
    case .question: question(words, &random)
    case .real: nil
    }
  }

  private static func query(_ group: QueryClass, _ words: [Word]) -> BenchmarkQuery {
    BenchmarkQuery(
      group: group, text: words.map(\.form).joined(separator: " "), frequencies: words.map(\.frequency))
  }

  private func term(_ group: QueryClass, _ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    guard let range = group.frequencies(of: documents) else { return nil }
    // Each word of the document once, or frequent words would dominate the class.
    let distinct = QueryMaker.distinct(words.filter { range.contains($0.frequency) })
    return distinct.randomElement(using: &random).map { QueryMaker.query(group, [$0]) }
  }

  /// Returns a query of different words that at least one other document contains.
  private func several(
    _ count: Int, of group: QueryClass, _ words: [Word], _ random: inout SeededRandom
  ) -> BenchmarkQuery? {
    let drawn = QueryMaker.distinct(words.filter { $0.frequency > 1 }).shuffled(using: &random).prefix(count)
    return drawn.count == count ? QueryMaker.query(group, Array(drawn)) : nil
  }

  /// Returns consecutive words of the document; nil if one between them was excluded.
  private func consecutive(_ count: Int, _ words: [Word], _ random: inout SeededRandom) -> [Word]? {
    guard words.count >= count else { return nil }
    let start = Int.random(in: 0...words.count - count, using: &random)
    let drawn = Array(words[start..<start + count])
    return drawn[count - 1].position - drawn[0].position == count - 1 ? drawn : nil
  }

  private func question(_ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    guard let drawn = consecutive(8, words, &random), Set(drawn.map(\.key)).count == 8 else { return nil }
    return QueryMaker.query(.question, drawn)
  }

  private func pairWithoutDiacritics(_ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    guard let pair = consecutive(2, words, &random), pair.allSatisfy({ $0.form != $0.key }), pair[0].key != pair[1].key
    else { return nil }
    return BenchmarkQuery(
      group: .pairWithoutDiacritics, text: pair.map(\.key).joined(separator: " "), frequencies: pair.map(\.frequency))
  }

  private func prefix(_ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    let long = words.filter { $0.key.utf8.count > 4 }
    guard let word = QueryMaker.distinct(long).randomElement(using: &random) else { return nil }
    let length = Int.random(in: 3...4, using: &random)
    return BenchmarkQuery(group: .prefix, text: String(word.key.prefix(length)), frequencies: [])
  }

  /// Returns the first word of each key, in document order. Single letters are excluded: they are often initials, whose
  /// document frequencies differ between engines.
  private static func distinct(_ words: [Word]) -> [Word] {
    var seen: Set<String> = []
    return words.filter { $0.key.utf8.count > 1 && seen.insert($0.key).inserted }
  }
}
