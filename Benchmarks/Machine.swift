import Foundation

/// The machine, the time and the commit of a measurement.
enum Machine {
  static let cores = ProcessInfo.processInfo.activeProcessorCount

  /// Model name of the processor.
  static let model: String = {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }()

  /// Commit of the working folder; "unknown" outside of a repository.
  static let commit = output(of: ["git", "rev-parse", "HEAD"]) ?? "unknown"

  static let date = Date().formatted(.iso8601)

  static var description: String { "\(model), \(cores) cores, \(date), commit \(commit.prefix(10))" }

  /// Returns what a command prints, without white space at the ends; nil if it fails.
  private static func output(of command: [String]) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
  }
}

/// Files of JSON lines, one record per line.
enum JSONLines {
  /// Appends a line for each record to a file, which is created if missing.
  static func append<Record: Encodable>(_ records: [Record], to file: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines = FileManager.default.contents(atPath: file) ?? Data()
    for record in records {
      lines += try encoder.encode(record)
      lines.append(0x0A)
    }
    try lines.write(to: URL(fileURLWithPath: file))
  }
}

/// A temporary folder; it and all its contents are removed with this object.
final class Scratch {
  let path = NSTemporaryDirectory() + "/fts-bench-\(UInt64.random(in: .min ... .max))"

  init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
