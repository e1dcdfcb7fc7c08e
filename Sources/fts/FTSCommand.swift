import TextSearch

/// The command: dispatches to the subcommands and turns errors into messages and exit statuses.
///
/// Exit status: 0 done or found, 1 nothing found or an index with problems, 2 any error, 0 on a broken pipe.
enum FTSCommand {
  static let version = "0.1.0"
  static let subcommands = [
    BuildCommand.command, QueryCommand.command, SuggestCommand.command, AddCommand.command, DeleteCommand.command,
    CompactCommand.command,
    AnalyzeCommand.command, InfoCommand.command, DumpCommand.command,
    VerifyCommand.command, StatisticsCommand.command,
  ]

  /// Runs a command line without the program's name; returns the exit status.
  static func run(_ words: [String]) -> Int32 {
    SystemCalls.ignoreBrokenPipes()
    do {
      return try dispatch(words)
    } catch let error as UsageError {
      Output.say("fts: \(error.description)")
    } catch let error as SearchError {
      if SystemCalls.isBrokenPipe(error) { return 0 }
      Output.say("fts: \(error.message)")
    } catch {
      Output.say("fts: \(error)")
    }
    return 2
  }

  private static func dispatch(_ words: [String]) throws -> Int32 {
    guard let name = words.first else {
      Output.say(help)
      return 2
    }
    switch name {
    case "help", "--help", "-h":
      return try printHelp(words.dropFirst().first)
    case "version", "--version":
      return try printLine("fts \(version)")
    default: break
    }
    guard let command = subcommands.first(where: { $0.name == name }) else {
      throw UsageError(description: "unknown command '\(name)'; there are \(names) and help")
    }
    let tail = words.dropFirst()
    if tail.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return try printHelp(name)
    }
    return try command.run(try Arguments(tail, command.options))
  }

  private static var names: String { subcommands.map(\.name).joined(separator: ", ") }

  private static func printHelp(_ name: String?) throws -> Int32 {
    guard let name else { return try printLine(help) }
    guard let command = subcommands.first(where: { $0.name == name }) else {
      throw UsageError(description: "unknown command '\(name)'; there are \(names) and help")
    }
    return try printLine(help(command))
  }

  private static func printLine(_ text: String) throws(SearchError) -> Int32 {
    let output = Output()
    try output.line(text)
    try output.flush()
    return 0
  }

  /// The list of all subcommands.
  static var help: String {
    var lines = ["fts: full-text search for French and Vietnamese", ""]
    for command in subcommands {
      lines.append("  \(command.usage)")
      lines.append("      \(command.summary)")
    }
    lines.append("  fts help COMMAND")
    lines.append("      what a command does, and its options")
    return lines.joined(separator: "\n")
  }

  /// Returns the help text of a subcommand; lines of at most 120 characters if its texts allow.
  static func help(_ command: Subcommand) -> String {
    var lines = [command.usage, "", command.details, ""]
    for option in command.options {
      let short = option.short.map { "-\($0), " } ?? "    "
      let left = "  \(short)--\(option.name)" + (option.value.map { " \($0)" } ?? "")
      lines.append(left + String(repeating: " ", count: max(2, 26 - left.count)) + option.help)
    }
    return lines.joined(separator: "\n")
  }
}
