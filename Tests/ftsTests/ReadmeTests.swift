import Foundation
import TestSupport
import Testing

/// What the README shows of the command is what the command prints.
@Suite struct ReadmeTests {
  /// A command in the README, and what stands below it.
  private struct Excerpt {
    let words: [String]
    let output: String
  }

  @Test func `The excerpts in the README are what the command prints`() throws {
    let excerpts = try excerpts()
    #expect(excerpts.count >= 2)
    let folder = try WorkingFolder()
    try folder.link("seeds", to: WorkingFolder.seeds)
    for excerpt in excerpts {
      let result = try folder.run(excerpt.words)
      #expect(result.status == 0)
      #expect(result.output == excerpt.output, "put the left side between the fences in README.md")
    }
  }

  /// Returns the excerpts: a comment with a command whose last word is quoted, then its output between fences.
  private func excerpts() throws -> [Excerpt] {
    let readme = try String(contentsOfFile: TestData.repository + "/README.md", encoding: .utf8)
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
    let prefix = "<!-- excerpt: fts "
    return try lines.indices.filter { lines[$0].hasPrefix(prefix) }.map { comment in
      let end = try #require(lines[(comment + 2)...].firstIndex(of: "```"))
      let parts = lines[comment].split(separator: "\"")
      let options = parts[0].dropFirst(prefix.count).split(separator: " ").map(String.init)
      return Excerpt(
        words: options + [String(parts[1])], output: lines[(comment + 2)..<end].joined(separator: "\n") + "\n")
    }
  }
}
