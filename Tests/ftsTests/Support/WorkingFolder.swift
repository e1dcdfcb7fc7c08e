import Foundation
import TestSupport
import Testing

/// A folder of its own in which a test runs `fts` as a person would at a prompt.
struct WorkingFolder {
  private let folder: TemporaryFolder
  let program: String

  var path: String { folder.path }

  init() throws {
    folder = try TemporaryFolder()
    program = try BuiltProgram.path("fts")
  }

  static let seeds = TestData.repository + "/seeds"

  /// Runs `fts` to its end.
  func fts(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> ProcessResult {
    try run(arguments, input: Array(input.utf8), environment: environment)
  }

  func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> ProcessResult {
    try RunningProcess(program, arguments, environment: environment, in: path, input: .bytes(input)).wait()
  }

  /// Starts `fts` with a pipe as its standard input.
  func start(_ arguments: String..., environment: [String: String] = [:]) throws -> RunningProcess {
    try start(arguments, environment: environment)
  }

  func start(_ arguments: [String], environment: [String: String]) throws -> RunningProcess {
    try RunningProcess(program, arguments, environment: environment, in: path, input: .pipe)
  }

  /// Runs a line of shell in which `$FTS` is the program.
  func shell(_ line: String, environment: [String: String] = [:]) throws -> ProcessResult {
    let settings = environment.merging(["FTS": program, "PATH": "/usr/bin:/bin"]) { a, _ in a }
    return try RunningProcess("/bin/sh", ["-c", line], environment: settings, in: path).wait()
  }

  /// Writes a file below the folder.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try folder.write(text, to: name) }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String { try folder.write(bytes, to: name) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }

  /// Names in a folder, sorted.
  func names(_ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + name).sorted()
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  /// Builds the default index of documents given as key and body; the test fails if that fails.
  func build(_ documents: [(key: String, body: String)], index: String = "fts-index") throws {
    let lines = documents.map { WorkingFolder.jsonLine(["id": $0.key, "title": "T " + $0.key, "body": $0.body]) }
    let result = try fts("build", "-", "--index", index, input: lines.joined())
    try #require(result.status == 0, "\(result.error)")
  }

  /// Keys that a query finds, best first.
  func keys(_ query: String, _ options: String...) throws -> [String] {
    let result = try run(["query", "--json", "--correct", "off"] + options + ["--", query])
    try #require(result.status == 0 || result.status == 1, "\(result.error)")
    return try JSONAnswers(result).hits.map(\.key)
  }

  /// An object of JSON with a line's end, as Foundation writes it.
  static func jsonLine(_ object: [String: Any]) -> String {
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    return String(decoding: data ?? Data(), as: UTF8.self) + "\n"
  }
}

/// The JSON lines of `fts query --json`, read by Foundation's parser.
struct JSONAnswers {
  struct Hit {
    let query: Int
    let rank: Int
    let score: Double
    let key: String
    let title: String?
    let path: String?
    let date: String?
    let snippet: String?
  }

  struct Summary {
    let query: Int
    let text: String
    let total: Int
    let microseconds: Int
  }

  struct Failure {
    let query: Int
    let text: String
    let error: String
  }

  private(set) var hits: [Hit] = []
  private(set) var summaries: [Summary] = []
  private(set) var failures: [Failure] = []
  /// Kinds of the lines in their order: h, s, f.
  private(set) var order = ""

  /// Fails on a line that is no object of exactly the documented members.
  init(_ result: ProcessResult) throws {
    for line in result.outputLines { try read(line) }
  }

  private mutating func read(_ line: String) throws {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    let object = try #require(value as? [String: Any], "\(line)")
    let query = try #require(object["query"] as? Int, "\(line)")
    // Only where words find nothing and others would.
    let suggestion = object["suggestion"]
    if suggestion != nil { try #require(suggestion is String && object["total"] as? Int == 0, "\(line)") }
    switch object.keys.sorted().filter({ $0 != "suggestion" }) {
    case ["date", "key", "path", "query", "rank", "score", "snippet", "title"]:
      hits.append(
        Hit(
          query: query, rank: try #require(object["rank"] as? Int), score: try #require(object["score"] as? Double),
          key: try #require(object["key"] as? String), title: try text(object["title"]), path: try text(object["path"]),
          date: try text(object["date"]), snippet: try text(object["snippet"])))
      order += "h"
    case ["microseconds", "query", "text", "total"]:
      summaries.append(
        Summary(
          query: query, text: try #require(object["text"] as? String), total: try #require(object["total"] as? Int),
          microseconds: try #require(object["microseconds"] as? Int)))
      order += "s"
    case ["error", "query", "text"]:
      failures.append(
        Failure(
          query: query, text: try #require(object["text"] as? String), error: try #require(object["error"] as? String)))
      order += "f"
    default: throw RunningProcess.Failure(description: "unexpected members: \(line)")
    }
  }

  /// A string, or nil for null; anything else fails.
  private func text(_ value: Any?) throws -> String? {
    if value is NSNull { return nil }
    return try #require(value as? String)
  }
}
