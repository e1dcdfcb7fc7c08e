@testable import TextSearch

extension IndexWriter {
  /// Opens an index to append to it with its own options, but segments of few documents.
  convenience init(appendingTo path: String, segmentBudget: Int) throws(SearchError) {
    let settings = try IndexSnapshot.open(path).manifest.settings
    guard let analyzer = AnalyzerOptions(fingerprint: settings.fingerprint) else {
      throw .unsupportedAnalyzer(file: path, fingerprint: settings.fingerprint)
    }
    var options = IndexOptions(
      settings, analyzer: analyzer, memoryBudget: IndexOptions().memoryBudget, threads: 1)
    options.segmentBudget = segmentBudget
    try self.init(path, options: options, mode: .append)
  }
}
