import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that runs beside the test.
///
/// Standard output and standard error go to files, so nothing blocks however much is written. A process that its test
/// leaves behind is killed.
public final class RunningProcess {
  /// Where standard input comes from.
  public enum Input {
    case bytes([UInt8])
    /// A pipe that `write` and `closeInput` feed.
    case pipe
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
  }

  /// A hanging program fails its test after this many milliseconds instead of stopping everything.
  private static let patience = 120_000
  /// One start at a time: no other child may inherit the ends of a pipe that is being made.
  private static let starting = Mutex(())

  public let identifier: pid_t
  private let folder: TemporaryFolder
  private var inputPipe: Int32 = -1
  private var result: ProcessResult?

  /// Starts a program.
  ///
  /// - Parameter environment: the whole of it; nothing is inherited.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], in workingFolder: String,
    input: Input = .bytes([])
  ) throws {
    folder = try TemporaryFolder()
    var source = folder.path + "/input"
    if case .bytes(let bytes) = input { try folder.write(bytes, to: "input") } else { source = "" }
    // A child that has gone is an error of `write`, not the end of the tests.
    _ = signal(SIGPIPE, SIG_IGN)
    // Not every C library can start a process in a folder; the shell replaces itself with the program.
    let words = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", workingFolder, program] + arguments
    let settings = environment.map { "\($0.key)=\($0.value)" }.sorted()
    let files = [source, folder.path + "/output", folder.path + "/error"]
    (identifier, inputPipe) = try RunningProcess.starting.withLock { _ in
      try RunningProcess.start(words, settings, files)
    }
  }

  deinit {
    closeInput()
    if result == nil {
      _ = kill(identifier, SIGKILL)
      _ = waitpid(identifier, nil, 0)
    }
  }

  // MARK: Talking to it

  /// Writes to the pipe that is its standard input.
  public func write(_ text: String) throws {
    try FileHandle(fileDescriptor: inputPipe, closeOnDealloc: false).write(contentsOf: Data(text.utf8))
  }

  public func closeInput() {
    if inputPipe >= 0 { _ = close(inputPipe) }
    inputPipe = -1
  }

  public func send(signal number: Int32) { _ = kill(identifier, number) }

  /// What it has written to standard output so far.
  public func outputSoFar() -> String {
    String(decoding: FileManager.default.contents(atPath: folder.path + "/output") ?? Data(), as: UTF8.self)
  }

  /// Waits until a condition holds; false if the process ended or patience did before.
  public func waitUntil(_ condition: () throws -> Bool) throws -> Bool {
    for _ in 0..<RunningProcess.patience {
      if try condition() { return true }
      if try poll() != nil { return try condition() }
      usleep(1000)
    }
    return false
  }

  /// Closes its standard input and waits for its end.
  public func wait() throws -> ProcessResult {
    closeInput()
    for _ in 0..<RunningProcess.patience {
      if let result = try poll() { return result }
      usleep(1000)
    }
    throw Failure(description: "process \(identifier) does not end; it wrote: \(outputSoFar().suffix(200))")
  }

  private func poll() throws -> ProcessResult? {
    if let result { return result }
    var status: Int32 = 0
    let answer = unsafe waitpid(identifier, &status, WNOHANG)
    if answer == 0 || (answer < 0 && errno == EINTR) { return nil }
    guard answer == identifier else { throw Failure(description: "cannot wait for the process: error \(errno)") }
    let signal = status & 0x7F
    let ended = ProcessResult(
      ending: signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal),
      outputBytes: try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.path + "/output"))),
      errorBytes: try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.path + "/error"))))
    result = ended
    return ended
  }

  // MARK: Starting it

  /// Returns the process and the end of the pipe to its standard input, -1 where that is a file.
  private static func start(
    _ words: [String], _ settings: [String], _ files: [String]
  ) throws -> (pid_t, Int32) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // The child is to meet signals as a shell's child does.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    var blocked = sigset_t()
    unsafe sigemptyset(&blocked)
    unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var ends: [Int32] = [-1, -1]
    if files[0].isEmpty {
      guard unsafe pipe(&ends) == 0 else { throw Failure(description: "cannot make a pipe: error \(errno)") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      unsafe posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 0, files[0], O_RDONLY, 0)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, files[1], O_WRONLY | O_CREAT | O_APPEND, 0o600)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, files[2], O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = unsafe settings.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe environment.indices { unsafe free(environment[index]) }
    }
    var identifier: pid_t = 0
    let code = unsafe posix_spawn(&identifier, words[0], &actions, &attributes, &arguments, &environment)
    if ends[0] >= 0 { _ = close(ends[0]) }
    guard code == 0 else {
      if ends[1] >= 0 { _ = close(ends[1]) }
      throw Failure(description: "cannot start \(words[0]): error \(code)")
    }
    return (identifier, ends[1])
  }
}
