import TextSearch

/// `fts suggest`: completes the last word of a text, or corrects its words.
enum SuggestCommand {
  static let command = Subcommand(
    name: "suggest",
    usage: "fts suggest [--index PATH] [-n N] [--correct] [--json] TEXT...",
    summary: "complete the last word of a text, or correct its words",
    details: """
      One line per completion: the text with its last word complete, and the number of documents that contain that word.
      Letters typed without diacritics match any. With --correct: the text with unknown words replaced by the nearest
      indexed ones, raw Telex and VNI typing decoded, and diacritics added to Vietnamese words typed without. Exit status:
      0 something was found, 1 nothing.
      With --json: one object per completion (text, word, documents) or one for the correction (text, typed, meant).
      """,
    options: [
      BuildCommand.indexOption,
      OptionSpecification(name: "limit", short: "n", value: "N", help: "maximum number of completions (default 10)"),
      OptionSpecification(name: "correct", help: "correct the words instead of completing the last one"),
      OptionSpecification(name: "json", help: "JSON lines"),
    ],
    run: run)

  private static let maximumCompletions = 1000

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard !arguments.operands.isEmpty else {
      throw UsageError(description: "nothing to complete; type a text: fts suggest TEXT")
    }
    let limit = try arguments.number("limit", in: 1...maximumCompletions) ?? 10
    let text = arguments.operands.joined(separator: " ")
    let index = try SearchIndex(BuildCommand.indexPath(arguments))
    let output = Output()
    let lines =
      arguments.has("correct")
      ? try correction(of: text, index, isJSON: arguments.has("json"))
      : try completions(of: text, index, limit: limit, isJSON: arguments.has("json"))
    for line in lines { try output.line(line) }
    try output.flush()
    return lines.isEmpty ? 1 : 0
  }

  private static func completions(
    of text: String, _ index: SearchIndex, limit: Int, isJSON: Bool
  ) throws(SearchError) -> [String] {
    try index.completions(of: text, limit: limit).map { completion in
      guard isJSON else { return Output.visible(completion.text) + "\t\(completion.documents)" }
      var object = JSONObject()
      object.add("text", completion.text)
      object.add("word", completion.word)
      object.add("documents", Int(completion.documents))
      return object.line
    }
  }

  private static func correction(
    of text: String, _ index: SearchIndex, isJSON: Bool
  ) throws(SearchError) -> [String] {
    guard let correction = try index.correction(of: text) else { return [] }
    guard isJSON else { return [Output.visible(correction.text)] }
    var object = JSONObject()
    object.add("text", correction.text)
    object.add("typed", correction.words.map(\.typed).joined(separator: " "))
    object.add("meant", correction.words.map(\.meant).joined(separator: " "))
    return [object.line]
  }
}
