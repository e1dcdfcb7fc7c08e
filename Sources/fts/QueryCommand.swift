import TextSearch

/// `fts query`: searches an index.
enum QueryCommand {
  static let command = Subcommand(
    name: "query",
    usage: "fts query [--index PATH] [--build INPUT] [-n N] [--all] [--match HOW] [--json] [WORDS...]",
    summary: "search an index",
    details: """
      Without WORDS each line of standard input is a query. Exit status: 0 something was found, 1 nothing, 2 an error.
      With --json: one object a hit (query, rank, score, key, title, path, date, snippet), then one object a query
      (query, text, total, microseconds); a query that cannot be run gives query, text and error.
      """,
    options: [
      BuildCommand.indexOption,
      OptionSpecification(
        name: "build", value: "INPUT", help: "build the index of this file or folder first; may be repeated"),
      OptionSpecification(name: "limit", short: "n", value: "N", help: "hits to show at most (default 10)"),
      OptionSpecification(name: "all", help: "only documents that hold all words"),
      OptionSpecification(name: "json", help: "JSON lines"), StatisticsCommand.option,
    ] + ReadingArguments.options,
    run: run)

  private static let mostHits = 1_000_000

  static func run(_ arguments: Arguments) throws -> Int32 {
    let limit = try arguments.number("limit", in: 0...mostHits) ?? 10
    try ReadingArguments.choices(arguments)
    let inputs = arguments.all("build")
    let isBatch = arguments.operands.isEmpty
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
    let session = QuerySession(
      index: index, options: options,
      isJSON: arguments.has("json"), isBatch: isBatch)
    if isBatch {
      try session.runBatch()
    } else {
      try session.run(arguments.operands.joined(separator: " "), number: 1)
    }
    try session.output.flush()
    return session.status
  }
}

/// Runs queries one after the other and prints what they find.
final class QuerySession {
  private let index: SearchIndex
  private let options: SearchOptions
  private let isJSON: Bool
  private let isBatch: Bool
  let output = Output()
  private var hasHits = false
  private var hasErrors = false

  init(index: SearchIndex, options: SearchOptions, isJSON: Bool, isBatch: Bool) {
    self.index = index
    self.options = options
    self.isJSON = isJSON
    self.isBatch = isBatch
  }

  var status: Int32 { hasErrors ? 2 : hasHits ? 0 : 1 }

  /// Each line of standard input is a query; a blank line counts but gives nothing.
  func runBatch() throws(SearchError) {
    var bytes: [UInt8] = []
    var number = 0
    var isAtEnd = false
    // Bytes that are known to hold no line's end.
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
      // Whoever feeds the pipe line by line wants the answers line by line.
      try output.flush()
    }
    if !bytes.isEmpty { try runLine(bytes[...], number + 1) }
  }

  private func runLine(_ line: ArraySlice<UInt8>, _ number: Int) throws(SearchError) {
    let line = line.last == 0x0D ? line.dropLast() : line
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    try run(String(decoding: line, as: UTF8.self), number: number)
  }

  /// Runs one query. In a batch a query that cannot be run is reported and the next one goes on.
  func run(_ text: String, number: Int) throws(SearchError) {
    let clock = ContinuousClock()
    let start = clock.now
    let results: SearchResults
    do {
      results = try index.search(text, options)
    } catch {
      guard isBatch || isJSON else { throw error }
      hasErrors = true
      try printFailure(error, text, number)
      return
    }
    let microseconds = Int(((clock.now - start) / .microseconds(1)).rounded())
    if !results.hits.isEmpty || results.total > 0 { hasHits = true }
    if isJSON {
      try printJSON(results, text, number, microseconds)
    } else {
      try printText(results, text, microseconds)
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
    _ results: SearchResults, _ text: String, _ number: Int, _ microseconds: Int
  ) throws(SearchError) {
    for (rank, hit) in results.hits.enumerated() {
      var object = JSONObject()
      object.add("query", number)
      object.add("rank", rank + 1)
      object.add("score", hit.score)
      object.add("key", hit.key)
      object.add("title", hit.title.flatMap { $0.isEmpty ? nil : $0 })
      object.add("path", hit.document.attribute("path"))
      object.add("date", hit.document.attribute("date"))
      object.add("snippet", hit.snippet.pieces.isEmpty ? nil : hit.snippet.html)
      try output.line(object.line)
    }
    var object = JSONObject()
    object.add("query", number)
    object.add("text", text)
    object.add("total", results.total)
    object.add("microseconds", microseconds)
    try output.line(object.line)
  }

  private func printText(_ results: SearchResults, _ text: String, _ microseconds: Int) throws(SearchError) {
    let (bold, mark, plain) = output.isStyled ? ("\u{1B}[1m", "\u{1B}[1;33m", "\u{1B}[0m") : ("", "**", "**")
    if isBatch { try output.line("# " + Output.visible(text)) }
    for (rank, hit) in results.hits.enumerated() {
      let title = Output.visible(hit.title.flatMap { $0.isEmpty ? nil : $0 } ?? hit.key)
      try output.line(
        "\(rank + 1). \(Format.fixed(Double(hit.score), 3))  \(bold)\(title)\(output.isStyled ? plain : "")")
      let place = [hit.document.attribute("path") ?? hit.key, hit.document.attribute("date")].compactMap { $0 }
      try output.line("   " + Output.visible(place.joined(separator: "  ")))
      if !hit.snippet.pieces.isEmpty {
        try output.line("   " + hit.snippet.marked(open: mark, close: plain, escape: Output.visible))
      }
    }
    if !isBatch {
      let time = Format.fixed(Double(microseconds) / 1000, 2)
      Output.say("\(BuildCommand.count(results.total, "document")) in \(time) ms")
    }
  }
}
