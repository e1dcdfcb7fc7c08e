import Foundation
import TestSupport
import Testing

/// What the README shows of the command is what the command prints.
@Suite struct ReadmeTests {
  @Test func `The excerpt in the README is what the command prints`() throws {
    let readme = try String(contentsOfFile: TestData.repository + "/README.md", encoding: .utf8)
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
    let mark = try #require(lines.firstIndex { $0.hasPrefix("<!-- excerpt: fts ") })
    let end = try #require(lines[(mark + 2)...].firstIndex(of: "```"))
    let folder = try WorkingFolder()
    try folder.link("seeds", to: WorkingFolder.seeds)
    let words = lines[mark].split(separator: "\"")
    let options = words[0].dropFirst("<!-- excerpt: fts ".count).split(separator: " ").map(String.init)
    let result = try folder.run(options + [String(words[1])])
    #expect(result.status == 0)
    #expect(
      result.output == lines[(mark + 2)..<end].joined(separator: "\n") + "\n",
      "put the left side between the marks in README.md")
  }
}
