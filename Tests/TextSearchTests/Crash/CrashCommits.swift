import TestSupport

@testable import TextSearch

/// Commits one after the other that a crash may come into: all kinds of files, written, replaced and removed.
enum CrashCommits: String, Sendable, CaseIterable, CustomStringConvertible {
  /// A new index, its replacement, one of many segments.
  case replacing
  /// Documents added, replaced and deleted; segments merged and compacted; attachments.
  case editing

  typealias Commit = @Sendable (inout SeededRandom, String) throws -> Void

  var description: String { rawValue }

  var commits: [Commit] {
    switch self {
    case .replacing: CrashCommits.replacements
    case .editing: CrashCommits.edits
    }
  }

  private static let replacements: [Commit] = [
    { random, path in try commit(path, RandomDocuments.make(6, &random, maximum: 12)) },
    { _, path in
      try commit(
        path, [Document(key: "x", body: "Un nouveau texte, hòa bình"), Document(key: "d1", body: "đối ngoại")])
    },
    { random, path in
      try commit(path, RandomDocuments.make(3, &random, maximum: 8), IndexOptions(segmentBudget: 0))
    },
    { _, path in try commit(path, [Document(key: "d2", title: "Fin", body: "La diplomatie en 2025")]) },
  ]

  private static let edits: [Commit] = [
    // Nine segments, eight of which are merged before they are committed.
    { random, path in
      try edit(path, segmentBudget: 0) { writer in
        for document in RandomDocuments.make(9, &random, maximum: 10) { try writer.add(document) }
      }
    },
    // Deletions by key and query, a replaced document, a second segment.
    { _, path in
      try edit(path, attachment: "avec pièce jointe") { writer in
        try writer.delete(key: "d2")
        try writer.add(Document(key: "d3", title: "Nouveau", body: "La diplomatie nouveau 2025"))
        try writer.add(Document(key: "n1", body: "hòa bình đối ngoại"))
        try writer.delete(matching: "thé")
      }
    },
    // More deletions from these segments: the old files of deletions go, and the attachment with them.
    { _, path in
      try edit(path) { writer in
        try writer.delete(key: "d5")
        try writer.delete(where: .equals("path", .keyword("p/6.txt")))
        try writer.delete(key: "n1")
        try writer.add(Document(key: "n2", body: "nouveau, hoa binh"))
      }
    },
    // Only the attachment changes.
    { _, path in try edit(path, attachment: "autre") { _ in } },
    // One segment in another order.
    { _, path in try edit(path) { writer in try writer.compact(reorder: true) } },
    // What is left of seven segments and the reordered one becomes one.
    { random, path in
      let key = "n2"
      try edit(path, segmentBudget: 0, attachment: "fin") { writer in
        for number in 0..<7 { try writer.add(Document(key: "m\(number)", body: "nouveau 2025 đối ngoại")) }
        try writer.delete(key: key)
      }
    },
    { _, path in try edit(path) { writer in try writer.compact() } },
  ]

  static func commit(
    _ path: String, _ documents: [Document], _ options: IndexOptions = IndexOptions(),
    mode: IndexWriter.Mode = .replace
  ) throws {
    let writer = try IndexWriter(path, options: options, mode: mode)
    for document in documents { try writer.add(document) }
    try writer.commit()
  }

  private static func edit(
    _ path: String, segmentBudget: Int = 1 << 26, attachment: String? = nil,
    _ body: (IndexWriter) throws -> Void
  ) throws {
    let writer = try IndexWriter(path, options: IndexOptions(segmentBudget: segmentBudget), mode: .append)
    // Little text needs temporary files then.
    writer.spoolBytes = 256
    try body(writer)
    try writer.commit(attachment: attachment.map { Array($0.utf8) })
  }
}
