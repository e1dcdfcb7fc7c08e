import Foundation
import TestSupport
import Testing

/// Which folder may mention which: what module lines would check, without their cost in hot loops.
@Suite struct LayeringTests {
  /// Folder, and the folders whose types it may mention besides its own. `SearchError` belongs to nobody.
  private static let table: [String: Set<String>] = [
    "Memory": [],
    "Storage": ["Memory"],
    "Compression": ["Memory", "Storage"],
    "Analysis": ["Memory"],
    "Postings": ["Memory", "Storage"],
    "Dictionary": ["Memory", "Storage", "Postings"],
    "Segment": ["Memory", "Storage", "Compression", "Postings", "Dictionary"],
    "Merging": ["Memory", "Storage", "Compression", "Analysis", "Postings", "Dictionary", "Segment"],
    "Indexing": ["Memory", "Storage", "Compression", "Analysis", "Postings", "Dictionary", "Segment", "Merging"],
    "Verification": ["Memory", "Storage", "Compression", "Analysis", "Postings", "Dictionary", "Segment", "Merging"],
    "Query": ["Memory", "Storage", "Analysis", "Postings", "Dictionary", "Segment"],
    "Editing": [
      "Memory", "Storage", "Compression", "Analysis", "Postings", "Dictionary", "Segment", "Merging", "Indexing",
      "Query", "Search",
    ],
    "Suggestion": ["Storage", "Analysis", "Postings", "Dictionary", "Segment", "Query", "Search"],
    "Search": ["Memory", "Storage", "Analysis", "Postings", "Dictionary", "Segment", "Query", "Verification"],
    "Inspection": [
      "Memory", "Storage", "Compression", "Analysis", "Postings", "Dictionary", "Segment", "Merging", "Search",
    ],
  ]

  /// What the code does beyond the table, with the reason. An entry that is no longer needed fails the test.
  private static let exceptions: [String: String] = [
    "Segment/CollectionStatistics.swift Language":
      "statistics are counted by language; the enumeration has no dependencies",
    "Segment/StoredDocument.swift Document": "results show fields as the caller gave them: Document.Field",
  ]

  private struct Source {
    let folder: String
    let name: String
    let code: String
  }

  private func sources() throws -> [Source] {
    let root = TestData.repository + "/Sources/TextSearch"
    let names = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
    // The generated tables are one long text.
    let own = names.filter { $0.hasSuffix(".swift") && $0.contains("/") && !$0.hasSuffix("CharacterData.swift") }
    return try own.sorted().map { name in
      let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
      let folder = String(name.prefix { $0 != "/" })
      return Source(folder: folder, name: name, code: Self.withoutCommentsAndTexts(text))
    }
  }

  private static func withoutCommentsAndTexts(_ text: String) -> String {
    var code = text.replacing(#/"""[\s\S]*?"""/#, with: "")
    code = code.replacing(#//\*[\s\S]*?\*//#, with: "")
    code = code.replacing(#/"(?:\\.|[^"\\\n])*"/#, with: "")
    return code.replacing(#///[^\n]*/#, with: "")
  }

  /// Names of the types that are declared at the top level (not indented).
  private func declaredTypes(_ source: Source) -> [String] {
    let lines = source.code.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    return lines.compactMap { line in
      let pattern = #/\b(?:struct|class|enum|protocol|actor|typealias)\s+([A-Z]\w*)/#
      return line.hasPrefix("extension") || line.hasPrefix("private")
        ? nil : line.firstMatch(of: pattern).map { String($0.1) }
    }
  }

  @Test func foldersMentionOnlyWhatTheyMay() throws {
    let sources = try sources()
    #expect(Set(sources.map(\.folder)) == Set(Self.table.keys))
    var owner: [String: String] = [:]
    for source in sources {
      for type in declaredTypes(source) {
        #expect(owner[type] == nil || owner[type] == source.folder, "\(type) is declared in two folders")
        owner[type] = source.folder
      }
    }
    #expect(owner["Analyzer"] == "Analysis" && owner["SearchIndex"] == "Search" && owner["GrowableBuffer"] == "Memory")
    #expect(owner.count > 50)
    var used: Set<String> = []
    for source in sources {
      let words = Set(source.code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      for word in words.sorted() {
        guard let other = owner[word], other != source.folder, Self.table[source.folder]?.contains(other) == false
        else { continue }
        let mention = "\(source.name) \(word)"
        used.insert(mention)
        #expect(Self.exceptions[mention] != nil, "\(source.name) mentions \(word) of \(other)")
      }
    }
    #expect(used == Set(Self.exceptions.keys), "exceptions that nothing needs any more")
  }

  @Test func onlyOneFileTalksToTheSystem() throws {
    let calls = try sources().filter { $0.code.contains(#/\b(?:open|mmap|munmap|fsync|flock|unlink|opendir|fstat)\(/#) }
    let imports = try sources().filter { $0.code.contains(#/\bimport (?:Foundation|Dispatch)\b/#) }
    #expect(calls.map(\.name).filter { $0.hasPrefix("Storage/") } == ["Storage/SystemCalls.swift"])
    #expect(imports.isEmpty)
  }

  @Test func strippingLeavesTheCode() {
    let text = "let a = \"Segment \\\" b\" // Analyzer\n/* Query */ struct B {} /// TopHits"
    let code = Self.withoutCommentsAndTexts(text)
    for gone in ["Segment", "Analyzer", "Query", "TopHits"] { #expect(!code.contains(gone)) }
    #expect(code.contains("let a =") && code.contains("struct B {}"))
  }
}
