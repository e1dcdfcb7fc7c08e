/// A subcommand: its help texts, its options and its entry point.
struct Subcommand: Sendable {
  let name: String
  let usage: String
  /// One line for the list of subcommands.
  let summary: String
  let details: String
  let options: [OptionSpecification]
  /// Runs the subcommand and returns the exit status.
  let run: @Sendable (Arguments) throws -> Int32
}

/// An option of a subcommand. The parser and the help texts are derived from these tables.
struct OptionSpecification: Sendable {
  /// Name after `--`.
  let name: String
  /// Letter after `-`; nil for none.
  var short: Character?
  /// Name of its value in the help text; nil for an option without a value.
  var value: String?
  let help: String
}
