import Synchronization

/// Objects that the searches of one index share: analyzers, and the length norms of a ranking. Making them anew took longer than looking up
/// a rare word.
final class SearchTools: Sendable {
  /// Forms from which on an analyzer starts anew: queries may bring any number of words.
  private static let maximumForms = 1 << 14
  /// Maximum number of analyzers that are kept: one for each search that runs at the same time.
  private static let maximumAnalyzers = 64

  private let analyzers = Mutex<[AnalyzerBox]>([])
  private let lengthNorms = Mutex<KeptLengthNorms?>(nil)

  /// Runs `body` with an analyzer that no other thread uses meanwhile.
  func withAnalyzer<Result>(
    _ options: AnalyzerOptions, _ body: (inout Analyzer) throws(SearchError) -> Result
  ) throws(SearchError) -> Result {
    let box = analyzers.withLock { $0.popLast() } ?? AnalyzerBox(options)
    defer { giveBack(box) }
    return try body(&box.analyzer)
  }

  private func giveBack(_ box: AnalyzerBox) {
    if box.analyzer.forms.count > SearchTools.maximumForms { box.analyzer.forms.reset() }
    analyzers.withLock { kept in
      if kept.count < SearchTools.maximumAnalyzers { kept.append(box) }
    }
  }

  /// Returns the length norms of a ranking; those of the last ranking are kept.
  func lengthNorms(_ ranking: BM25, _ statistics: CollectionStatistics) -> LengthNorms {
    lengthNorms.withLock { kept in
      if let kept, kept.ranking == ranking, kept.statistics == statistics { return kept.values }
      let values = LengthNorms(ranking, statistics)
      kept = KeptLengthNorms(ranking: ranking, statistics: statistics, values: values)
      return values
    }
  }

  private struct KeptLengthNorms: Sendable {
    let ranking: BM25
    let statistics: CollectionStatistics
    let values: LengthNorms
  }
}

/// An analyzer that is handed from search to search.
private final class AnalyzerBox: @unchecked Sendable {
  // Safe because: taken out of the pool under its lock, so one thread at a time has it.
  var analyzer: Analyzer

  init(_ options: AnalyzerOptions) { analyzer = Analyzer(options) }
}
