import TextSearch

/// `fts info`: what an index holds and what its parts take.
enum InfoCommand {
  static let command = Subcommand(
    name: "info",
    usage: "fts info [--index PATH] [--json]",
    summary: "what an index holds, and how many bytes each part takes",
    details: """
      Counts postings by walking the dictionaries; reads no posting and no text. Deleted documents count until a merge
      leaves them out, but for `documents`. Attribute values are the different ones of each segment, added up.
      With --json one object:
        index, generation, analyzer, fields, documents, deleted, bytes
        tokens, terms, lists, inline, postings, positions, lexicon
          lists: of all segments; inline: those that stand in the dictionary; lexicon: French surface forms
        languages: language, documents (with a token of it), main (mostly of it), average (length of these, in
          tokens), tokens, terms, postings
        compounds: terms, postings, positions
        rates, in bytes: posting (sections postings and blocks), position, code (form codes, a French posting),
          list (dictionary, a list); null where there is nothing to divide by
        stored: fields, compression, raw, bytes, ratio (raw / bytes; null without texts)
        sections: name, bytes
        attributes: name, type, values
        segments: name, documents (deleted ones too), deleted, bytes
      """,
    options: [BuildCommand.indexOption, OptionSpecification(name: "json", help: "one JSON object")],
    run: run)

  static func run(_ arguments: Arguments) throws -> Int32 {
    if let word = arguments.operands.first {
      throw UsageError(description: "fts info takes no '\(word)'; name the index with --index PATH")
    }
    let index = try SearchIndex(BuildCommand.indexPath(arguments))
    let report = InfoReport(try index.information(), try index.countPostings())
    let output = Output()
    if arguments.has("json") {
      try output.line(report.json)
    } else {
      for line in report.lines { try output.line(line) }
    }
    try output.flush()
    return 0
  }

  /// The name of an analyzer, as `fts build --analyzer` takes it.
  static func name(of options: AnalyzerOptions) -> String {
    options.preset == .folding ? "folding" : "\(options.frenchStemmer)"
  }
}
