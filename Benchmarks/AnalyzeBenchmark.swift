import FTSInput
import Foundation
import TextSearch

/// How fast the analyzer is: as a whole, stage by stage, and beside the plain way with Foundation.
enum AnalyzeBenchmark {
  static func run(_ operands: [String]) throws {
    let files = operands.filter { $0 != "--whole" }
    if files.count < operands.count {
      for file in files { try measureWhole(Corpus.read([file]), name: file) }
      return
    }
    let start = fastest(of: 1) { _ = TextAnalyzer() }
    print("first analyzer of the process: \(fixed(start * 1e6, 0)) us")
    for file in files {
      let documents = try Corpus.read([file])
      try measure(documents, name: file)
    }
  }

  static func measure(_ documents: [Document], name: String) throws {
    let texts = documents.flatMap { $0.fields.map(\.text) }
    for preset in AnalyzerOptions.Preset.allCases {
      let options = AnalyzerOptions(preset: preset)
      let analyzer = TextAnalyzer(options)
      var sum = TokenSum()
      for text in texts { for token in analyzer.tokens(of: text) { sum.add(token) } }
      let sample = Sample(name: "analyze \(name) \(preset)", texts: texts, tokens: sum.count)
      print("\(sample.name) \(sum.count) tokens, their sum \(String(sum.value, radix: 16))")
      try sample.time("whole") { analyzer.countTokens(of: $0) }
      try sample.time("  words and forms, no languages") { analyzer.countWords(of: $0) }
      try sample.time("  the same by the general way alone") { analyzer.countWordsPlainly(of: $0) }
      try measureNewForms(sample, options)
    }
    measureFoundation(texts, name: name)
  }

  /// The figure that counts, alone: for comparing two builds turn by turn.
  private static func measureWhole(_ documents: [Document], name: String) throws {
    let texts = documents.flatMap { $0.fields.map(\.text) }
    let analyzer = TextAnalyzer()
    let tokens = texts.reduce(0) { $0 + analyzer.countTokens(of: $1) }
    try Sample(name: "analyze \(name)", texts: texts, tokens: tokens).time("whole") { analyzer.countTokens(of: $0) }
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

  /// Forms, keys, spellings, languages and ranges of all tokens as one number: two builds with one sum analyse alike.
  private struct TokenSum {
    private(set) var count = 0
    private(set) var value: UInt64 = 0

    mutating func add(_ token: TextAnalyzer.Token) {
      count += 1
      for text in [token.form, token.key, token.spelling ?? "", token.language.description] {
        for byte in text.utf8 { mix(UInt64(byte)) }
        mix(256)
      }
      mix(UInt64(token.range.lowerBound))
      mix(UInt64(token.range.upperBound))
    }

    /// FNV-1a, a number at a time.
    private mutating func mix(_ number: UInt64) { value = (value ^ number) &* 0x100_0000_01B3 }
  }

  /// Processor time of the process: unlike the clock, it does not count the time that other programs take.
  private static func processorSeconds() -> Double {
    var time = timespec()
    // Safe because: it writes one `timespec`.
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
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
      let seconds = (0..<7).map { _ in
        let start = processorSeconds()
        found = count(counted)
        return processorSeconds() - start
      }.sorted()
      try require(found == tokens, "\(found) tokens counted (\(stage)), \(tokens) listed")
      let speeds = [seconds[0], seconds[3]].map { fixed(Double(bytes) / 1e6 / $0, 1) }
      let perToken = fixed(seconds[0] * 1e9 / Double(max(1, found)), 1)
      print("\(name) \(stage): \(speeds[0]) MB/s (median \(speeds[1])), \(perToken) ns a token")
    }
  }
}
