/// Something in an index's files that contradicts the format or itself.
public struct IndexProblem: Sendable, Equatable, CustomStringConvertible {
  /// Path of the file.
  public let file: String
  /// Name of the section, or of the part of the file.
  public let section: String
  /// Bytes from the beginning of the section.
  public let offset: Int
  public let reason: String

  public var description: String { "\(file): section \(section), offset \(offset): \(reason)" }
}

/// What ``SearchIndex/verify(_:)`` has found.
public struct IndexVerification: Sendable, Equatable {
  public let problems: [IndexProblem]
  /// Segments, documents and bytes that were read.
  public let segments: Int
  public let documents: Int
  public let bytes: Int

  public var isIntact: Bool { problems.isEmpty }
}

/// Collects the problems of one file.
struct Findings {
  let file: String
  private(set) var problems: [IndexProblem] = []

  init(_ file: String) { self.file = file }

  mutating func add(_ section: StaticString, _ offset: Int, _ reason: String) {
    problems.append(IndexProblem(file: file, section: section.description, offset: offset, reason: reason))
  }

  mutating func add(_ error: SearchError) {
    switch error {
    case .corrupt(_, let section, let offset, let reason):
      problems.append(IndexProblem(file: file, section: section, offset: offset, reason: reason))
    case .unsupportedVersion(_, let found, let supported):
      add("header", SegmentLayout.versionOffset, "version \(found), not \(supported)")
    default:
      add("file", 0, error.description)
    }
  }

  /// Runs a check that ends at its first problem; whether there was none.
  @discardableResult
  mutating func check(_ body: () throws(SearchError) -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      add(error)
      return false
    }
  }
}
