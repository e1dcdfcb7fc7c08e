import TextSearch

/// `fts verify`: reads every byte of an index and prints a line for each problem.
enum VerifyCommand {
  static let command = Subcommand(
    name: "verify",
    usage: "fts verify [--index PATH]",
    summary: "check every byte of an index",
    details: """
      Compares checksums and checks that the parts of an index are consistent. One line for each problem: file, section,
      offset in the section in bytes, reason. Exit status: 0 no problem, 1 problems, 2 an error.
      """,
    options: [BuildCommand.indexOption],
    run: run)

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard arguments.operands.isEmpty else {
      throw UsageError(description: "verify takes no words; name the index with --index \(arguments.operands[0])")
    }
    let path = BuildCommand.indexPath(arguments)
    let found = try SearchIndex.verify(path)
    let output = Output()
    for problem in found.problems { try output.line(problem.description) }
    try output.flush()
    let problems = found.isIntact ? "no problems" : BuildCommand.count(found.problems.count, "problem")
    Output.say(
      "\(path): \(BuildCommand.count(found.segments, "segment")), \(BuildCommand.count(found.documents, "document")), "
        + "\(Format.bytes(found.bytes)) read, \(problems)")
    return found.isIntact ? 0 : 1
  }
}
