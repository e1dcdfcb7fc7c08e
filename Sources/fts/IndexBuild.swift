import FTSInput
import TextSearch

/// An execution of `fts build` or `fts add`: reads documents, compares them with the sources of the index, commits.
struct IndexBuild {
  /// Files, folders, or `-` for standard input.
  let inputs: [String]
  /// Path of the index folder.
  let index: String
  var settings = InputSettings()
  /// Whether any problem in the input stops the commit.
  var isStrict = false
  /// How long to wait for another writer.
  var wait = Duration.zero

  private let clock = ContinuousClock()

  init(inputs: [String], index: String) {
    self.inputs = inputs
    self.index = index
  }

  /// The state before the commit.
  private struct Outcome {
    var writer: IndexWriter
    var reader: DocumentReader
    /// Documents of the index that were neither read nor replaced.
    var unchanged: Int
    var sources: SourceList
  }

  // MARK: Building

  /// Makes the index match the inputs: updates it where possible, rebuilds it otherwise.
  ///
  /// - Returns: the exit status.
  func build(_ options: IndexOptions, isFresh: Bool) throws(SearchError) -> Int32 {
    let start = clock.now
    if !isFresh, canReadAgain, let outcome = try refresh(options) { return try finish(outcome, start) }
    return try finish(try buildAnew(options), start)
  }

  /// Whether all inputs are files and folders. A pipe can be read only once, so there is nothing to compare with.
  private var canReadAgain: Bool {
    inputs.allSatisfy { $0 != "-" && [.file, .folder].contains(try? SystemCalls.kind(of: $0)) }
  }

  /// Builds a new index of all inputs, without committing it.
  private func buildAnew(_ options: IndexOptions) throws(SearchError) -> Outcome {
    var reader = try DocumentReader(inputs, settings: settings, schema: options.schema)
    let writer = try IndexWriter(index, options: options, wait: wait)
    try reader.read { (document) throws(SearchError) in try writer.add(document) }
    try writer.flush()
    var sources = SourceList(settings: settings)
    sources.sources = reader.sources
    return Outcome(writer: writer, reader: reader, unchanged: 0, sources: sources)
  }

  /// Updates the documents of changed sources, without committing; nil if the index has to be rebuilt.
  private func refresh(_ options: IndexOptions) throws(SearchError) -> Outcome? {
    guard let (writer, previous) = try open(options), previous.settings == settings else { return nil }
    var reader = try DocumentReader(inputs, settings: settings, schema: options.schema)
    try reader.read(after: previous) { (document) throws(SearchError) in try writer.add(document) }
    let change = SourceChange(previous, reader)
    guard !change.isAmbiguous else { return nil }
    for key in change.goneKeys { try writer.delete(key: key) }
    try writer.flush()
    var sources = SourceList(settings: settings)
    sources.sources = reader.sources
    return Outcome(writer: writer, reader: reader, unchanged: change.unchangedDocuments, sources: sources)
  }

  /// Returns a writer that appends to the index, and the sources of the index; nil if it cannot be appended to.
  private func open(_ options: IndexOptions) throws(SearchError) -> (IndexWriter, SourceList)? {
    guard (try? SystemCalls.kind(of: index + "/manifest")) == .file else { return nil }
    do {
      let writer = try IndexWriter(index, options: options, mode: .append, wait: wait)
      return try writer.attachment().flatMap { SourceList($0) }.map { (writer, $0) }
    } catch {
      // An index that cannot be read, or was built with other options, is rebuilt.
      switch error {
      case .otherOptions, .otherSchema, .corrupt, .unsupportedVersion, .unsupportedAnalyzer, .notAnIndex: return nil
      default: throw error
      }
    }
  }

  // MARK: Adding

  /// Adds documents to an index; a document whose key is already there replaces the old one.
  ///
  /// - Parameters:
  ///   - memory: the budget in bytes.
  ///   - threads: number of threads.
  /// - Returns: the exit status.
  func add(memory: Int, threads: Int) throws(SearchError) -> Int32 {
    let start = clock.now
    let writer = try IndexWriter(appendingTo: index, memoryBudget: memory, threads: threads, wait: wait)
    var reader = try DocumentReader(inputs, settings: settings, schema: writer.options.schema)
    let old = try SearchIndex(index).summary.documents
    try reader.read { (document) throws(SearchError) in try writer.add(document) }
    try writer.flush()
    var sources = try writer.attachment().flatMap { SourceList($0) } ?? SourceList(settings: settings)
    // These keys now belong to other files.
    sources.markFlawed(holding: reader.readSources.flatMap(\.keys))
    sources.merge(reader.readSources)
    let unchanged = old - writer.replacedDocuments
    return try finish(Outcome(writer: writer, reader: reader, unchanged: unchanged, sources: sources), start)
  }

  // MARK: Committing

  /// Reports problems and commits, unless there are no documents, or problems with `isStrict`.
  ///
  /// - Returns: the exit status.
  private func finish(_ outcome: Outcome, _ start: ContinuousClock.Instant) throws(SearchError) -> Int32 {
    let (writer, report) = (outcome.writer, outcome.reader.report)
    let problems =
      report.problems
      + writer.replacedKeys.map {
        InputProblem(location: $0, message: "the key comes more than once; the last document stays")
      }
    let problemCount = report.problemCount + writer.replacedKeys.count
    IndexBuild.say(problems, problemCount)
    IndexBuild.sayPassedOver(report)
    if report.documents == 0, outcome.unchanged == 0 {
      Output.say("fts: no documents in \(inputs.joined(separator: ", ")); \(kept)")
      return 2
    }
    let lost = problemCount + report.lostTexts
    if isStrict, lost > 0 {
      Output.say("fts: \(BuildCommand.count(lost, "problem")) in the input; \(kept)")
      return 2
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

  /// Returns the summary line: size of the index, speed, and how many documents were changed.
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

  /// The state of the index folder if nothing is committed, for messages.
  private var kept: String {
    (try? SystemCalls.kind(of: index + "/manifest")) == .file ? "\(index) is as it was" : "nothing was written"
  }

  /// Prints what was passed over, and what the fallback encoding decoded.
  private static func sayPassedOver(_ report: InputReport) {
    if report.fallbackDocuments > 0 {
      Output.say("fts: \(BuildCommand.count(report.fallbackDocuments, "document")) decoded by another encoding")
    }
    if let kinds = report.passedOverText { Output.say("fts: \(kinds) passed over") }
  }

  /// Number of problems that are printed; further ones are only counted.
  private static let maximumMessages = 20

  private static func say(_ problems: [InputProblem], _ all: Int) {
    for problem in problems.prefix(maximumMessages) { Output.say("fts: \(problem)") }
    if all > maximumMessages { Output.say("fts: and \(BuildCommand.count(all - maximumMessages, "more problem"))") }
  }
}
