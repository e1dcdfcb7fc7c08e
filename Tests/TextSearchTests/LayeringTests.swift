import Foundation
import TestSupport
import Testing

/// Which folder may mention which: what module lines would check, without their cost in hot loops.
@Suite struct LayeringTests {
  /// Folder, and the folders whose types it may mention besides its own. `SearchError` belongs to nobody.
  private static let folders: [String: Set<String>] = [
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
  private static let folderExceptions: [String: String] = [
    "Segment/CollectionStatistics.swift Language":
      "statistics are counted by language; the enumeration has no dependencies",
    "Segment/FrequentKeys.swift Language": "terms are frequent in their own language; as above",
    "Segment/PairWord.swift Language": "words of pairs are frequent in their own language; as above",
    "Segment/TermAddress+Pairs.swift TermAddress": "a term's address says its key and its language",
    "Segment/StoredDocument.swift Document": "results show fields as the caller gave them: Document.Field",
  ]

  /// Room of `Query` or `Search`, and the rooms of both whose types it may mention besides its own. Files at the top are the
  /// public face: in `Query` it is the value that all rooms read; in `Search` it stands over all rooms.
  private static let rooms: [String: Set<String>] = [
    "Query": [],
    "Query/Syntax": ["Query"],
    "Query/Words": ["Query"],
    "Query/Expansion": ["Query", "Query/Words"],
    "Query/Planning": ["Query", "Query/Words", "Query/Expansion"],
    "Search/Ranking": [],
    // Values that are passed to every search: the plan, the options, the control; and what searches of one index share.
    "Search/Context": ["Query", "Query/Words", "Query/Planning", "Search/Ranking"],
    "Search/Positions": ["Query/Words", "Query/Planning", "Search/Ranking", "Search/Context"],
    "Search/Lists": ["Query/Words", "Search/Ranking", "Search/Context", "Search/Positions"],
    "Search/Pairs": [
      "Query/Words", "Query/Planning", "Search/Ranking", "Search/Context", "Search/Positions", "Search/Lists",
    ],
    "Search/Phrases": [
      "Query/Words", "Query/Planning", "Search/Ranking", "Search/Context", "Search/Positions", "Search/Lists",
      "Search/Pairs",
    ],
    "Search/Words": [
      "Query/Words", "Query/Planning", "Search/Ranking", "Search/Context", "Search/Positions", "Search/Lists",
      "Search/Pairs", "Search/Phrases",
    ],
    "Search/Trees": [
      "Query", "Query/Words", "Query/Planning", "Search/Ranking", "Search/Context", "Search/Positions", "Search/Lists",
      "Search/Pairs",
    ],
    // The definition stands beside the fast searches: it shares how words and pairs are read, not how lists are scored.
    "Search/Reference": ["Query/Planning", "Search/Ranking", "Search/Context", "Search/Positions", "Search/Pairs"],
    "Search/Display": ["Query", "Query/Expansion", "Query/Planning", "Search/Context", "Search/Positions"],
    "Search/Execution": [
      "Query", "Query/Words", "Query/Planning", "Search/Ranking", "Search/Context", "Search/Words", "Search/Phrases",
      "Search/Trees", "Search/Reference", "Search/Display",
    ],
    "Search": [
      "Query", "Query/Syntax", "Query/Words", "Query/Planning", "Search/Ranking", "Search/Context", "Search/Reference",
      "Search/Display", "Search/Execution",
    ],
  ]

  /// Arrows that run upward, with the reason. An entry that is no longer needed fails the test.
  private static let roomExceptions: [String: String] = [
    "Query/Expansion/QueryPart.swift QueryReader": "a pattern's characters are those that the parser reads",
    "Search/Context/SearchContext.swift SearchOptions": "the caller's options are passed to all searches as they are",
    "Search/Context/SegmentContext.swift AdjacentPair": "all searches take the pairs of the plan from their context",
    "Search/Context/SegmentContext.swift FieldWeights": "all searches take the weights of fields from their context",
    "Search/Execution/SnapshotSearch.swift SearchOptions":
      "the caller's options are passed to all searches as they are",
    "Search/Execution/SnapshotSearch.swift SearchResults": "makes the value that the face returns",
    "Search/Execution/RankedKeys.swift SearchIndex": "an entry of its own for the tools that measure",
    "Search/Execution/RankedKeys.swift SearchOptions": "an entry of its own for the tools that measure",
  ]

  private struct Source {
    /// Path below `Sources/TextSearch`.
    let name: String
    let code: String

    /// The folder, with the room in it where `rooms` says so.
    func folder(rooms: Bool) -> String {
      name.split(separator: "/").dropLast().prefix(rooms ? 2 : 1).joined(separator: "/")
    }
  }

  private func sources() throws -> [Source] {
    let root = TestData.repository + "/Sources/TextSearch"
    let names = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
    // The generated tables are one long text.
    let own = names.filter { $0.hasSuffix(".swift") && $0.contains("/") && !$0.hasSuffix("CharacterData.swift") }
    return try own.sorted().map { name in
      let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
      return Source(name: name, code: SwiftText(text).code)
    }
  }

  /// Names of the types that are declared at the top level (not indented).
  private static func declaredTypes(_ source: Source) -> [String] {
    let lines = source.code.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    return lines.compactMap { line in
      let pattern = #/\b(?:struct|class|enum|protocol|actor|typealias)\s+([A-Z]\w*)/#
      return line.hasPrefix("extension") || line.hasPrefix("private")
        ? nil : line.firstMatch(of: pattern).map { String($0.1) }
    }
  }

  /// Folder of each type.
  private static func owners(_ sources: [Source], rooms: Bool) -> [String: String] {
    var owners: [String: String] = [:]
    for source in sources {
      let folder = source.folder(rooms: rooms)
      for type in declaredTypes(source) {
        #expect(owners[type] == nil || owners[type] == folder, "\(type) is declared in two folders")
        owners[type] = folder
      }
    }
    return owners
  }

  /// Mentions that a table does not allow: file and type, and the folder of the type.
  private static func violations(
    _ sources: [Source], rooms: Bool, _ table: [String: Set<String>]
  ) -> [(mention: String, folder: String)] {
    let owners = owners(sources, rooms: rooms)
    var violations: [(mention: String, folder: String)] = []
    for source in sources {
      let folder = source.folder(rooms: rooms)
      let words = Set(source.code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      for word in words.sorted() {
        guard let other = owners[word], other != folder, table[folder]?.contains(other) != true else { continue }
        violations.append(("\(source.name) \(word)", other))
      }
    }
    return violations
  }

  private static func expect(
    _ violations: [(mention: String, folder: String)], _ exceptions: [String: String], _ what: String
  ) {
    for (mention, folder) in violations {
      #expect(exceptions[mention] != nil, "\(mention) of \(folder): \(what) may not mention it")
    }
    for exception in exceptions.keys.sorted() {
      #expect(violations.contains { $0.mention == exception }, "nothing needs the exception any more: \(exception)")
    }
  }

  @Test func foldersMentionOnlyWhatTheyMay() throws {
    let sources = try sources()
    #expect(Set(sources.map { $0.folder(rooms: false) }) == Set(Self.folders.keys))
    let owners = Self.owners(sources, rooms: false)
    #expect(owners["Analyzer"] == "Analysis" && owners["SearchIndex"] == "Search")
    #expect(owners["GrowableBuffer"] == "Memory" && owners.count > 50)
    Self.expect(Self.violations(sources, rooms: false, Self.folders), Self.folderExceptions, "its folder")
  }

  @Test func roomsMentionOnlyWhatTheyMay() throws {
    let sources = try sources().filter { $0.name.hasPrefix("Query/") || $0.name.hasPrefix("Search/") }
    #expect(Set(sources.map { $0.folder(rooms: true) }) == Set(Self.rooms.keys))
    let owners = Self.owners(sources, rooms: true)
    #expect(owners["SearchIndex"] == "Search" && owners["Query"] == "Query" && owners["TopHits"] == "Search/Ranking")
    Self.expect(Self.violations(sources, rooms: true, Self.rooms), Self.roomExceptions, "its room")
    // No room may mention one that may mention it: the arrows of the table run one way.
    for (room, others) in Self.rooms {
      for other in others { #expect(Self.rooms[other]?.contains(room) == false, "\(room) and \(other)") }
    }
  }

  @Test func mentionsThatAreNotAllowedAreFound() {
    let sources = [
      Source(name: "A/One.swift", code: "struct One {\n  let two: Two\n}"),
      Source(name: "A/Inner/Two.swift", code: "struct Two {\n  struct Part {}\n}\nprivate struct Hidden {}"),
      Source(name: "A/Inner/Two+Parts.swift", code: "extension Two.Part {\n  var one: One { One() }\n}"),
      Source(name: "B/Three.swift", code: "enum Three {\n  case part(Part), hidden(Hidden), two(Two)\n}"),
    ]
    #expect(Self.owners(sources, rooms: true) == ["One": "A", "Two": "A/Inner", "Three": "B"])
    let folders = Self.violations(sources, rooms: false, ["A": [], "B": []])
    #expect(folders.map(\.mention) == ["B/Three.swift Two"] && folders.map(\.folder) == ["A"])
    #expect(Self.violations(sources, rooms: false, ["A": [], "B": ["A"]]).isEmpty)
    let rooms = Self.violations(sources, rooms: true, ["A": ["A/Inner"], "A/Inner": [], "B": ["A"]])
    #expect(rooms.map(\.mention) == ["A/Inner/Two+Parts.swift One", "B/Three.swift Two"])
  }

  @Test func onlyOneFileTalksToTheSystem() throws {
    let calls = try sources().filter { $0.code.contains(#/\b(?:open|mmap|munmap|fsync|flock|unlink|opendir|fstat)\(/#) }
    let imports = try sources().filter { $0.code.contains(#/\bimport (?:Foundation|Dispatch)\b/#) }
    #expect(calls.map(\.name).filter { $0.hasPrefix("Storage/") } == ["Storage/SystemCalls.swift"])
    #expect(imports.isEmpty)
  }
}
