import FTSInput
import TextSearch

/// `fts build`: reads documents and replaces the index by them.
enum BuildCommand {
  static let indexOption = OptionSpecification(
    name: "index", short: "i", value: "PATH", help: "the index folder (default: $FTS_INDEX, else fts-index)")
  static let strictOption = OptionSpecification(
    name: "strict", help: "stop with status 2, the old index untouched, if anything in the input is wrong")
  static let encodingOption = OptionSpecification(
    name: "encoding", value: "NAME", help: "the encoding of all input, one of those above (default: utf-8)")
  static let analyzerOption = OptionSpecification(
    name: "analyzer", value: "NAME",
    help: "light (default), light1, snowball or none: the French stemmer; folding: no languages at all")

  static let threadsOption = OptionSpecification(
    name: "threads", value: "N", help: "threads to build with (default: one for each processor); the index is the same")

  static let command = Subcommand(
    name: "build",
    usage: "fts build [--index PATH] [--analyzer NAME] [--encoding NAME] [--threads N] [--strict] INPUT...",
    summary: "make an index of files and folders",
    details: """
      INPUT is a file, a folder or - (standard input). Folders are read through: Markdown (.md, front matter),
      plain text (.txt), JSON lines (.jsonl, with id, title, body). Hidden files and README.md are passed over unless
      named. An existing index is replaced when the new one is complete; other folders are never written to.
      Encodings: \(InputEncoding.names).
      """,
    options: [indexOption, analyzerOption, encodingOption, threadsOption, strictOption],
    run: run)

  static func indexPath(_ arguments: Arguments) -> String {
    arguments.value("index") ?? SystemCalls.environment("FTS_INDEX").flatMap { $0.isEmpty ? nil : $0 } ?? "fts-index"
  }

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard !arguments.operands.isEmpty else {
      throw UsageError(description: "nothing to build from; name files or folders: fts build FOLDER")
    }
    return try build(
      arguments.operands, index: indexPath(arguments), analyzer: try analyzer(arguments),
      encoding: try encoding(arguments), threads: try arguments.number("threads", in: 1...mostThreads),
      isStrict: arguments.has("strict"))
  }

  /// The analyzer that an option names.
  static func analyzer(_ arguments: Arguments) throws(UsageError) -> AnalyzerOptions {
    switch arguments.value("analyzer") {
    case nil, "light": return AnalyzerOptions()
    case "light1": return AnalyzerOptions(frenchStemmer: .light1)
    case "snowball": return AnalyzerOptions(frenchStemmer: .snowball)
    case "none": return AnalyzerOptions(frenchStemmer: .none)
    case "folding": return AnalyzerOptions(recipe: .folding)
    case .some(let name):
      throw UsageError(description: "unknown analyzer '\(name)'; there are light, light1, snowball, none, folding")
    }
  }

  private static func encoding(_ arguments: Arguments) throws(UsageError) -> InputEncoding {
    guard let name = arguments.value("encoding") else { return .utf8 }
    guard let encoding = InputEncoding(name: name) else {
      throw UsageError(description: "unknown encoding '\(name)'; there are \(InputEncoding.names)")
    }
    return encoding
  }

  private static let mostThreads = 64

  /// Problems beyond this many are only counted.
  private static let mostMessages = 20

  static func build(
    _ inputs: [String], index: String, analyzer: AnalyzerOptions = AnalyzerOptions(), encoding: InputEncoding = .utf8,
    threads: Int? = nil, isStrict: Bool
  ) throws(SearchError) -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    var reader = try DocumentReader(inputs, encoding: encoding)
    let options = IndexOptions(
      analyzer: analyzer, threads: threads ?? min(mostThreads, SystemCalls.processorCount()))
    let writer = try IndexWriter(index, options: options)
    try reader.read { (document) throws(SearchError) in try writer.add(document) }
    try writer.flush()
    let problems = problems(reader.report, writer.replacedKeys)
    let problemCount = reader.report.problemCount + writer.replacedKeys.count
    report(problems, problemCount)
    if reader.report.documents == 0 {
      Output.say("fts: no documents in \(inputs.joined(separator: ", ")); \(kept(index))")
      return 2
    }
    if isStrict, problemCount > 0 {
      Output.say("fts: \(count(problemCount, "problem")) in the input; \(kept(index))")
      return 2
    }
    if reader.report.skippedFiles > 0 {
      Output.say("fts: \(count(reader.report.skippedFiles, "file")) of other kinds passed over")
    }
    let summary = try writer.commit()
    let seconds = (clock.now - start) / .seconds(1)
    let speed = Double(reader.report.textBytes) / 1_000_000 / max(seconds, 1e-9)
    Output.say(
      "\(index): \(count(summary.documents, "document")), \(count(Int(clamping: summary.tokens), "token")), "
        + "\(Format.bytes(summary.bytes)), \(Format.fixed(seconds, 2)) s, \(Format.fixed(speed, 1)) MB/s")
    return 0
  }

  private static func kept(_ index: String) -> String {
    (try? SystemCalls.kind(of: index + "/manifest")) == .file ? "\(index) is as it was" : "nothing was written"
  }

  private static func problems(_ report: DocumentReader.Report, _ replacedKeys: [String]) -> [InputProblem] {
    report.problems
      + replacedKeys.map { InputProblem(place: $0, message: "the key comes more than once; the last document stays") }
  }

  private static func report(_ problems: [InputProblem], _ all: Int) {
    for problem in problems.prefix(mostMessages) { Output.say("fts: \(problem)") }
    if all > mostMessages { Output.say("fts: and \(count(all - mostMessages, "more problem"))") }
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(Format.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
