import TextSearch

/// Makes queries from the words of a document.
struct QueryMaker {
  /// A word of a document.
  struct Word {
    let form: String
    let key: String
    /// Place among the tokens.
    let place: Int
    /// Documents that hold it.
    let frequency: Int
  }

  /// Characters of a document that are looked at: a novel gives no more queries than a page does.
  private static let window = 20_000

  private let index: SearchIndex
  private let documents: Int
  private let analyzer = TextAnalyzer(AnalyzerOptions(preset: .folding))
  private var frequencies: [String: Int] = [:]

  init(_ index: SearchIndex, documents: Int) {
    self.index = index
    self.documents = documents
  }

  /// The words of a document that every engine finds alike: letters that fold to those of ASCII. Not numbers, whose parts
  /// some engines take for words, nor initials (`v.v.`), which ours reads as one word.
  mutating func words(of document: Document) throws(SearchError) -> [Word] {
    var words: [Word] = []
    for field in document.fields {
      let text = String(field.text.prefix(QueryMaker.window))
      let bytes = Array(text.utf8)
      for token in analyzer.tokens(of: text) where !bytes[token.range].contains(UInt8(ascii: ".")) {
        guard token.key.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else { continue }
        let frequency = try frequency(of: token.key)
        words.append(Word(form: token.form, key: token.key, place: token.position, frequency: frequency))
      }
    }
    return words
  }

  private mutating func frequency(of key: String) throws(SearchError) -> Int {
    if let known = frequencies[key] { return known }
    let frequency = try index.documentFrequency(ofWord: key)
    frequencies[key] = frequency
    return frequency
  }

  /// A query of a class; nil where the words drawn do not make one.
  func query(_ group: QueryClass, _ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    switch group {
    case .frequent, .medium, .rare: term(group, words, &random)
    case .or2, .and2: several(2, group, words, &random)
    case .or3, .and3: several(3, group, words, &random)
    case .phrase2: stretch(2, words, &random).map { QueryMaker.query(group, $0) }
    case .phrase3: stretch(3, words, &random).map { QueryMaker.query(group, $0) }
    case .prefix: prefix(words, &random)
    case .barePair: barePair(words, &random)
    case .question: question(words, &random)
    }
  }

  private static func query(_ group: QueryClass, _ words: [Word]) -> BenchmarkQuery {
    BenchmarkQuery(
      group: group, text: words.map(\.form).joined(separator: " "), frequencies: words.map(\.frequency))
  }

  private func term(_ group: QueryClass, _ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    guard let range = group.frequencies(of: documents) else { return nil }
    // Each word of the document once, or a class would hold its commonest words only.
    let distinct = QueryMaker.distinct(words.filter { range.contains($0.frequency) })
    return distinct.randomElement(using: &random).map { QueryMaker.query(group, [$0]) }
  }

  /// Different words of the document that at least one other document holds.
  private func several(
    _ count: Int, _ group: QueryClass, _ words: [Word], _ random: inout SeededRandom
  ) -> BenchmarkQuery? {
    let drawn = QueryMaker.distinct(words.filter { $0.frequency > 1 }).shuffled(using: &random).prefix(count)
    return drawn.count == count ? QueryMaker.query(group, Array(drawn)) : nil
  }

  /// Words that follow each other.
  private func stretch(_ count: Int, _ words: [Word], _ random: inout SeededRandom) -> [Word]? {
    guard words.count >= count else { return nil }
    let start = Int.random(in: 0...words.count - count, using: &random)
    let stretch = Array(words[start..<start + count])
    return stretch[count - 1].place - stretch[0].place == count - 1 ? stretch : nil
  }

  private func question(_ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    guard let stretch = stretch(8, words, &random), Set(stretch.map(\.key)).count == 8 else { return nil }
    return QueryMaker.query(.question, stretch)
  }

  private func barePair(_ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    guard let pair = stretch(2, words, &random), pair.allSatisfy({ $0.form != $0.key }), pair[0].key != pair[1].key
    else { return nil }
    return BenchmarkQuery(
      group: .barePair, text: pair.map(\.key).joined(separator: " "), frequencies: pair.map(\.frequency))
  }

  private func prefix(_ words: [Word], _ random: inout SeededRandom) -> BenchmarkQuery? {
    let long = words.filter { $0.key.utf8.count > 4 }
    guard let word = QueryMaker.distinct(long).randomElement(using: &random) else { return nil }
    let length = Int.random(in: 3...4, using: &random)
    return BenchmarkQuery(group: .prefix, text: String(word.key.prefix(length)), frequencies: [])
  }

  /// The first of the words of each key, in the order of the document. Letters alone stand for initials too often to be
  /// in as many documents of every engine.
  private static func distinct(_ words: [Word]) -> [Word] {
    var seen: Set<String> = []
    return words.filter { $0.key.utf8.count > 1 && seen.insert($0.key).inserted }
  }
}
