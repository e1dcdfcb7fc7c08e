import TextSearch

/// `fts info`: prints counts and sizes of an index.
enum InfoCommand {
  static let command = Subcommand(
    name: "info",
    usage: "fts info [--index PATH] [--json]",
    summary: "print counts of an index, and the size of each part in bytes",
    details: """
      Counts postings by walking the dictionaries; reads no posting and no text. All counts but `documents` include
      deleted documents until a merge removes them. Attribute values are counted once, those of deleted documents too.
      With --json one object:
        index, generation, analyzer, fields, documents, deleted, bytes
        tokens, terms, lists, inline, postings, positions, lexicon
          lists: of all segments; inline: those stored in the dictionary; lexicon: French surface forms
        languages: language, documents (with a token of it), main (mainly in it), average (length of these, in
          tokens), tokens, terms, postings
        compounds: terms, postings, positions
        rates, in bytes: posting (sections postings and blocks), position, code (form codes, per French posting),
          list (dictionary, per list); null if the divisor is 0
        stored: fields, compression, raw, bytes, ratio (raw / bytes; null without stored text)
        sections: name, bytes
        attributes: name, type, values
        segments: name, documents (including deleted ones), deleted, bytes
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

  /// Returns the name of an analyzer for `fts build --analyzer`.
  static func name(of options: AnalyzerOptions) -> String {
    options.preset == .folding ? "folding" : "\(options.frenchStemmer)"
  }
}
