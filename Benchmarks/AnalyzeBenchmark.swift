import FTSInput
import Foundation
import TextSearch

/// Speed of the analyzer: in total, by stage, and compared with a plain implementation on Foundation.
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
      try sample.time("  words and forms, general path only") { analyzer.countWordsWithoutFastPath(of: $0) }
      try measureNewForms(sample, options)
    }
    measureFoundation(texts, name: name)
  }

  /// Measures the total alone, for comparing two builds in turns.
  private static func measureWhole(_ documents: [Document], name: String) throws {
    let texts = documents.flatMap { $0.fields.map(\.text) }
    let analyzer = TextAnalyzer()
    let tokens = texts.reduce(0) { $0 + analyzer.countTokens(of: $1) }
    try Sample(name: "analyze \(name)", texts: texts, tokens: tokens).time("whole") { analyzer.countTokens(of: $0) }
  }

  /// Measures what a new form costs: the time of a new analyzer minus that of one that has already seen all forms.
  private static func measureNewForms(_ sample: Sample, _ options: AnalyzerOptions) throws {
    var forms = 0
    let warm = TextAnalyzer(options)
    _ = sample.count { warm.countTokens(of: $0) }
    let warmSeconds = fastest(of: 3) { _ = sample.count { warm.countTokens(of: $0) } }
    let coldSeconds = fastest(of: 3) {
      let analyzer = TextAnalyzer(options)
      _ = sample.count { analyzer.countTokens(of: $0) }
      forms = analyzer.formCount
    }
    try require(forms == warm.formCount, "\(forms) forms, \(warm.formCount) before")
    let each = fixed((coldSeconds - warmSeconds) * 1e9 / Double(max(1, forms)), 0)
    print("\(sample.name)   new forms: \(forms), \(each) ns each")
  }

  /// Measures folding, lowercasing and splitting with Foundation alone. The words differ from the analyzer's (no
  /// elision, no languages).
  private static func measureFoundation(_ texts: [String], name: String) {
    var sample: [String] = []
    var bytes = 0
    for text in texts where bytes < 1_000_000 {
      sample.append(text)
      bytes += text.utf8.count
    }
    var words = 0
    let seconds = fastest(of: 2) {
      words = 0
      for text in sample {
        let folded = text.folding(options: .diacriticInsensitive, locale: nil).lowercased()
        words += folded.split { !$0.isLetter && !$0.isNumber }.count
      }
    }
    print(
      "analyze \(name) Foundation's folding, lowercased, split (first \(bytes) bytes only): "
        + "\(fixed(Double(bytes) / 1e6 / seconds, 1)) MB/s, \(words) words, "
        + "\(fixed(seconds * 1e9 / Double(max(1, words)), 1)) ns a word")
  }

  /// Hash of the forms, keys, spellings, languages and ranges of all tokens: builds with equal hashes analyse alike.
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

    /// Mixes in a number, as FNV-1a does a byte.
    private mutating func mix(_ number: UInt64) { value = (value ^ number) &* 0x100_0000_01B3 }
  }

  /// Returns the processor time of the process in seconds: unlike the clock, it excludes the time of other programs.
  private static func processorSeconds() -> Double {
    var time = timespec()
    // Safe because: the call writes one `timespec`, and `time` is one.
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Texts, and the number of tokens that every stage must find in them.
  private struct Sample {
    let name: String
    let texts: [String]
    let tokens: Int
    var bytes: Int { texts.reduce(0) { $0 + $1.utf8.count } }

    func count(_ counted: (String) -> Int) -> Int { texts.reduce(0) { $0 + counted($1) } }

    /// Measures a stage seven times and prints the fastest and the median.
    ///
    /// - Throws: ``WrongAnswer`` if it does not find `tokens` tokens.
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
