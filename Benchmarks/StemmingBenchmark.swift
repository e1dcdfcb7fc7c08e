import TextSearch

/// Conflation by French stemmers, after Paice (1994): under-stemming and over-stemming as probabilities.
///
/// Under-stemming: the probability that a random token and a random token of its lemma have different stems (a token
/// with several lemmas contributes once for each). Over-stemming: the probability that a random token and a random token
/// of its stem share no lemma. Tokens of forms without a lemma (V, N, A, ADV of `french-forms`) and stop words are
/// excluded.
enum StemmingBenchmark {
  static func run(_ words: [String]) throws {
    let folder = words.first { !$0.hasPrefix("--") } ?? SystemCalls.environment("FTS_DATA") ?? "../shared/data"
    if words.contains("--differences") { return try printDifferences(folder) }
    try requireVectors(folder)
    let lemmas = try Lemmas(folder)
    for text in [try TextCounts.news(folder, lemmas), try TextCounts.novelsAndLaw(folder, lemmas)] {
      print("\(text.name): \(text.counts.count) forms, \(text.counts.values.reduce(0, +)) tokens")
      var figures: [AnalyzerOptions.FrenchStemmer: Figures] = [:]
      for stemmer in [AnalyzerOptions.FrenchStemmer.light1, .light, .snowball, .none] {
        let measured = Figures(stemmer, text, lemmas)
        figures[stemmer] = measured
        print(measured.row("\(stemmer)"))
        try require(stemmer == .snowball || measured.accents == 1, "\(stemmer): an accent changes a stem")
      }
      guard let light = figures[.light], let light1 = figures[.light1] else { continue }
      try require(
        light.under <= light1.under && light.over <= light1.over, "light is worse than light1 on \(text.name)")
    }
  }

  private static func vectors(_ folder: String) throws -> [(form: String, stem: String)] {
    try RetrievalSet.rows(folder + "/analysis/french-light/vectors.tsv").map { ($0[0], $0[1]) }
  }

  /// Asserts that `light1` stems as the reference vectors do.
  private static func requireVectors(_ folder: String) throws {
    for (form, stem) in try vectors(folder) {
      let ours = AnalyzerOptions.FrenchStemmer.light1.stem(form)
      try require(ours == stem, "light1 of \(form) is \(ours), not \(stem)")
    }
  }

  /// Prints every form of the vectors whose stems differ: form, stem by `light1`, stem by `light`.
  private static func printDifferences(_ folder: String) throws {
    for (form, stem) in try vectors(folder) {
      let light = AnalyzerOptions.FrenchStemmer.light.stem(form)
      if light != stem { print("\(form)\t\(stem)\t\(light)") }
    }
  }

  /// Measures of one stemmer on one text.
  private struct Figures {
    var under = 0.0
    var over = 0.0
    /// Fraction of the accented forms that have the stem of their unaccented spelling.
    var accents = 0.0

    init(_ stemmer: AnalyzerOptions.FrenchStemmer, _ text: TextCounts, _ lemmas: Lemmas) {
      var stems: [String: String] = [:]
      for form in text.counts.keys { stems[form] = stemmer.stem(form) }
      under = Figures.under(stems, text, lemmas)
      over = Figures.over(stems, text, lemmas)
      accents = Figures.accents(stemmer, stems)
    }

    func row(_ name: String) -> String {
      "  \(name)\tunder-stemming \(fixed(under, 4))\tover-stemming \(fixed(over, 4))\taccents \(fixed(accents * 100, 1)) %"
    }

    private static func under(_ stems: [String: String], _ text: TextCounts, _ lemmas: Lemmas) -> Double {
      var tokensOfLemma: [Int: [String: Double]] = [:]
      for (form, count) in text.counts {
        guard let stem = stems[form] else { continue }
        for lemma in lemmas[form] { tokensOfLemma[lemma, default: [:]][stem, default: 0] += Double(count) }
      }
      var tokens = 0.0
      var apart = 0.0
      // Sorted, so that sums round alike every time.
      for (_, counts) in tokensOfLemma.sorted(by: { $0.key < $1.key }) {
        let all = counts.values.sorted().reduce(0, +)
        tokens += all
        apart += all - counts.values.sorted().reduce(0) { $0 + $1 * $1 } / all
      }
      return apart / max(1, tokens)
    }

