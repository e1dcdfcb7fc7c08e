import Synchronization

/// Objects that the searches of one index share: analyzers, and the length norms of a ranking. Making them anew took longer than looking up
/// a rare word.
final class SearchTools: Sendable {
  /// Forms from which on an analyzer starts anew: queries may bring any number of words.
  private static let maximumForms = 1 << 16
  /// Maximum number of analyzers that are kept: one for each search that runs at the same time.
  private static let maximumAnalyzers = 64

  private let analyzers = Mutex<[PooledAnalyzer]>([])
  private let lengthNorms = Mutex<KeptLengthNorms?>(nil)

  /// Takes an analyzer out of the pool; it belongs to the caller until it is given back.
  func takeAnalyzer(_ options: AnalyzerOptions) -> PooledAnalyzer {
    analyzers.withLock { $0.popLast() } ?? PooledAnalyzer(options)
  }

  /// Runs `body` with an analyzer that no other thread uses meanwhile.
  func withAnalyzer<Result>(
    _ options: AnalyzerOptions, _ body: (inout Analyzer) throws(SearchError) -> Result
  ) throws(SearchError) -> Result {
    let pooled = takeAnalyzer(options)
    defer { giveBack(pooled) }
    return try body(&pooled.analyzer)
  }

  /// Puts an analyzer back into the pool.
  func giveBack(_ pooled: PooledAnalyzer) {
    if pooled.analyzer.forms.count > SearchTools.maximumForms { pooled.reset() }
    analyzers.withLock { kept in
      if kept.count < SearchTools.maximumAnalyzers { kept.append(pooled) }
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

/// An analyzer that is handed from search to search, with hashes of the addresses of its forms: stems are computed once.
final class PooledAnalyzer: @unchecked Sendable {
  // Safe because: taken out of the pool under its lock, so one thread at a time has it.
  var analyzer: Analyzer
  private var hashes = GrowableBuffer<AddressHashes>(capacity: 0)

  /// The hashes of an address and of its language and key; both 0 where they are not known yet.
  struct AddressHashes: BitwiseCopyable {
    var address: UInt64 = 0
    var key: UInt64 = 0

    init() {}

    init(_ own: TermAddress) {
      // A hash of 0 is computed again each time.
      address = Checksum.of(own.bytes.span)
      key = Checksum.of(own.bytes.span.extracting(first: min(own.bytes.count, own.key.count + 2)))
    }
  }

  init(_ options: AnalyzerOptions) { analyzer = Analyzer(options) }

  /// Forgets all forms.
  func reset() {
    analyzer.forms.reset()
    hashes.reset(capacity: 0)
  }

  /// The hashes of the address that a token is posted at.
  @inline(__always)
  subscript(token: TokenBuffer.Token) -> AddressHashes {
    let code = Int(token.code)
    if code < hashes.count, hashes[code].address != 0 { return hashes[code] }
    return computeHashes(token, code)
  }

  private func computeHashes(_ token: TokenBuffer.Token, _ code: Int) -> AddressHashes {
    let own = AddressHashes(analyzer.address(form: token.form, kind: token.kind))
    if code >= hashes.count {
      hashes.append(repeating: AddressHashes(), count: max(code + 1, 2 * hashes.count) - hashes.count)
    }
    hashes[code] = own
    return own
  }
}
