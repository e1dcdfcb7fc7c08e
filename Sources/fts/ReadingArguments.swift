import TextSearch

/// The command-line options for reading queries: diacritics, stop words, synonyms.
enum ReadingArguments {
  static let options: [OptionSpecification] = [
    OptionSpecification(
      name: "match", value: "HOW", help: "how diacritics are matched: exact, smart (default) or folded"),
    OptionSpecification(name: "stop-words", value: "HOW", help: "stop words of the query: keep, weigh (default), drop"),
    OptionSpecification(
      name: "correct", value: "HOW",
      help: "unknown words: auto (default), searched as the words within one letter of them; off, as typed"),
    OptionSpecification(
      name: "synonyms", value: "FILE", help: "equivalent words, a group per line: a, b, c; or a => b, c"),
  ]

  /// Returns the reading options with synonyms.
  ///
  /// - Parameter analyzer: the analyzer of the index.
  /// - Throws: ``UsageError`` for an unknown choice, ``SearchError`` for a synonym file that cannot be read or parsed.
  static func options(_ arguments: Arguments, _ analyzer: AnalyzerOptions) throws -> ReadingOptions {
    var options = try choices(arguments)
    if let path = arguments.value("synonyms") { options.synonyms = try Synonyms(path: path, options: analyzer) }
    return options
  }

  /// Returns the reading options without synonyms. Wrong choices are found before any work is done.
  @discardableResult
  static func choices(_ arguments: Arguments) throws(UsageError) -> ReadingOptions {
    var options = ReadingOptions()
    options.strictness = try choice("match", arguments) ?? options.strictness
    options.stopWords = try choice("stop-words", arguments) ?? options.stopWords
    options.replacesUnknownWords = try choice("correct", arguments) != CorrectionUse.off
    return options
  }

  /// The choices of `--correct`.
  private enum CorrectionUse: String, CaseIterable {
    case auto, off
  }

  /// Returns the value of an option that takes one of the names of `Choice`; nil if it is not given.
  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ arguments: Arguments
  ) throws(UsageError) -> Choice? {
    guard let text = arguments.value(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(description: "--\(name) takes one of \(choices), not '\(text)'")
    }
    return choice
  }
}
