/// The problems found in one file.
struct Findings {
  /// Path of the file.
  let file: String
  private(set) var problems: [IndexProblem] = []

  init(_ file: String) { self.file = file }

  /// Adds a problem at an offset of a section.
  mutating func add(_ section: StaticString, _ offset: Int, _ reason: String) {
    problems.append(IndexProblem(file: file, section: section.description, offset: offset, reason: reason))
  }

  /// Adds an error as a problem.
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

  /// Runs a check that throws at its first problem, and adds that.
  ///
  /// - Returns: whether there was no problem.
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
