import TextSearch

/// Counts of what was read, and the problems.
package struct InputReport: Sendable {
  /// Number of files read.
  package var files = 0
  /// Number of documents read.
  package var documents = 0
  /// Size of the input in bytes.
  package var bytes = 0
  /// Size of all fields of the documents in bytes of UTF-8.
  package var textBytes = 0
  /// Number of byte sequences that are invalid in the encoding and were replaced.
  package var repairs = 0
  /// Number of documents with such sequences.
  package var repairedDocuments = 0
  /// Number of documents decoded by the fallback encoding.
  package var fallbackDocuments = 0
  /// Files in folders that were passed over, by kind: an extension with its point, empty for files without one.
  package var passedOver: [String: Int] = [:]
  /// The first problems, at most `maximumProblems`.
  package private(set) var problems: [InputProblem] = []
  /// Number of all problems.
  package private(set) var problemCount = 0

  /// Maximum number of problems that are kept.
  package static let maximumProblems = 1000

  /// Adds a problem.
  package mutating func note(_ problem: InputProblem) {
    problemCount += 1
    if problems.count < InputReport.maximumProblems { problems.append(problem) }
  }

  /// Number of files passed over.
  package var skippedFiles: Int { passedOver.values.reduce(0, +) }

  /// The kinds passed over with their numbers, the most frequent first: `2 .docx, 1 .png`; nil if there are none.
  package var passedOverText: String? {
    guard !passedOver.isEmpty else { return nil }
    let kinds = passedOver.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return kinds.map { "\($0.value) \($0.key.isEmpty ? "without extension" : $0.key)" }.joined(separator: ", ")
  }

  /// Number of files passed over of kinds that hold text: office documents, PDF, books and their like.
  package var lostTexts: Int { passedOver.reduce(0) { $0 + (InputReport.textKinds.contains($1.key) ? $1.value : 0) } }

  private static let textKinds: Set<String> = [
    ".doc", ".docx", ".odt", ".rtf", ".pdf", ".epub", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".tex", ".rst",
    ".adoc", ".asciidoc", ".org", ".xml", ".eml", ".mbox", ".pages", ".wpd",
  ]
}