    private static func over(_ stems: [String: String], _ text: TextCounts, _ lemmas: Lemmas) -> Double {
      var classes: [String: [(form: String, count: Double)]] = [:]
      for (form, count) in text.counts { classes[stems[form] ?? "", default: []].append((form, Double(count))) }
      var tokens = 0.0
      var unrelated = 0.0
      for (_, members) in classes.sorted(by: { $0.key < $1.key }) {
        let sorted = members.sorted { $0.form < $1.form }
        let all = sorted.reduce(0) { $0 + $1.count }
        var pairs = 0.0
        for (index, one) in sorted.enumerated() {
          for other in sorted[..<index] where lemmas[one.form].isDisjoint(with: lemmas[other.form]) {
            pairs += 2 * one.count * other.count
          }
        }
        tokens += all
        unrelated += pairs / all
      }
      return unrelated / max(1, tokens)
    }

    private static func accents(_ stemmer: AnalyzerOptions.FrenchStemmer, _ stems: [String: String]) -> Double {
      var accented = 0
      var conflated = 0
      for (form, stem) in stems {
        let folded = AnalyzerOptions.FrenchStemmer.none.stem(form)
        guard folded != form else { continue }
        accented += 1
        if stemmer.stem(folded) == stem { conflated += 1 }
      }
      return Double(conflated) / Double(max(1, accented))
    }
  }
}

/// Lemmas of French forms as numbers; none for stop words.
struct Lemmas {
  private var lemmasOfForm: [String: Set<Int>] = [:]

  init(_ folder: String) throws {
    var numbers: [String: Int] = [:]
    for row in try RetrievalSet.rows(folder + "/analysis/french-forms/form_lemma_pos.tsv") where row.count == 3 {
      guard ["V", "N", "A", "ADV"].contains(row[2]) else { continue }
      let number = numbers[row[1], default: numbers.count]
      numbers[row[1]] = number
      lemmasOfForm[row[0].lowercased(), default: []].insert(number)
    }
    for row in try RetrievalSet.rows(folder + "/analysis/stop-words/french.txt") {
      guard let word = row[0].split(separator: "|", omittingEmptySubsequences: false).first else { continue }
      for stop in word.split(separator: " ") { lemmasOfForm[String(stop)] = nil }
    }
  }

  subscript(form: String) -> Set<Int> { lemmasOfForm[form] ?? [] }
}

/// Frequencies of the French forms of a text that have a lemma.
struct TextCounts {
  let name: String
  private(set) var counts: [String: Int] = [:]

  private mutating func add(_ form: String, _ count: Int, _ lemmas: Lemmas) {
    guard !lemmas[form].isEmpty, form.unicodeScalars.allSatisfy(\.properties.isAlphabetic) else { return }
    counts[form, default: 0] += count
  }

  /// Reads the counts of the Universal Dependencies treebanks.
  static func news(_ folder: String, _ lemmas: Lemmas) throws -> TextCounts {
    var text = TextCounts(name: "ud-french")
    for row in try RetrievalSet.rows(folder + "/analysis/ud-french/form_lemma_upos_count.tsv") where row.count == 4 {
      text.add(row[0].lowercased(), Int(row[3]) ?? 0, lemmas)
    }
    return text
  }

  /// Counts the tokens of the benchmark collection.
  static func novelsAndLaw(_ folder: String, _ lemmas: Lemmas) throws -> TextCounts {
    var text = TextCounts(name: "bench/fr.jsonl")
    let analyzer = TextAnalyzer()
    for document in try Corpus.read([folder + "/bench/fr.jsonl"]) {
      for field in document.fields {
        for token in analyzer.tokens(of: field.text) { text.add(token.form, 1, lemmas) }
      }
    }
    return text
  }
}
