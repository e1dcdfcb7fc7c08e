import TextSearch

/// `fts statistics`: what an index, as a part of a larger collection, tells of a query.
enum StatisticsCommand {
  static let command = Subcommand(
    name: "statistics",
    usage: "fts statistics [--index PATH] [--match HOW] [--stop-words HOW] [--synonyms FILE] QUERY... > FILE",
    summary: "write what this part of a collection knows of a query, for the searches of all parts",
    details: """
      For collections that are kept in several indexes. Every part writes its statistics of the query to a file; then every
      part searches with all these files: fts query --statistics FILE --statistics FILE QUERY... Scores are then those of
      one index of all documents. The query and the options of reading have to be the same.
      """,
    options: [BuildCommand.indexOption] + ReadingArguments.options,
    run: run)

  static let option = OptionSpecification(
    name: "statistics", value: "FILE", help: "score as a part of a collection: fts statistics; once for each part")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard !arguments.operands.isEmpty else {
      throw UsageError(description: "no query; type the words: fts statistics WORDS... > FILE")
    }
    guard !SystemCalls.isTerminal(SystemCalls.standardOutput) else {
      throw UsageError(description: "statistics are no text; write them to a file: fts statistics WORDS... > FILE")
    }
    try ReadingArguments.choices(arguments)
    let index = try SearchIndex(BuildCommand.indexPath(arguments))
    let options = SearchOptions(reading: try ReadingArguments.options(arguments, index.options))
    let query = try index.parse(arguments.operands.joined(separator: " "))
    let bytes = try index.statistics(for: query, options).bytes
    try SystemCalls.write(SystemCalls.standardOutput, bytes.span, path: "standard output")
    return 0
  }

  /// The sum of what the files hold; nil if there are none.
  static func sum(_ paths: [String]) throws -> SharedStatistics? {
    var sum: SharedStatistics?
    for path in paths {
      let part = try SharedStatistics(path: path)
      sum = try sum.map { try $0 + part } ?? part
    }
    return sum
  }
}
