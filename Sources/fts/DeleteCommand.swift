import FTSInput
import TextSearch

/// `fts delete`: deletes documents of an index.
enum DeleteCommand {
  static let command = Subcommand(
    name: "delete",
    usage: "fts delete [--index PATH] [--wait SECONDS] KEY... | --query WORDS",
    summary: "delete documents by their keys, or those that a query finds",
    details: """
      With --query every document that contains all of the words is deleted, as found by fts query --all. Searches no
      longer find deleted documents; fts compact removes them from the files. The next fts build reads their sources
      again. Exit status: 0 something was deleted, 1 nothing, 2 an error.
      """,
    options: [
      BuildCommand.indexOption,
      OptionSpecification(name: "query", value: "WORDS", help: "delete the documents that contain all of the words"),
      CompactCommand.waitOption,
    ],
    run: run)

  static func run(_ arguments: Arguments) throws -> Int32 {
    let query = arguments.value("query")
    guard arguments.operands.isEmpty != (query == nil) else {
      throw UsageError(
        description: query == nil
          ? "nothing to delete; name keys: fts delete KEY..., or --query WORDS"
          : "delete takes keys or --query, not both")
    }
    let path = BuildCommand.indexPath(arguments)
    let writer = try IndexWriter(appendingTo: path, wait: try CompactCommand.wait(arguments))
    var sources = try writer.attachment().flatMap { SourceList($0) }
    var keys = arguments.operands
    if let query { keys = try writer.keys(matching: query) }
    for key in keys { try writer.delete(key: key) }
    try writer.flush()
    guard writer.deletedDocuments > 0 else {
      Output.say("\(path): nothing to delete")
      return 1
    }
    // The next build must read the sources of these documents again.
    sources?.markFlawed(holding: keys)
    let summary = try writer.commit(attachment: sources?.bytes)
    Output.say(
      "\(path): \(BuildCommand.count(writer.deletedDocuments, "document")) deleted, "
        + "\(BuildCommand.count(summary.documents, "document")) left")
    return 0
  }
}
