import FTSInput
import TextSearch

/// `fts build`: builds an index of its inputs, or updates it to match them.
enum BuildCommand {
  static let indexOption = OptionSpecification(
    name: "index", short: "i", value: "PATH", help: "the index folder (default: $FTS_INDEX, else fts-index)")
  static let strictOption = OptionSpecification(
    name: "strict", help: "stop with status 2, the old index untouched, on any problem in the input")
  static let freshOption = OptionSpecification(name: "fresh", help: "read everything and rebuild the index")
  static let encodingOption = OptionSpecification(
    name: "encoding", value: "NAME", help: "the encoding of all input, one of those above (default: utf-8)")
  static let fallbackOption = OptionSpecification(
    name: "fallback-encoding", value: "NAME", help: "the encoding of files and JSON lines that are not valid")
  static let mapOption = OptionSpecification(
    name: "map", value: "FIELD=MEMBER",
    help: "the member of JSON, or column, that is id, title, body or an attribute; may be repeated")
  static let analyzerOption = OptionSpecification(
    name: "analyzer", value: "NAME",
    help: "light (default), light1, snowball or none: the French stemmer; folding: no languages at all")
  static let attributeOption = OptionSpecification(
    name: "attribute", value: "NAME:TYPE",
    help: "an attribute's type: keyword, integer or date; may be repeated")

  static let storeOption = OptionSpecification(
    name: "store", value: "FIELDS",
    help: "the fields whose text is stored for display: all (default), none, or names: title,body")
  static let compressionOption = OptionSpecification(
    name: "compression", value: "NAME",
    help: "of the stored text: fast (default); dense, smaller and slower to build and to read; none")
  static let formsOption = OptionSpecification(
    name: "no-forms", help: "do not index inflected forms: a smaller index, all forms weigh the same")

  static let pairsOption = OptionSpecification(
    name: "no-pairs",
    help: "nothing of adjacent words: a smaller index, neighbours do not score")

  static let threadsOption = OptionSpecification(
    name: "threads", value: "N", help: "number of threads (default: one per processor); the index is identical")

  static let memoryOption = OptionSpecification(
    name: "memory", value: "SIZE",
    help: "memory to build with, and up to a fifth more (default: 384M; at least 64M)")

  static let command = Subcommand(
    name: "build",
    usage:
      """
      fts build [--index PATH] [--analyzer NAME] [--attribute NAME:TYPE]... [--store FIELDS]
                [--compression NAME] [--no-forms] [--no-pairs] [--encoding NAME] [--fallback-encoding NAME]
                [--map FIELD=MEMBER]... [--threads N] [--memory SIZE] [--strict] [--fresh] [--wait SECONDS] INPUT...
      """,
    summary: "build an index of files and folders, or bring it up to date",
    details: """
      INPUT is a file, a folder or - (standard input). Folders are read recursively: Markdown (.md), plain text (.txt),
      HTML (.html, .htm), JSON lines (.jsonl), JSON (.json: an array of objects, or objects), tables (.csv, .tsv, with
      a head). Hidden files and README.md are skipped unless named. An index of the same inputs and options is brought
      up to date: files that have not changed (size, times, contents) are not read, documents of missing files are
      removed. Any other index is replaced when the new one is complete, as with --fresh; folders that hold no index
      are never written to.
      JSON and tables have id, title and body; --map title=headline names another member, --map body=content.fr a
      member of an object. Every other member, of front matter (YAML, TOML, JSON) too, is an attribute; a list makes
      several values. An attribute named date is a date, any other a keyword, unless --attribute sets its type. Values
      that are not of the type set by --attribute are reported and stored as text.
      What is not understood is reported with file and line, files of other kinds are counted. With --strict nothing
      is written then; pictures and other files without text do not count.
      A byte order mark tells UTF-16 and UTF-32. Encodings:
      \(InputEncoding.names).
      """,
    options: [
      indexOption, analyzerOption, attributeOption, storeOption, compressionOption, formsOption, pairsOption,
      encodingOption, fallbackOption, mapOption,
      threadsOption, memoryOption,
      strictOption, freshOption, CompactCommand.waitOption,
    ],
    run: run)

