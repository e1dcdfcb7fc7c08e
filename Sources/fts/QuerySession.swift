import TextSearch

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
    let start = begin()
    let answer: Answer
    do {
      let query = try index.parse(text, requiresAll: options.requiresAllWords)
      let prepared = try index.prepare(query, options)
      let results = try prepared.results()
      answer = Answer(
        number: number, text: text, query: (query, prepared), results: results, microseconds: microseconds(since: start)
      )
    } catch {
      guard isBatch || isJSON else { throw error }
      hasErrors = true
      try printFailure(error, text, number)
      return
    }
    try show(answer)
  }

  /// Prints the documents that are similar to one.
  func show(like key: String) throws(SearchError) {
    let start = begin()
    let results = try index.documents(like: key, options)
    // There is no query text: nothing is explained or corrected.
    try show(Answer(number: 1, text: key, query: nil, results: results, microseconds: microseconds(since: start)))
  }

  /// Starts the time of a query.
  private func begin() -> ContinuousClock.Instant {
    let start = ContinuousClock.now
    options.deadline = timeout.map { start.advanced(by: $0) }
    return start
  }

  private func microseconds(since start: ContinuousClock.Instant) -> Int {
    Int(((ContinuousClock.now - start) / .microseconds(1)).rounded())
  }

  private func show(_ answer: Answer) throws(SearchError) {
    if !answer.results.hits.isEmpty || answer.results.total ?? 0 > 0 { hasHits = true }
    if isJSON { try printJSON(answer) } else { try printText(answer) }
  }

  private func printFailure(_ error: SearchError, _ text: String, _ number: Int) throws(SearchError) {
    guard isJSON else {
      Output.say("fts: query \(number): \(error.message)")
      return
    }
    var object = JSONObject()
    object.add("query", number)
    object.add("text", text)
    object.add("error", error.message)
    try output.line(object.line)
  }

  private func printJSON(_ answer: Answer) throws(SearchError) {
    let results = answer.results
    for (rank, hit) in results.hits.enumerated() {
      var object = JSONObject()
      object.add("query", answer.number)
      object.add("rank", options.offset + rank + 1)
      object.add("score", hit.score)
      object.add("key", hit.key)
      object.add("title", hit.title.flatMap { $0.isEmpty ? nil : $0 })
      object.add("path", hit.document.attribute("path"))
      object.add("date", hit.document.attribute("date"))
      object.add("snippet", hit.snippet.pieces.isEmpty ? nil : hit.snippet.html)
      if let sortKey = hit.sortKey { object.add("sortKey", Format.hexadecimal(sortKey.bytes)) }
      for (field, text) in try wholeTexts(answer, hit) { object.add(field, text.html) }
      if let explanation = try explanation(answer, hit) { object.add("explanation", object: explanation.object) }
      try output.line(object.line)
    }
    for object in FacetOutput.objects(results, options, query: answer.number) { try output.line(object.line) }
    var object = JSONObject()
    object.add("query", answer.number)
    object.add("text", answer.text)
    if let total = results.total { object.add("total", total) } else { object.add("total", String?.none) }
    if !results.isTotalExact { object.add("totalIsExact", false) }
    object.add("microseconds", answer.microseconds)
    if results.isPartial { object.add("partial", true) }
    if let corrected = corrected(answer) {
      object.add("corrected", corrected)
      if let total = try typedTotal(answer) { object.add("typedTotal", total) }
    }
    if let correction = try correction(answer) { object.add("suggestion", correction.text) }
    try output.line(object.line)
  }

  /// Returns the query with its unknown words replaced by the nearest; nil if none was replaced.
  private func corrected(_ answer: Answer) -> String? {
    guard !answer.results.replaced.isEmpty else { return nil }
    var text = ""
    var tail = answer.text[...]
    for word in answer.results.replaced {
      // Words are replaced in their order.
      guard let start = tail.indices.first(where: { tail[$0...].hasPrefix(word.typed) }) else { continue }
      text += tail[..<start] + word.meant
      tail = tail[tail.index(start, offsetBy: word.typed.count)...]
    }
    return text + tail
  }

  /// Returns the number of documents that the words find as typed; nil where none are counted.
  private func typedTotal(_ answer: Answer) throws(SearchError) -> Int? {
    guard let query = answer.query?.parsed else { return nil }
    var typed = options
    (typed.limit, typed.offset, typed.makesSnippets, typed.facets) = (0, 0, false, [])
    typed.reading.replacesUnknownWords = false
    return try index.search(query, typed).total
  }

  /// Returns the correction of a query of words that finds nothing; nil for any other query.
  private func correction(_ answer: Answer) throws(SearchError) -> Correction? {
    let isEmpty = answer.results.total == 0 || answer.results.total == nil && answer.results.hits.isEmpty
    guard isEmpty, !answer.results.isPartial, case .words(let text, _) = answer.query?.parsed else {
      return nil
    }
    return try index.correction(of: text)
  }

  /// Returns the conditions of a query that finds nothing whose value no document has, as they are written.
  private func unknownValues(_ answer: Answer) throws(SearchError) -> [String] {
    guard answer.results.total == 0, !answer.results.isPartial, let query = answer.query?.parsed else { return [] }
    var conditions: [String] = []
    for filter in query.conditions + (options.filter.map { $0.values } ?? []) {
      let counting = SearchOptions(limit: 0, makesSnippets: false, countLimit: 1)
      guard let text = filter.text, try index.search(.filter(filter), counting).total == 0 else { continue }
      conditions.append(text)
    }
    return conditions
  }

  /// Returns the full texts of a hit with its matches marked; empty without `--whole`.
  private func wholeTexts(
    _ answer: Answer, _ hit: SearchResults.Hit
  ) throws(SearchError) -> [(field: String, text: Snippet)] {
    guard isWhole else { return [] }
    guard let query = answer.query?.prepared else {
      return hit.document.fields.map { ($0.name, Snippet(pieces: [Snippet.Piece(text: $0.text, isMatch: false)])) }
    }
    let texts = try query.marked(key: hit.key) ?? []
    return texts.filter { !$0.text.pieces.isEmpty && $0.field != "title" }
  }

  private func explanation(_ answer: Answer, _ hit: SearchResults.Hit) throws(SearchError) -> Explanation? {
    guard explains else { return nil }
    return try answer.query?.prepared.explanation(ofKey: hit.key)
  }

  private func printText(_ answer: Answer) throws(SearchError) {
    let results = answer.results
    let (bold, mark, plain) = output.isStyled ? ("\u{1B}[1m", "\u{1B}[1;33m", "\u{1B}[0m") : ("", "**", "**")
    if isBatch { try output.line("# " + Output.visible(answer.text)) }
    if let corrected = corrected(answer) {
      Output.say("showing results for: \(Output.visible(corrected)); --correct off searches what was typed")
    }
    for (rank, hit) in results.hits.enumerated() {
      let title = Output.visible(hit.title.flatMap { $0.isEmpty ? nil : $0 } ?? hit.key)
      try output.line(
        "\(options.offset + rank + 1). \(Format.fixed(Double(hit.score), 3))  \(bold)\(title)\(output.isStyled ? plain : "")"
      )
      let source = [hit.document.attribute("path") ?? hit.key, hit.document.attribute("date")].compactMap { $0 }
      try output.line("   " + Output.visible(source.joined(separator: "  ")))
      for (_, text) in try wholeTexts(answer, hit) {
        try output.line("   " + text.marked(open: mark, close: plain, escape: Output.visible))
      }
      if !isWhole, !hit.snippet.pieces.isEmpty {
        try output.line("   " + hit.snippet.marked(open: mark, close: plain, escape: Output.visible))
      }
      for line in try explanation(answer, hit)?.lines ?? [] { try output.line("   " + Output.visible(line)) }
    }
    for line in FacetOutput.lines(results, options) { try output.line(Output.visible(line)) }
    if !isBatch { try printSummary(answer) }
  }

  private func printSummary(_ answer: Answer) throws(SearchError) {
    let results = answer.results
    let time = Format.fixed(Double(answer.microseconds) / 1000, 2)
    let uncounted = results.hits.isEmpty ? "no documents" : "matches not counted"
    let found = results.total.map { BuildCommand.count($0, "document") } ?? uncounted
    if results.isPartial {
      Output.say("\(found)\(results.total == nil ? "" : " or more"): the time was over after \(time) ms")
    } else {
      let isLimited = results.total != nil && !results.isTotalExact
      Output.say("\(isLimited ? "more than " : "")\(found) in \(time) ms")
    }
    let words = answer.text.split(separator: " ")
    if results.total == 0, words.count > 1, let word = words.last, word.count > 1, word.hasSuffix("?") {
      Output.say("the ? behind \(Output.visible(String(word.dropLast()))) is read as punctuation")
    }
    for condition in try unknownValues(answer) { Output.say("no document has \(Output.visible(condition))") }
    if let correction = try correction(answer) {
      Output.say("did you mean: \(Output.visible(correction.text))")
    }
  }
}

/// The results of one query of a session.
private struct Answer {
  /// Number of the query in its batch, from 1.
  let number: Int
  /// The query as typed; the key of a document where similar ones are looked for.
  let text: String
  /// Nil where documents similar to one are looked for.
  let query: (parsed: Query, prepared: PreparedQuery)?
  let results: SearchResults
  let microseconds: Int
}
