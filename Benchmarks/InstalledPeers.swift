import Foundation

/// The other engines listed by `Benchmarks/peers/install`, including those that it could not install.
struct InstalledPeers {
  /// An engine: its driver, or the reason why it is missing.
  struct Peer: Decodable {
    let name: String
    let version: String?
    /// Path of the program, relative to the folder; nil for a peer that is missing.
    let driver: String?
    /// Reason why it is missing.
    let missing: String?
  }

  /// The contents of `peers.json`.
  private struct List: Decodable { let peers: [Peer] }

  let folder: String
  let peers: [Peer]

  /// - Parameter engines: names of the peers to use; nil for all.
  /// - Throws: ``WrongAnswer`` if nothing is installed in the folder, or not one of these peers.
  init(_ folder: String, engines: [String]? = nil) throws {
    self.folder = folder
    let file = folder + "/peers.json"
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw WrongAnswer(description: "no \(file); run: Benchmarks/peers/install \(folder)")
    }
    let installed = try JSONDecoder().decode(List.self, from: bytes).peers
    for name in engines ?? [] {
      try require(installed.contains { $0.name == name }, "no peer \(name) in \(file)")
    }
    peers = installed.filter { engines?.contains($0.name) ?? true }
  }

  /// Starts the driver of a peer.
  func start(_ peer: Peer, _ arguments: [String]) throws -> PeerProcess {
    guard let driver = peer.driver else {
      throw WrongAnswer(description: "\(peer.name) is missing: \(peer.missing ?? "no reason given")")
    }
    return try PeerProcess(folder + "/" + driver, arguments)
  }
}

/// The running driver of a peer: reads lines, writes JSON lines.
///
/// Standard error is redirected to a file, so that it never blocks; its end is shown if the driver exits too early.
final class PeerProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errors: String
  private var unread = Data()

  init(_ program: String, _ arguments: [String]) throws {
    errors = NSTemporaryDirectory() + "/fts-bench-errors-\(UInt64.random(in: .min ... .max))"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: errors)
  }

  /// Sends a line and returns the line that answers it. Blocks until the answer is there.
  func request<Answer: Decodable>(_ line: String, as kind: Answer.Type) throws -> Answer {
    try send(line + "\n")
    return try next(kind)
  }

  /// Sends lines. Blocks once the lines and their unread answers fill the pipes.
  func send(_ lines: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(lines.utf8)) }

  /// Returns the next line that the driver writes. Blocks until it is there.
  func next<Answer: Decodable>(_ kind: Answer.Type) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(kind, from: try nextLine())
  }

  private func nextLine() throws -> Data {
    while true {
      if let end = unread.firstIndex(of: 0x0A) {
        let line = Data(unread[unread.startIndex..<end])
        unread = Data(unread[unread.index(after: end)...])
        return line
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { throw WrongAnswer(description: "the driver ended: \(lastWords())") }
      unread.append(more)
    }
  }

  private func lastWords() -> String {
    String(decoding: (FileManager.default.contents(atPath: errors) ?? Data()).suffix(600), as: UTF8.self)
  }
}
