import TextSearch

/// `fts dump`: what stands in an index, line by line.
enum DumpCommand {
  static let command = Subcommand(
    name: "dump",
    usage:
      """
      fts dump terms|postings|documents [--index PATH] [--language NAME] [--prefix P] [--term T]
               [--limit N] [--json]
      """,
    summary: "the terms, postings or documents of an index, line by line",
    details: """
      terms: language, key, spelling, documents, occurrences, forms with their documents.
      postings: language, key, spelling, document, frequency, positions, forms in the document.
      documents: key, tokens of each field, attributes, stored fields.
      Columns are separated by tabs; - stands for nothing, + for the spelling of a
      compound; \\t, \\n, \\r and \\\\ for a tab, the ends of lines and a backslash.
      With --json each line is an object of the same:
        terms     language, key, spelling, compound, documents, occurrences, forms ({form, documents})
        postings  language, key, spelling, compound, document, frequency, positions, forms
        documents key, lengths ({field, tokens}), attributes ({name, values}), fields ({name, text})
      Terms come in the order of language, key and spelling, their postings and the documents segment by segment, there in
      the order of the documents. The length of the last field may be an eleventh of the document's too small. Deleted
      documents are left out, but counted among the documents and occurrences of terms.
      """,
    options: [
      BuildCommand.indexOption,
      OptionSpecification(name: "language", value: "NAME", help: "only terms of fr, vi or none"),
      OptionSpecification(name: "prefix", value: "P", help: "only keys (of terms or documents) that begin with P"),
      OptionSpecification(
        name: "term", value: "T", help: "only the terms with this key, or that this word is posted under"),
      OptionSpecification(name: "limit", short: "n", value: "N", help: "lines at most (default: all)"),
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
