import FTSInput
import TextSearch

/// One run of `fts build` or `fts add`: reads documents, compares them with what the index was made of, commits.
struct IndexBuild {
  let inputs: [String]
  let index: String
  var encoding = InputEncoding.utf8
  var isStrict = false
  var wait = Duration.zero

  private let clock = ContinuousClock()

  init(inputs: [String], index: String) {
    self.inputs = inputs
    self.index = index
  }

  /// What a run did.
  private struct Outcome {
    var writer: IndexWriter
    var reader: DocumentReader
    var unchanged: Int
    var sources: SourceList
  }

  // MARK: Building

  /// Makes the index what the inputs are: anew, or by changing what has changed.
  ///
  /// - Returns: the exit status.
  func build(_ options: IndexOptions, isFresh: Bool) throws(SearchError) -> Int32 {
    let start = clock.now
    if !isFresh, canReadAgain, let outcome = try refresh(options) { return try finish(outcome, start) }
    return try finish(try buildAnew(options), start)
  }

  /// What comes through a pipe comes once, and cannot be compared with what came before.
  private var canReadAgain: Bool {
    inputs.allSatisfy { $0 != "-" && [.file, .folder].contains(try? SystemCalls.kind(of: $0)) }
  }

  private func buildAnew(_ options: IndexOptions) throws(SearchError) -> Outcome {
    var reader = try DocumentReader(inputs, encoding: encoding, schema: options.schema)
    let writer = try IndexWriter(index, options: options, wait: wait)
    try reader.read { (document) throws(SearchError) in try writer.add(document) }
    try writer.flush()
    var sources = SourceList(encoding: encoding)
    sources.sources = reader.sources
    return Outcome(writer: writer, reader: reader, unchanged: 0, sources: sources)
  }

  /// Changes the index where its sources have changed; nil where it has to be built anew.
  private func refresh(_ options: IndexOptions) throws(SearchError) -> Outcome? {
    guard let (writer, known) = try open(options), known.encoding == encoding else { return nil }
    var reader = try DocumentReader(inputs, encoding: encoding, schema: options.schema)
    try reader.read(after: known) { (document) throws(SearchError) in try writer.add(document) }
    let change = SourceChange(known, reader)
    guard !change.isAmbiguous else { return nil }
    for key in change.goneKeys { try writer.delete(key: key) }
    try writer.flush()
    var sources = SourceList(encoding: encoding)
    sources.sources = reader.sources
    return Outcome(writer: writer, reader: reader, unchanged: change.unchangedDocuments, sources: sources)
  }

  /// A writer that goes on with the index, and its sources; nil where there is nothing to go on with.
  private func open(_ options: IndexOptions) throws(SearchError) -> (IndexWriter, SourceList)? {
    guard (try? SystemCalls.kind(of: index + "/manifest")) == .file else { return nil }
    do {
      let writer = try IndexWriter(index, options: options, mode: .append, wait: wait)
      return try writer.attachment().flatMap { SourceList($0) }.map { (writer, $0) }
    } catch {
      // An index that cannot be read, or was made otherwise, is built anew.
      switch error {
      case .otherOptions, .otherSchema, .corrupt, .unsupportedVersion, .unsupportedAnalyzer, .notAnIndex: return nil
      default: throw error
      }
    }
  }

  // MARK: Adding

  /// Adds documents to an index; those with a key that it has replace the old ones.
  ///
  /// - Returns: the exit status.
  func add(threads: Int) throws(SearchError) -> Int32 {
    let start = clock.now
    let writer = try IndexWriter(appendingTo: index, threads: threads, wait: wait)
    var reader = try DocumentReader(inputs, encoding: encoding, schema: writer.options.schema)
    let old = try SearchIndex(index).summary.documents
    try reader.read { (document) throws(SearchError) in try writer.add(document) }
    try writer.flush()
    var sources = try writer.attachment().flatMap { SourceList($0) } ?? SourceList(encoding: encoding)
    // Their keys are now those of other files.
    sources.markFlawed(holding: reader.readSources.flatMap(\.keys))
    sources.merge(reader.readSources)
    let unchanged = old - writer.replacedDocuments
    return try finish(Outcome(writer: writer, reader: reader, unchanged: unchanged, sources: sources), start)
  }

  // MARK: The end

  private func finish(_ outcome: Outcome, _ start: ContinuousClock.Instant) throws(SearchError) -> Int32 {
    let (writer, report) = (outcome.writer, outcome.reader.report)
    let problems =
      report.problems
      + writer.replacedKeys.map {
        InputProblem(place: $0, message: "the key comes more than once; the last document stays")
      }
    let problemCount = report.problemCount + writer.replacedKeys.count
    IndexBuild.say(problems, problemCount)
    if report.documents == 0, outcome.unchanged == 0 {
      Output.say("fts: no documents in \(inputs.joined(separator: ", ")); \(kept)")
      return 2
    }
    if isStrict, problemCount > 0 {
      Output.say("fts: \(BuildCommand.count(problemCount, "problem")) in the input; \(kept)")
      return 2
    }
    if report.skippedFiles > 0 {
      Output.say("fts: \(BuildCommand.count(report.skippedFiles, "file")) of other kinds passed over")
    }
    var sources = outcome.sources
    sources.markFlawed(holding: writer.replacedKeys)
    let bytes = sources.bytes
    // Nothing is written where nothing has changed.
    let old = try writer.attachment()
    let isSame = writer.addedDocuments == 0 && writer.deletedDocuments == 0 && old == bytes
    let summary = try writer.commit(attachment: isSame ? nil : bytes)
    Output.say(line(outcome, summary, (clock.now - start) / .seconds(1)))
    return 0
  }

  /// What the index is, and what was done.
  private func line(_ outcome: Outcome, _ summary: IndexSummary, _ seconds: Double) -> String {
    let writer = outcome.writer
    let speed = Double(outcome.reader.report.textBytes) / 1_000_000 / max(seconds, 1e-9)
    let added = writer.addedDocuments - writer.replacedKeys.count - writer.replacedDocuments
    return "\(index): \(BuildCommand.count(summary.documents, "document")), "
      + "\(BuildCommand.count(Int(clamping: summary.tokens), "token")), \(Format.bytes(summary.bytes)), "
      + "\(Format.fixed(seconds, 2)) s, \(Format.fixed(speed, 1)) MB/s; \(Format.grouped(added)) added, "
      + "\(Format.grouped(writer.replacedDocuments)) replaced, \(Format.grouped(writer.deletedDocuments)) removed, "
      + "\(Format.grouped(outcome.unchanged)) unchanged"
  }

  private var kept: String {
    (try? SystemCalls.kind(of: index + "/manifest")) == .file ? "\(index) is as it was" : "nothing was written"
  }

  /// Problems beyond this many are only counted.
  private static let maximumMessages = 20

  private static func say(_ problems: [InputProblem], _ all: Int) {
    for problem in problems.prefix(maximumMessages) { Output.say("fts: \(problem)") }
    if all > maximumMessages { Output.say("fts: and \(BuildCommand.count(all - maximumMessages, "more problem"))") }
  }
}
