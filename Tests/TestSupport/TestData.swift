import Foundation

/// The public data that some tests read: it stays outside the repository, in `$FTS_DATA` or `../shared/data`.
///
/// A test that needs a file is skipped with a message where the file is absent, unless `FTS_REQUIRE_DATA` is set:
/// then nothing is skipped and a missing file makes the test fail.
public enum TestData {
  /// The repository's top folder.
  public static let repository = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

  private static let folders: [String] = {
    let given = ProcessInfo.processInfo.environment["FTS_DATA"].map { [$0] } ?? []
    return given + [repository + "/../shared/data"]
  }()

  public static var isRequired: Bool { ProcessInfo.processInfo.environment["FTS_REQUIRE_DATA"] != nil }

  /// The path of a data file; nil where it is absent.
  public static func path(_ name: String) -> String? {
    folders.map { $0 + "/" + name }.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// Whether a test that reads `name` is to run: use with `.enabled(if:)`.
  public static func isPresent(_ name: String) -> Bool {
    if path(name) != nil || isRequired { return true }
    FileHandle.standardError.write(Data("data test skipped: \(name) is absent (set FTS_DATA)\n".utf8))
    return false
  }

  /// The lines of a data file, without empty ones.
  public static func lines(_ name: String) throws -> [String] {
    guard let path = path(name) else { throw MissingData(name: name) }
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  public struct MissingData: Error {
    let name: String
  }
}
