import FTSInput
import Foundation
import TextSearch

/// How fast the analyzer is: as a whole, stage by stage, and beside the plain way with Foundation.
enum AnalyzeBenchmark {
  static func run(_ files: [String]) throws {
    let start = fastest(of: 1) { _ = TextAnalyzer() }
    print("first analyzer of the process: \(fixed(start * 1e6, 0)) us")
    for file in files {
      let documents = try Corpus.read([file])
      try measure(documents, name: file)
    }
  }

  static func measure(_ documents: [Document], name: String) throws {
    let texts = documents.flatMap { $0.fields.map(\.text) }
    for recipe in AnalyzerOptions.Recipe.allCases {
      let options = AnalyzerOptions(recipe: recipe)
      let analyzer = TextAnalyzer(options)
      let tokens = texts.reduce(0) { $0 + analyzer.tokens(of: $1).count }
      let sample = Sample(name: "analyze \(name) \(recipe)", texts: texts, tokens: tokens)
      try sample.time("whole") { analyzer.countTokens(of: $0) }
      try sample.time("  words and forms, no languages") { analyzer.countWords(of: $0) }
      try sample.time("  the same by the general way alone") { analyzer.countWordsPlainly(of: $0) }
      try measureNewForms(sample, options)
    }
    measureFoundation(texts, name: name)
  }

  /// The whole with an analyzer that has seen nothing: what its forms cost when they are new.
  private static func measureNewForms(_ sample: Sample, _ options: AnalyzerOptions) throws {
    var forms = 0
    let warm = TextAnalyzer(options)
    _ = sample.count { warm.countTokens(of: $0) }
    let known = fastest(of: 3) { _ = sample.count { warm.countTokens(of: $0) } }
    let fresh = fastest(of: 3) {
      let analyzer = TextAnalyzer(options)
      _ = sample.count { analyzer.countTokens(of: $0) }
      forms = analyzer.formCount
    }
    try require(forms == warm.formCount, "\(forms) forms, \(warm.formCount) before")
    let each = fixed((fresh - known) * 1e9 / Double(max(1, forms)), 0)
    print("\(sample.name)   new forms: \(forms), \(each) ns each")
  }

  /// What a program does that has no analyzer: fold, lower, split. Its words are not ours (no elision, no languages).
  private static func measureFoundation(_ texts: [String], name: String) {
    var part: [String] = []
    var bytes = 0
    for text in texts where bytes < 1_000_000 {
      part.append(text)
      bytes += text.utf8.count
    }
    var words = 0
    let seconds = fastest(of: 2) {
      words = 0
      for text in part {
        let folded = text.folding(options: .diacriticInsensitive, locale: nil).lowercased()
        words += folded.split { !$0.isLetter && !$0.isNumber }.count
      }
    }
    print(
      "analyze \(name) Foundation's folding, lowercased, split (first \(bytes) bytes only): "
        + "\(fixed(Double(bytes) / 1e6 / seconds, 1)) MB/s, \(words) words, "
        + "\(fixed(seconds * 1e9 / Double(max(1, words)), 1)) ns a word")
  }

  /// Texts, and how many tokens every way of reading them must count.
  private struct Sample {
    let name: String
    let texts: [String]
    let tokens: Int
    var bytes: Int { texts.reduce(0) { $0 + $1.utf8.count } }

    func count(_ counted: (String) -> Int) -> Int { texts.reduce(0) { $0 + counted($1) } }

    func time(_ stage: String, _ counted: (String) -> Int) throws {
      var found = 0
      let seconds = fastest(of: 5) { found = count(counted) }
      try require(found == tokens, "\(found) tokens counted (\(stage)), \(tokens) listed")
      let speed = fixed(Double(bytes) / 1e6 / seconds, 1)
      let perToken = fixed(seconds * 1e9 / Double(max(1, found)), 1)
      print("\(name) \(stage): \(speed) MB/s, \(found) tokens, \(perToken) ns a token")
    }
  }
}
