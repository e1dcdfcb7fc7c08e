import TextSearch

/// Replaces documents one by one in a committed index.
struct UpdateRun {
  private let documents: Int
  private let documentsPerCommit: Int
  private let summary: IndexSummary
  private let seconds: Double
  /// Milliseconds of each commit, ascending.
  private let commits: [Double]

  /// Replaces `count` documents.
  ///
  /// - Parameter documentsPerCommit: documents that are committed together.
  init(_ path: String, _ replacements: inout Replacements, count: Int, documentsPerCommit: Int) throws {
    let writer = try IndexWriter(appendingTo: path)
    let before = try SearchIndex(path).summary.documents
    var commits: [Double] = []
    let start = SystemCalls.nanoseconds()
    for number in 1...count {
      try writer.add(replacements.next())
      guard number % documentsPerCommit == 0 || number == count else { continue }
      let start = SystemCalls.nanoseconds()
      try writer.commit()
      commits.append(Double(SystemCalls.nanoseconds() - start) / 1e6)
    }
    seconds = Double(SystemCalls.nanoseconds() - start) / 1e9
    summary = try SearchIndex(path).summary
    try require(summary.documents == before, "\(summary.documents) documents after replacing some of \(before)")
    self.documents = count
    self.documentsPerCommit = documentsPerCommit
    self.commits = commits.sorted()
  }

  func print() {
    let percentiles = [50, 99, 100].compactMap { QueryMeasurement.percentile($0, of: commits) }
    Swift.print(
      "  \(documents) documents, a commit each \(documentsPerCommit): \(fixed(Double(documents) / seconds, 0)) a second; "
        + "commit, ms, p50, p99, maximum: \(percentiles.map { fixed($0, 2) }.joined(separator: ", ")); "
        + "then \(summary.segments) segments, \(summary.bytes) bytes")
  }
}
