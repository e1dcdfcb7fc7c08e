import TextSearch

/// `fts add`: adds documents to an index.
enum AddCommand {
  static let command = Subcommand(
    name: "add",
    usage:
      """
      fts add [--index PATH] [--encoding NAME] [--fallback-encoding NAME] [--map FIELD=MEMBER]... [--threads N]
              [--memory SIZE] [--strict] [--wait SECONDS]
              INPUT...
      """,
    summary: "add documents to an index, or replace them",
    details: """
      INPUT is as for fts build. A document whose key is already in the index replaces the old one. Analyzer, fields and
      attribute types are those that the index was built with. The next fts build makes the index match its own inputs
      again.
      """,
    options: [
      BuildCommand.indexOption, BuildCommand.encodingOption, BuildCommand.fallbackOption, BuildCommand.mapOption,
      BuildCommand.threadsOption, BuildCommand.memoryOption,
      BuildCommand.strictOption, CompactCommand.waitOption,
    ],
    run: run)

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard !arguments.operands.isEmpty else {
      throw UsageError(description: "nothing to add; name files or folders: fts add FILE")
    }
    var build = IndexBuild(inputs: arguments.operands, index: BuildCommand.indexPath(arguments))
    build.settings = try BuildCommand.settings(arguments)
    build.isStrict = arguments.has("strict")
    build.wait = try CompactCommand.wait(arguments)
    return try build.add(memory: try BuildCommand.memory(arguments), threads: try BuildCommand.threads(arguments))
  }
}
