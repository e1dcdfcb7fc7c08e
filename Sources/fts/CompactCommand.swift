import TextSearch

/// `fts compact`: merges the segments of an index into one.
enum CompactCommand {
  static let waitOption = OptionSpecification(
    name: "wait", value: "SECONDS", help: "how long to wait for another writer to finish (default: 0)")

  static let command = Subcommand(
    name: "compact",
    usage: "fts compact [--reorder] [--index PATH] [--wait SECONDS]",
    summary: "merge an index into one segment without deleted documents",
    details: """
      Deleted documents are removed from the files. With --reorder documents that share words are stored next to each
      other: the index becomes smaller and faster to search; this takes longer. Results are identical.
      """,
    options: [
      BuildCommand.indexOption,
      OptionSpecification(name: "reorder", help: "store documents that share words next to each other"),
      waitOption, BuildCommand.threadsOption,
    ],
    run: run)

  private static let maximumSeconds = 86_400

  /// Returns how long to wait for another writer: `--wait` in seconds, 0 without it.
  static func wait(_ arguments: Arguments) throws(UsageError) -> Duration {
    .seconds(try arguments.number("wait", in: 0...maximumSeconds) ?? 0)
  }

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard arguments.operands.isEmpty else {
      throw UsageError(description: "compact takes no operands; name the index with --index \(arguments.operands[0])")
    }
    let path = BuildCommand.indexPath(arguments)
    let clock = ContinuousClock()
    let start = clock.now
    let old = try SearchIndex(path).summary
    let writer = try IndexWriter(
      appendingTo: path, threads: try BuildCommand.threads(arguments), wait: try wait(arguments))
    guard try writer.compact(reorder: arguments.has("reorder")) else {
      Output.say("\(path): nothing to do: one segment without deleted documents")
      return 0
    }
    let new = try writer.commit()
    let seconds = (clock.now - start) / .seconds(1)
    Output.say(
      "\(path): \(BuildCommand.count(old.segments, "segment")) of \(Format.bytes(old.bytes)) made "
        + "\(new.segments == 0 ? "none" : "one of \(Format.bytes(new.bytes))"), "
        + "\(BuildCommand.count(new.documents, "document")), \(Format.fixed(seconds, 2)) s")
    return 0
  }
}
