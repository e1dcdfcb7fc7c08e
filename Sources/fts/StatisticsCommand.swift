import TextSearch

/// `fts statistics`: exports the statistics of a query from one shard of a collection.
enum StatisticsCommand {
  static let command = Subcommand(
    name: "statistics",
    usage: "fts statistics [--index PATH] [--match HOW] [--stop-words HOW] [--synonyms FILE] QUERY... > FILE",
    summary: "export the statistics of a query from one shard of a collection",
    details: """
      For collections that are split into several indexes. Every shard exports its statistics of the query to a file; then
      every shard is searched with all these files: fts query --statistics FILE --statistics FILE QUERY... The scores are
      those of one index of all documents. The query and the reading options must be the same everywhere.
      """,
    options: [BuildCommand.indexOption] + ReadingArguments.options,
    run: run)

  static let option = OptionSpecification(
    name: "statistics", value: "FILE", help: "score with the exports of fts statistics; repeat for each shard")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard !arguments.operands.isEmpty else {
      throw UsageError(description: "no query; type the words: fts statistics WORDS... > FILE")
    }
    guard !SystemCalls.isTerminal(SystemCalls.standardOutput) else {
      throw UsageError(description: "statistics are binary; write them to a file: fts statistics WORDS... > FILE")
    }
    try ReadingArguments.choices(arguments)
    let index = try SearchIndex(BuildCommand.indexPath(arguments))
    let options = SearchOptions(reading: try ReadingArguments.options(arguments, index.options))
    let query = try index.parse(arguments.operands.joined(separator: " "))
    let bytes = try index.statistics(for: query, options).bytes
    try SystemCalls.write(SystemCalls.standardOutput, bytes.span, path: "standard output")
    return 0
  }

  /// Returns the sum of the statistics in files; nil without files.
  ///
  /// - Throws: ``SearchError`` for a file that cannot be read and for statistics of different queries.
  static func sum(_ paths: [String]) throws -> SharedStatistics? {
    var sum: SharedStatistics?
    for path in paths {
      let part = try SharedStatistics(path: path)
      sum = try sum.map { try $0 + part } ?? part
    }
    return sum
  }
}
