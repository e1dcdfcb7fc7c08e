import Foundation
import TestSupport
import Testing

/// A file of the repository, for tests that read the sources and the documents.
struct ProjectFile: Sendable {
  /// Path below the repository's top folder.
  let path: String
  let text: String
  /// The code of a Swift file, without literals and comments; else empty.
  let code: String
  /// The comments of a program's source; else empty.
  let comments: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    guard path.hasSuffix(".swift") else {
      code = ""
      comments = path.hasSuffix(".md") ? "" : text
      return
    }
    let parts = SwiftText(text)
    (code, comments) = (parts.code, parts.comments)
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
  var isSwift: Bool { path.hasSuffix(".swift") }
  var isMarkdown: Bool { path.hasSuffix(".md") }

  /// Paths of all files of the repository, except what is built or ignored.
  static let paths: Set<String> = {
    let all = FileManager.default.enumerator(atPath: TestData.repository)?.compactMap { $0 as? String } ?? []
    return Set(all.filter { !$0.hasPrefix(".build") && !$0.hasPrefix(".git/") })
  }()

  /// The sources, tests and benchmarks with the documents beside them; no data: golden files, inputs of the fuzzer, drawings.
  static let all: [ProjectFile] = {
    let folders = ["Sources/", "Tests/", "Benchmarks/"]
    let generated = ["CharacterData.swift", "BitPacking+Rows.swift"]
    return paths.sorted().compactMap { path in
      guard folders.contains(where: path.hasPrefix) || ["README.md", "CHANGELOG.md"].contains(path) else { return nil }
      guard !path.contains("/Golden/"), !path.contains("/corpus/"), !generated.contains(where: path.hasSuffix) else {
        return nil
      }
      let name = path.split(separator: "/").last ?? ""
      guard [".swift", ".md", ".py", ".java"].contains(where: path.hasSuffix) || !name.contains(".") else { return nil }
      guard let text = try? String(contentsOfFile: TestData.repository + "/" + path, encoding: .utf8) else {
        return nil
      }
      return ProjectFile(path: path, text: text)
    }
  }()
}
