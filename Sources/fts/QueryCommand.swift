import TextSearch

/// `fts query`: searches an index.
enum QueryCommand {
  static let command = Subcommand(
    name: "query",
    usage: """
      fts query [--index PATH] [--build INPUT] [-n N] [--offset N] [--all] [--filter CONDITION]...
                [--facet NAME[:PERIOD]]... [--sort NAME[:vi][:articles][:desc]] [--like KEY] [--whole] [--match HOW]
                [--correct HOW] [--weight FIELD=NUMBER]... [--constant] [--count LIMIT] [--quick] [--timeout TIME]
                [--threads N] [--explain] [--json] [QUERY...]
      """,
    summary: "search an index",
    details: """
      QUERY is words, best match first, and optionally: +must -not, AND OR NOT ( ), "phrase", "near phrase"~4, =exact,
      prefix*, wild?card*, fuzzy~1, field:word, attribute:value, date:[2023 TO 2025], word^2, (at least two)~2. A backslash
      escapes an operator; a query that begins with - goes after --. Without QUERY each line of standard input is a query.
      Exit status: 0 something was found, 1 nothing (with --timeout also if the time was over first), 2 an error.
      --sort NAME sorts by an attribute, or by the texts of a stored field as title: letters, đ after d, then diacritics,
      tones, case. With :vi the letters are those of the Vietnamese alphabet; with :articles a French article at the
      beginning is passed over (le, la, les, l', un, une, des); with :desc the last come first.
      With --json: one object per hit (query, rank, score, key, title, path, date, snippet, with --sort also sortKey, whose
      order is that of the hits), then one per facet value (query, facet, value, documents, spellings if there are several:
      value and documents of each), then one per query (query, text, total, which is null with --quick, microseconds,
      totalIsExact if false, corrected and typedTotal if near words were searched for unknown ones, suggestion if the words
      find nothing but others would, partial if the time was over first);
      for a query that fails one object (query, text, error). With --explain a hit has every number of its score, with
      --whole its fields.
      """,
    options: [
      BuildCommand.indexOption,
      OptionSpecification(
        name: "build", value: "INPUT", help: "build the index of this file or folder first; may be repeated"),
      OptionSpecification(name: "limit", short: "n", value: "N", help: "maximum number of hits (default 10)"),
      OptionSpecification(name: "offset", value: "N", help: "number of hits to skip first (default 0)"),
      OptionSpecification(
        name: "filter", value: "CONDITION",
        help: "only documents whose attributes match: lang:vi, date:[2023 TO 2025]; may be repeated"),
      OptionSpecification(
        name: "facet", value: "NAME[:PERIOD]",
        help: "count an attribute's values in all matches; dates by year, month or day; may be repeated"),
      OptionSpecification(
        name: "sort", value: "NAME[:HOW]",
        help: "sort by an attribute or title instead of by score; HOW is vi, articles, asc, desc, or several"),
      OptionSpecification(name: "like", value: "KEY", help: "find documents similar to that one instead of a query"),
      OptionSpecification(name: "whole", help: "show the full text with matches marked instead of snippets"),
      OptionSpecification(name: "all", help: "only documents that contain all words"),
      ResultArguments.countOption, ResultArguments.quickOption,
      OptionSpecification(name: "explain", help: "show how each score is computed"),
      OptionSpecification(name: "json", help: "JSON lines"), StatisticsCommand.option,
    ] + LimitArguments.options + ReadingArguments.options,
    run: run)

  private static let maximumHits = 1_000_000

  static func run(_ arguments: Arguments) throws -> Int32 {
    let limit = try arguments.number("limit", in: 0...maximumHits) ?? 10
    try ReadingArguments.choices(arguments)
    let limits = try LimitArguments(arguments)
    let inputs = arguments.all("build")
    let like = arguments.value("like")
    if like != nil, !arguments.operands.isEmpty {
      throw UsageError(description: "--like replaces the query; leave out \(arguments.operands[0])")
    }
    let isBatch = arguments.operands.isEmpty && like == nil
    if isBatch, SystemCalls.isTerminal(SystemCalls.standardInput) {
      throw UsageError(description: "no query; type the words: fts query WORDS...")
    }
    let path = BuildCommand.indexPath(arguments)
    if !inputs.isEmpty {
      let status = try BuildCommand.build(inputs, index: path)
      guard status == 0 else { return status }
    }
    let index = try SearchIndex(path)
    let reading = try ReadingArguments.options(arguments, index.options)
    var options = SearchOptions(limit: limit, requiresAllWords: arguments.has("all"), reading: reading)
    options.statistics = try StatisticsCommand.sum(arguments.all("statistics"))
    try ResultArguments.set(&options, arguments, index)
    try limits.set(&options, index)
    let session = QuerySession(
      index: index, options: options, isJSON: arguments.has("json"), isBatch: isBatch,
      explains: arguments.has("explain"), isWhole: arguments.has("whole"), timeout: limits.timeout)
    if let like {
      try session.show(like: like)
    } else if isBatch {
      try session.runBatch()
    } else {
      try session.run(arguments.operands.joined(separator: " "), number: 1)
    }
    try session.output.flush()
    return session.status
  }
}
