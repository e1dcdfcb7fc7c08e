import TextSearch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Time of a command from the start of its process to its exit, minus that of an empty program that is linked alike.
enum StartBenchmark {
  private static let runs = 200

  /// Runs `start NOTHING PROGRAM [ARGUMENT...]`; all arguments belong to the program.
  static func run(_ words: [String]) throws {
    try require(words.count >= 2, "start takes a program that does nothing, a program, and its arguments")
    let (nothing, command) = ([words[0]], Array(words[1...]))
    // Once each, so that the files of both are in memory.
    for command in [nothing, command] { _ = try microseconds(command) }
    var (idle, busy): ([Double], [Double]) = ([], [])
    for _ in 0..<runs {
      idle.append(try microseconds(nothing))
      busy.append(try microseconds(command))
    }
    print("start to exit, us, \(runs) runs of each in turns; \(Machine.description)")
    print("".padding(16) + ["minimum", "median"].map { $0.padding(-10) }.joined())
    row("nothing", idle.min() ?? 0, median(idle))
    row("program", busy.min() ?? 0, median(busy))
    row("above nothing", (busy.min() ?? 0) - (idle.min() ?? 0), median(busy) - median(idle))
  }

  private static func row(_ name: String, _ minimum: Double, _ median: Double) {
    print(name.padding(16) + [minimum, median].map { fixed($0, 0).padding(-10) }.joined())
  }

  /// Runs a command, its output discarded; returns the microseconds until it exits.
  ///
  /// - Throws: ``WrongAnswer`` if it fails.
  private static func microseconds(_ command: [String]) throws -> Double {
    let start = SystemCalls.nanoseconds()
    let status = try spawn(command)
    let time = Double(SystemCalls.nanoseconds() - start) / 1000
    try require(status == 0, "\(command.joined(separator: " ")): ended with \(status)")
    return time
  }

  /// Runs a command, its output discarded; blocks until it exits and returns its wait status.
  private static func spawn(_ command: [String]) throws -> Int32 {
    // Safe because: the arguments are copies, terminated by nil and freed when this function returns; the actions are
    // initialized before use and destroyed then too.
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    defer {
      for index in 0..<command.count { unsafe free(arguments[index]) }
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for file in [STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_WRONLY, 0)
    }
    var process = pid_t()
    let code = unsafe posix_spawn(&process, command[0], &actions, nil, &arguments, environ)
    try require(code == 0, "cannot start \(command[0]): error \(code)")
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {}
    return status
  }
}
