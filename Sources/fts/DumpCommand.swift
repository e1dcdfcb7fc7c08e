import TextSearch

/// `fts dump`: prints the terms, postings or documents of an index, line by line.
enum DumpCommand {
  static let command = Subcommand(
    name: "dump",
    usage:
      """
      fts dump terms|postings|documents [--index PATH] [--language NAME] [--prefix P] [--term T]
               [--limit N] [--json]
      """,
    summary: "print the terms, postings or documents of an index, line by line",
    details: """
      terms: language, key, spelling, documents, occurrences, forms with their documents.
      postings: language, key, spelling, document, frequency, positions, forms in the document.
      documents: key, tokens of each field, attributes, stored fields.
      Columns are separated by tabs; - is an empty column, + the spelling of a compound; \\t, \\n, \\r and \\\\ are a tab,
      line feed, carriage return and backslash. With --json each line is an object:
        terms     language, key, spelling, compound, documents, occurrences, forms ({form, documents})
        postings  language, key, spelling, compound, document, frequency, positions, forms
        documents key, lengths ({field, tokens}), attributes ({name, values}), fields ({name, text})
      Terms are sorted by language, key and spelling; their postings and the documents follow segment by segment, in
      document order. The length of the last field may be too small by up to an eleventh of the document's length.
      Deleted documents are left out, but included in the documents and occurrences of terms.
      """,
    options: [
      BuildCommand.indexOption,
      OptionSpecification(name: "language", value: "NAME", help: "only terms of fr, vi or none"),
      OptionSpecification(name: "prefix", value: "P", help: "only keys (of terms or documents) that start with P"),
      OptionSpecification(
        name: "term", value: "T", help: "only the terms with this key, or under which this word is indexed"),
      OptionSpecification(name: "limit", short: "n", value: "N", help: "maximum number of lines (default: all)"),
      OptionSpecification(name: "json", help: "JSON lines"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard let what = arguments.operands.first, arguments.operands.count == 1,
      ["terms", "postings", "documents"].contains(what)
    else {
      throw UsageError(description: "fts dump takes one of terms, postings, documents")
    }
    let selection = try selection(arguments, what)
    let limit = try arguments.number("limit", in: 0...Int.max)
    let dump = IndexDump(
      try SearchIndex(BuildCommand.indexPath(arguments)), isJSON: arguments.has("json"), limit: limit ?? .max)
    guard limit != 0 else { return 0 }
    switch what {
    case "terms": try dump.printTerms(selection)
    case "postings": try dump.printPostings(selection)
    default: try dump.printDocuments(prefix: selection.prefix)
    }
    try dump.output.flush()
    return 0
  }

  /// Returns the terms that the options select.
  ///
  /// - Throws: ``UsageError`` for an unknown language, and for `--language` or `--term` with `documents`.
  private static func selection(_ arguments: Arguments, _ what: String) throws(UsageError) -> TermSelection {
    for option in ["language", "term"] where what == "documents" && arguments.has(option) {
      throw UsageError(description: "--\(option) is for terms and postings: fts dump terms --\(option) ...")
    }
    var language: Language?
    if let name = arguments.value("language") {
      language = Language.allCases.first { $0.description == name }
      guard language != nil else {
        throw UsageError(description: "--language takes one of fr, vi, none, not '\(name)'")
      }
    }
    return TermSelection(
      language: language, prefix: arguments.value("prefix") ?? "", term: arguments.value("term"))
  }
}
