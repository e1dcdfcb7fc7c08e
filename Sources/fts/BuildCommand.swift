import FTSInput
import TextSearch

/// `fts build`: makes an index what its inputs are.
enum BuildCommand {
  static let indexOption = OptionSpecification(
    name: "index", short: "i", value: "PATH", help: "the index folder (default: $FTS_INDEX, else fts-index)")
  static let strictOption = OptionSpecification(
    name: "strict", help: "stop with status 2, the old index untouched, if anything in the input is wrong")
  static let freshOption = OptionSpecification(name: "fresh", help: "read everything, and make the index anew")
  static let encodingOption = OptionSpecification(
    name: "encoding", value: "NAME", help: "the encoding of all input, one of those above (default: utf-8)")
  static let analyzerOption = OptionSpecification(
    name: "analyzer", value: "NAME",
    help: "light (default), light1, snowball or none: the French stemmer; folding: no languages at all")
  static let attributeOption = OptionSpecification(
    name: "attribute", value: "NAME:TYPE",
    help: "an attribute's type: keyword, integer or date (may be given several times)")

  static let storeOption = OptionSpecification(
    name: "store", value: "FIELDS",
    help: "the fields whose texts are kept for showing: all (default), none, or names: title,body")
  static let compressionOption = OptionSpecification(
    name: "compression", value: "NAME",
    help: "of the kept texts: fast (default); dense, smaller and slower to build and to read; none")
  static let formsOption = OptionSpecification(
    name: "no-forms", help: "do not note which inflected forms documents hold: smaller, and all forms count alike")

  static let pairsOption = OptionSpecification(
    name: "no-pairs",
    help: "keep no filters of neighbouring words: a fifth smaller without texts, phrases slower")

  static let threadsOption = OptionSpecification(
    name: "threads", value: "N", help: "threads to work with (default: one for each processor); the index is the same")

  static let command = Subcommand(
    name: "build",
    usage:
      """
      fts build [--index PATH] [--analyzer NAME] [--attribute NAME:TYPE]... [--store FIELDS]
                [--compression NAME] [--no-forms] [--no-pairs] [--encoding NAME] [--threads N] [--strict] [--fresh]
                [--wait SECONDS] INPUT...
      """,
    summary: "make an index of files and folders, or bring it up to date",
    details: """
      INPUT is a file, a folder or - (standard input). Folders are read through: Markdown (.md, front matter),
      plain text (.txt), JSON lines (.jsonl, with id, title, body). Hidden files and README.md are passed over unless
      named. An index of the same inputs and options is brought up to date: files that have not changed (size, times,
      contents) are not read, what is gone is removed. Any other index is replaced when the new one is complete, as with
      --fresh; folders that hold no index are never written to.
      Everything else that front matter and JSON lines hold is an attribute; lists give several values. An attribute
      is a date if it is called date, else a keyword, unless --attribute says otherwise. Values that are not of the type
      that --attribute gives are reported; they are kept as texts.
      Encodings: \(InputEncoding.names).
      """,
    options: [
      indexOption, analyzerOption, attributeOption, storeOption, compressionOption, formsOption, pairsOption,
      encodingOption,
      threadsOption,
      strictOption, freshOption, CompactCommand.waitOption,
    ],
    run: run)

  static func indexPath(_ arguments: Arguments) -> String {
    arguments.value("index") ?? SystemCalls.environment("FTS_INDEX").flatMap { $0.isEmpty ? nil : $0 } ?? "fts-index"
  }

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard !arguments.operands.isEmpty else {
      throw UsageError(description: "nothing to build from; name files or folders: fts build FOLDER")
    }
    var build = IndexBuild(inputs: arguments.operands, index: indexPath(arguments))
    build.encoding = try encoding(arguments)
    build.isStrict = arguments.has("strict")
    build.wait = try CompactCommand.wait(arguments)
    return try build.build(try options(arguments), isFresh: arguments.has("fresh"))
  }

  /// The types that options declare; of two for one attribute the later one counts.
  static func attributes(_ arguments: Arguments) throws(UsageError) -> [String: AttributeType] {
    var types: [String: AttributeType] = [:]
    for text in arguments.all("attribute") {
      guard let colon = text.lastIndex(of: ":"), colon != text.startIndex,
        let type = AttributeType(name: String(text[text.index(after: colon)...]))
      else {
        throw UsageError(
          description: "--attribute takes a name and keyword, integer or date, as in year:integer, not '\(text)'")
      }
      types[String(text[..<colon])] = type
    }
    return types
  }

  /// The analyzer that an option names.
  static func analyzer(_ arguments: Arguments) throws(UsageError) -> AnalyzerOptions {
    switch arguments.value("analyzer") {
    case nil, "light": return AnalyzerOptions()
    case "light1": return AnalyzerOptions(frenchStemmer: .light1)
    case "snowball": return AnalyzerOptions(frenchStemmer: .snowball)
    case "none": return AnalyzerOptions(frenchStemmer: .none)
    case "folding": return AnalyzerOptions(preset: .folding)
    case .some(let name):
      throw UsageError(description: "unknown analyzer '\(name)'; there are light, light1, snowball, none, folding")
    }
  }

  /// The index that the options describe.
  private static func options(_ arguments: Arguments) throws(UsageError) -> IndexOptions {
    IndexOptions(
      analyzer: try analyzer(arguments), storedFields: try storedFields(arguments),
      storedCompression: try compression(arguments), attributes: try attributes(arguments),
      keepsForms: !arguments.has("no-forms"), keepsPairs: !arguments.has("no-pairs"),
      threads: try threads(arguments))
  }

  /// Threads to work with.
  static func threads(_ arguments: Arguments) throws(UsageError) -> Int {
    try arguments.number("threads", in: 1...maximumThreads) ?? min(maximumThreads, SystemCalls.processorCount())
  }

  private static func storedFields(_ arguments: Arguments) throws(UsageError) -> Set<String>? {
    switch arguments.value("store") {
    case nil, "all": return nil
    case "none": return []
    case .some(let list):
      let known = IndexOptions().fields
      let names = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if let unknown = names.first(where: { !known.contains($0) }) {
        throw UsageError(
          description:
            "no field is called '\(unknown)'; --store takes all, none, or names of \(known.joined(separator: ","))")
      }
      return Set(names)
    }
  }

  private static func compression(_ arguments: Arguments) throws(UsageError) -> StoredCompression {
    switch arguments.value("compression") {
    case nil, "fast": return .fast
    case "dense": return .dense
    case "none": return .none
    case .some(let name):
      throw UsageError(description: "unknown compression '\(name)'; there are fast, dense, none")
    }
  }

  static func encoding(_ arguments: Arguments) throws(UsageError) -> InputEncoding {
    guard let name = arguments.value("encoding") else { return .utf8 }
    guard let encoding = InputEncoding(name: name) else {
      throw UsageError(description: "unknown encoding '\(name)'; there are \(InputEncoding.names)")
    }
    return encoding
  }

  private static let maximumThreads = 64

  static func build(_ inputs: [String], index: String) throws(SearchError) -> Int32 {
    try IndexBuild(inputs: inputs, index: index).build(IndexOptions(), isFresh: false)
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(Format.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
