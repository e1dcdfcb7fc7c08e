import Foundation

/// The other engines that `Benchmarks/peers/install` has installed; those that it could not install are named too.
struct InstalledPeers {
  struct Peer: Decodable {
    let name: String
    let version: String?
    /// The program, from the folder on; nil for a peer that is missing.
    let driver: String?
    /// Why it is missing.
    let missing: String?
  }

  private struct List: Decodable { let peers: [Peer] }

  let folder: String
  let peers: [Peer]

  /// - Parameter engines: names of the peers to take part; nil for all.
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

/// The driver of a peer at work: lines go in, JSON lines come out.
///
/// Standard error goes to a file: nothing blocks, and what it says is shown if the driver ends too early.
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

  /// Sends a line and gives the line that answers it.
  func ask<Answer: Decodable>(_ line: String, as kind: Answer.Type) throws -> Answer {
    try send(line + "\n")
    return try next(kind)
  }

  /// Sends lines. No more than a pipe holds may wait for their answers to be read.
  func send(_ lines: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(lines.utf8)) }

  /// The next line that the driver writes.
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
