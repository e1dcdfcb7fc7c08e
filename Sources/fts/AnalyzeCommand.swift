import TextSearch

/// `fts analyze`: shows the tokens of a text, or the posting lists that a query reads.
enum AnalyzeCommand {
  static let command = Subcommand(
    name: "analyze",
    usage: "fts analyze [--query [--match HOW]] [--json] [TEXT...]",
    summary: "show the tokens of a text",
    details: """
      One line a token: position, language, key, spelling, form, and the token's bytes in the text. With --query: one
      line for each posting list that a word of a query reads: word, text, language, key, spelling (* for all), weight of
      the list, boost of the word. Without TEXT, standard input is read.
      """,
    options: [
      OptionSpecification(name: "query", help: "analyse as a query, not as a document"),
      OptionSpecification(name: "json", help: "JSON lines"),
    ] + ReadingArguments.options,
    run: run)

  static func run(_ arguments: Arguments) throws -> Int32 {
    try requireQuery(arguments)
    let options = AnalyzerOptions()
    let reading = try ReadingArguments.options(arguments, options)
    let text: String
    if arguments.operands.isEmpty {
      var bytes: [UInt8] = []
      while try SystemCalls.read(SystemCalls.standardInput, into: &bytes, count: 1 << 16, path: "standard input") > 0 {}
      text = String(decoding: bytes, as: UTF8.self)
    } else {
      text = arguments.operands.joined(separator: " ")
    }
    let output = Output()
    let analyzer = TextAnalyzer(options)
    let isJSON = arguments.has("json")
    if arguments.has("query") {
      for reading in try analyzer.readings(ofQuery: text, reading) { try output.line(line(reading, isJSON)) }
    } else {
      for token in analyzer.tokens(of: text) { try output.line(line(token, isJSON)) }
    }
    try output.flush()
    return 0
  }

  /// Rejects the options of query reading unless `--query` is given.
  ///
  /// - Throws: ``UsageError`` that names the first such option.
  private static func requireQuery(_ arguments: Arguments) throws(UsageError) {
    guard !arguments.has("query") else { return }
    for option in ReadingArguments.options where arguments.has(option.name) {
      throw UsageError(description: "--\(option.name) is for queries: fts analyze --query --\(option.name) ...")
    }
  }

  /// Returns a token as tab-separated columns or as a JSON object.
  private static func line(_ token: TextAnalyzer.Token, _ isJSON: Bool) -> String {
    guard isJSON else {
      let columns = [
        String(token.position), token.language.description, token.key, token.spelling ?? "-", token.form,
        "\(token.range.lowerBound)-\(token.range.upperBound)",
      ]
      return columns.joined(separator: "\t")
    }
    var object = JSONObject()
    object.add("position", token.position)
    object.add("language", token.language.description)
    object.add("key", token.key)
    object.add("spelling", token.spelling)
    object.add("form", token.form)
    object.add("start", token.range.lowerBound)
    object.add("end", token.range.upperBound)
    return object.line
  }

  /// Returns a posting list of a query as tab-separated columns or as a JSON object.
  private static func line(_ reading: TextAnalyzer.Reading, _ isJSON: Bool) -> String {
    let spelling = reading.readsAllSpellings ? "*" : reading.spelling
    guard isJSON else {
      let columns = [
        String(reading.word), reading.text, reading.language.description, reading.key, spelling ?? "-",
        reading.weight.description, reading.boost.description,
      ]
      return columns.joined(separator: "\t")
    }
    var object = JSONObject()
    object.add("word", reading.word)
    object.add("text", reading.text)
    object.add("language", reading.language.description)
    object.add("key", reading.key)
    object.add("spelling", spelling)
    object.add("weight", reading.weight)
    object.add("boost", reading.boost)
    return object.line
  }
}
