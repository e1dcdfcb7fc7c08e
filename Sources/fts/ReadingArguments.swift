import TextSearch

/// The options of the command that say how a query is read.
enum ReadingArguments {
  static let options: [OptionSpecification] = [
    OptionSpecification(
      name: "match", value: "HOW", help: "how marks are taken: exact, smart (default) or folded"),
    OptionSpecification(name: "stop-words", value: "HOW", help: "stop words of the query: keep, weigh (default), drop"),
    OptionSpecification(name: "synonyms", value: "FILE", help: "equivalent words: a, b, c on a line; or a => b, c"),
  ]

  /// - Parameter analyzer: that of the index.
  static func options(_ arguments: Arguments, _ analyzer: AnalyzerOptions) throws -> ReadingOptions {
    var options = try choices(arguments)
    if let path = arguments.value("synonyms") { options.synonyms = try Synonyms(path: path, options: analyzer) }
    return options
  }

  /// The options without the file of synonyms: what can be wrong is found before any work is done.
  @discardableResult
  static func choices(_ arguments: Arguments) throws(UsageError) -> ReadingOptions {
    var options = ReadingOptions()
    options.strictness = try choice("match", arguments) ?? options.strictness
    options.stopWords = try choice("stop-words", arguments) ?? options.stopWords
    return options
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ arguments: Arguments
  ) throws(UsageError) -> Choice? {
    guard let text = arguments.value(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(description: "--\(name) takes one of \(known), not '\(text)'")
    }
    return choice
  }
}
