import TextSearch

/// `fts query`: searches an index.
enum QueryCommand {
  static let command = Subcommand(
    name: "query",
    usage: """
      fts query [--index PATH] [--build INPUT] [-n N] [--offset N] [--all] [--filter CONDITION]...
                [--facet NAME[:PERIOD]]... [--sort NAME[:desc]] [--like KEY] [--whole] [--match HOW]
                [--weight FIELD=NUMBER]... [--quick] [--timeout TIME] [--threads N] [--explain] [--json]
                [QUERY...]
      """,
    summary: "search an index",
    details: """
      QUERY is words, best match first, and optionally: +must -not, AND OR NOT ( ), "phrase", "near phrase"~4, =exact,
      prefix*, wild?card*, fuzzy~1, field:word, attribute:value, date:[2023 TO 2025], word^2, (at least two)~2. A backslash
      escapes an operator; a query that begins with - goes after --. Without QUERY each line of standard input is a query.
      Exit status: 0 something was found, 1 nothing (with --timeout also if the time was over first), 2 an error.
      With --json: one object per hit (query, rank, score, key, title, path, date, snippet), then one per facet value
      (query, facet, value, documents), then one per query (query, text, total, microseconds, totalIsExact if false,
      suggestion if the words find nothing but others would, partial if the time was over first); for a query that
      fails one object (query, text, error). With --explain a hit has every number of its score, with --whole its fields.
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
        name: "sort", value: "NAME[:desc]", help: "sort by an attribute instead of by score"),
      OptionSpecification(name: "like", value: "KEY", help: "find documents similar to that one instead of a query"),
      OptionSpecification(name: "whole", help: "show the full text with matches marked instead of snippets"),
      OptionSpecification(name: "all", help: "only documents that contain all words"),
      OptionSpecification(
        name: "quick", help: "do not count all matches: faster, the total is a lower bound"),
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

/// Queries run one after the other on an index; their hits are printed as they are found.
final class QuerySession {
  private let index: SearchIndex
  private var options: SearchOptions
  private let isJSON: Bool
  private let isBatch: Bool
  private let explains: Bool
  private let isWhole: Bool
  /// Maximum time of a query; nil for no limit.
  private let timeout: Duration?
  let output = Output()
  private var hasHits = false
  private var hasErrors = false

  init(
    index: SearchIndex, options: SearchOptions, isJSON: Bool, isBatch: Bool, explains: Bool = false,
    isWhole: Bool = false, timeout: Duration? = nil
  ) {
    self.timeout = timeout
    self.explains = explains
    self.isWhole = isWhole
    self.index = index
    self.options = options
    self.isJSON = isJSON
    self.isBatch = isBatch
  }

  /// Exit status: 0 if a query has found something, 1 if none has, 2 after an error.
  var status: Int32 { hasErrors ? 2 : hasHits ? 0 : 1 }

  /// Runs each line of standard input as a query. A blank line is numbered, but prints nothing.
  ///
  /// Blocks until standard input ends; hits are flushed after each read.
  func runBatch() throws(SearchError) {
    var bytes: [UInt8] = []
    var number = 0
    var isAtEnd = false
    // Bytes at the front that contain no line feed.
    var searched = 0
    while !isAtEnd {
      isAtEnd =
        try SystemCalls.read(SystemCalls.standardInput, into: &bytes, count: 1 << 16, path: "standard input") == 0
      var start = 0
      while let end = bytes[max(start, searched)...].firstIndex(of: 0x0A) {
        number += 1
        try runLine(bytes[start..<end], number)
        start = end + 1
      }
      bytes.removeSubrange(..<start)
      searched = bytes.count
      // A program that writes queries line by line reads the hits line by line.
      try output.flush()
    }
    if !bytes.isEmpty { try runLine(bytes[...], number + 1) }
  }

  private func runLine(_ line: ArraySlice<UInt8>, _ number: Int) throws(SearchError) {
    let line = line.last == 0x0D ? line.dropLast() : line
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    try run(String(decoding: line, as: UTF8.self), number: number)
  }

  /// Runs one query and prints its hits. In a batch and with JSON output a query that fails is reported, not thrown.
  func run(_ text: String, number: Int) throws(SearchError) {
    let clock = ContinuousClock()
    let start = clock.now
    options.deadline = timeout.map { start.advanced(by: $0) }
    let query: Query
    let results: SearchResults
    do {
      query = try index.parse(text, requiresAll: options.requiresAllWords)
      results = try index.search(query, options)
    } catch {
      guard isBatch || isJSON else { throw error }
      hasErrors = true
      try printFailure(error, text, number)
      return
    }
    let microseconds = Int(((clock.now - start) / .microseconds(1)).rounded())
    if !results.hits.isEmpty || results.total > 0 { hasHits = true }
    if isJSON {
      try printJSON(results, query, text, number, microseconds)
    } else {
      try printText(results, query, text, microseconds)
    }
  }

  /// Prints the documents that are similar to one.
  func show(like key: String) throws(SearchError) {
    let clock = ContinuousClock()
    let start = clock.now
    options.deadline = timeout.map { start.advanced(by: $0) }
    let results = try index.documents(like: key, options)
    let microseconds = Int(((clock.now - start) / .microseconds(1)).rounded())
    if !results.hits.isEmpty || results.total > 0 { hasHits = true }
    // There is no query text: nothing is explained or corrected.
    if isJSON {
      try printJSON(results, nil, key, 1, microseconds)
    } else {
      try printText(results, nil, key, microseconds)
    }
  }

  private func printFailure(_ error: SearchError, _ text: String, _ number: Int) throws(SearchError) {
    guard isJSON else {
      Output.say("fts: query \(number): \(error)")
      return
    }
    var object = JSONObject()
    object.add("query", number)
    object.add("text", text)
    object.add("error", error.description)
    try output.line(object.line)
  }

  private func printJSON(
    _ results: SearchResults, _ query: Query?, _ text: String, _ number: Int, _ microseconds: Int
  ) throws(SearchError) {
    for (rank, hit) in results.hits.enumerated() {
      var object = JSONObject()
      object.add("query", number)
      object.add("rank", options.offset + rank + 1)
      object.add("score", hit.score)
      object.add("key", hit.key)
      object.add("title", hit.title.flatMap { $0.isEmpty ? nil : $0 })
      object.add("path", hit.document.attribute("path"))
      object.add("date", hit.document.attribute("date"))
      object.add("snippet", hit.snippet.pieces.isEmpty ? nil : hit.snippet.html)
      for (field, text) in try wholeTexts(query, hit) { object.add(field, text.html) }
      if let explanation = try explanation(query, hit) { object.add("explanation", object: explanation.object) }
      try output.line(object.line)
    }
    for object in FacetOutput.objects(results, options, query: number) { try output.line(object.line) }
    var object = JSONObject()
    object.add("query", number)
    object.add("text", text)
    object.add("total", results.total)
    if !results.isTotalExact { object.add("totalIsExact", false) }
    object.add("microseconds", microseconds)
    if results.isPartial { object.add("partial", true) }
    if let correction = try correction(query, results) { object.add("suggestion", correction.text) }
    try output.line(object.line)
  }

  /// Returns the correction of a query of words that finds nothing; nil for any other query.
  private func correction(_ query: Query?, _ results: SearchResults) throws(SearchError) -> Correction? {
    guard results.total == 0, !results.isPartial, case .words(let text, _) = query else { return nil }
    return try index.correction(of: text)
  }

  /// Returns the full texts of a hit with its matches marked; empty without `--whole`.
  private func wholeTexts(
    _ query: Query?, _ hit: SearchResults.Hit
  ) throws(SearchError) -> [(field: String, text: Snippet)] {
    guard isWhole else { return [] }
    guard let query else {
      return hit.document.fields.map { ($0.name, Snippet(pieces: [Snippet.Piece(text: $0.text, isMatch: false)])) }
    }
    let texts = try index.marked(query, key: hit.key, options) ?? []
    return texts.filter { !$0.text.pieces.isEmpty && $0.field != "title" }
  }

  private func explanation(_ query: Query?, _ hit: SearchResults.Hit) throws(SearchError) -> Explanation? {
    guard explains, let query else { return nil }
    return try index.explain(query, key: hit.key, options)
  }

  private func printText(
    _ results: SearchResults, _ query: Query?, _ text: String, _ microseconds: Int
  ) throws(SearchError) {
    let (bold, mark, plain) = output.isStyled ? ("\u{1B}[1m", "\u{1B}[1;33m", "\u{1B}[0m") : ("", "**", "**")
    if isBatch { try output.line("# " + Output.visible(text)) }
    for (rank, hit) in results.hits.enumerated() {
      let title = Output.visible(hit.title.flatMap { $0.isEmpty ? nil : $0 } ?? hit.key)
      try output.line(
        "\(options.offset + rank + 1). \(Format.fixed(Double(hit.score), 3))  \(bold)\(title)\(output.isStyled ? plain : "")"
      )
      let source = [hit.document.attribute("path") ?? hit.key, hit.document.attribute("date")].compactMap { $0 }
      try output.line("   " + Output.visible(source.joined(separator: "  ")))
      for (_, text) in try wholeTexts(query, hit) {
        try output.line("   " + text.marked(open: mark, close: plain, escape: Output.visible))
      }
      if !isWhole, !hit.snippet.pieces.isEmpty {
        try output.line("   " + hit.snippet.marked(open: mark, close: plain, escape: Output.visible))
      }
      for line in try explanation(query, hit)?.lines ?? [] { try output.line("   " + Output.visible(line)) }
    }
    for line in FacetOutput.lines(results, options) { try output.line(Output.visible(line)) }
    if !isBatch {
      let time = Format.fixed(Double(microseconds) / 1000, 2)
      let found = BuildCommand.count(results.total, "document")
      let bound = results.isTotalExact ? "" : "at least "
      Output.say(
        results.isPartial ? "\(found) or more: the time was over after \(time) ms" : "\(bound)\(found) in \(time) ms")
      if let correction = try correction(query, results) {
        Output.say("did you mean: \(Output.visible(correction.text))")
      }
    }
  }
}