  /// Returns the path of the index: `--index`, else `$FTS_INDEX`, else `fts-index`.
  static func indexPath(_ arguments: Arguments) -> String {
    arguments.value("index") ?? SystemCalls.environment("FTS_INDEX").flatMap { $0.isEmpty ? nil : $0 } ?? "fts-index"
  }

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard !arguments.operands.isEmpty else {
      throw UsageError(description: "nothing to build from; name files or folders: fts build FOLDER")
    }
    var build = IndexBuild(inputs: arguments.operands, index: indexPath(arguments))
    build.settings = try settings(arguments)
    build.isStrict = arguments.has("strict")
    build.wait = try CompactCommand.wait(arguments)
    return try build.build(try options(arguments), isFresh: arguments.has("fresh"))
  }

  /// Returns the attribute types that `--attribute` declares; the last one given for an attribute wins.
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

  /// Returns the analyzer that `--analyzer` names, the default without it.
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

  /// Returns the index options of a command line.
  private static func options(_ arguments: Arguments) throws(UsageError) -> IndexOptions {
    IndexOptions(
      analyzer: try analyzer(arguments), storedFields: try storedFields(arguments),
      storedCompression: try compression(arguments), memoryBudget: try memory(arguments),
      attributes: try attributes(arguments),
      keepsForms: !arguments.has("no-forms"), keepsPairs: !arguments.has("no-pairs"),
      threads: try threads(arguments))
  }

  /// Returns the number of threads: `--threads`, or one per processor, at most `maximumThreads`.
  static func threads(_ arguments: Arguments) throws(UsageError) -> Int {
    try arguments.number("threads", in: 1...maximumThreads) ?? min(maximumThreads, SystemCalls.processorCount())
  }

  /// Returns the memory budget: `--memory`, or that of the library.
  static func memory(_ arguments: Arguments) throws(UsageError) -> Int {
    try arguments.size("memory", minimum: IndexOptions.minimumMemoryBudget) ?? IndexOptions().memoryBudget
  }

  /// Returns the fields to store; nil for all.
  private static func storedFields(_ arguments: Arguments) throws(UsageError) -> Set<String>? {
    switch arguments.value("store") {
    case nil, "all": return nil
    case "none": return []
    case .some(let list):
      let fields = IndexOptions().fields
      let names = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if let unknown = names.first(where: { !fields.contains($0) }) {
        throw UsageError(
          description:
            "no field is called '\(unknown)'; --store takes all, none, or names of \(fields.joined(separator: ","))")
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

  /// Returns how the input is read: `--encoding`, `--fallback-encoding`, `--map`.
  static func settings(_ arguments: Arguments) throws(UsageError) -> InputSettings {
    guard let map = FieldMap(arguments.all("map")) else {
      throw UsageError(description: "--map takes a field and a member, as in title=headline")
    }
    return InputSettings(
      encoding: try encoding("encoding", arguments) ?? .utf8, fallback: try encoding("fallback-encoding", arguments),
      map: map)
  }

  private static func encoding(_ option: String, _ arguments: Arguments) throws(UsageError) -> InputEncoding? {
    guard let name = arguments.value(option) else { return nil }
    guard let encoding = InputEncoding(name: name) else {
      throw UsageError(description: "unknown encoding '\(name)'; there are \(InputEncoding.names)")
    }
    return encoding
  }

  private static let maximumThreads = 64

  /// Brings an index with default options up to date; returns the exit status.
  static func build(_ inputs: [String], index: String) throws(SearchError) -> Int32 {
    try IndexBuild(inputs: inputs, index: index).build(IndexOptions(), isFresh: false)
  }

  /// Returns a number with its noun, in the plural unless the number is 1.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(Format.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
