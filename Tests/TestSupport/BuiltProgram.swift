import Foundation

/// Programs of this package as the build left them, beside the test bundle.
public enum BuiltProgram {
  public struct Missing: Error, CustomStringConvertible {
    public let description: String
  }

  /// The path of a program; `FTS_BINARIES` names the folder where it is not found by itself.
  public static func path(_ name: String) throws -> String {
    let found = folders.map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
      throw Missing(description: "no program \(name) in \(folders.joined(separator: ", ")); run: swift build")
    }
    return found
  }

  private static let folders: [String] = {
    let given = ProcessInfo.processInfo.environment["FTS_BINARIES"].map { [$0] } ?? []
    let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }.map { folder(of: $0.bundlePath) }
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL.path
    return given + bundles + [folder(of: runner), Bundle.main.bundlePath]
  }()

  private static func folder(of path: String) -> String { (path as NSString).deletingLastPathComponent }
}
