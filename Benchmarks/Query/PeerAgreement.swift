/// Agreement of our hits and totals with those of a peer.
///
/// All engines use one formula, but each rounds document lengths to one byte in its own way (ours to 10 %, Lucene's and
/// Tantivy's to 12.5 %), so that documents of nearly equal scores are ranked differently. A hit that the peer lacks is
/// treated as common if its score is that of our last hit, to a thousandth: among ties the order is arbitrary.
///
/// The peers do not score the matches of a prefix: only its totals are compared.
///
/// Totals are equal but for tokenization: initials (`M.E.P.`) are one word of ours. Nearly equal means within 2 documents
/// or 1 %.
struct PeerAgreement {
  private let measurements: [QueryMeasurement]
  private let peer: String
  /// Index of the peer among the engines.
  private let engine: Int

  /// Minimum fraction of common hits, on average of a class, for peers of `strict`.
  static let minimumOverlap = 0.9
  /// Maximum number of exact totals that are not nearly equal: a fraction of all, but at least `count`.
  static let maximumOtherTotals = (fraction: 0.03, count: 3)
  /// Peers that tokenize like ours: only they must agree.
  static let strict = ["lucene"]

  init(_ measurements: [QueryMeasurement], peer: String) {
    self.measurements = measurements
    self.peer = peer
    engine = measurements.first?.engines.firstIndex(of: peer) ?? 0
  }

  /// Prints the agreement by class.
  ///
  /// - Throws: ``WrongAnswer`` if a peer of `strict` does not agree.
  func check() throws {
    print("hits compared with \(peer): fraction in common, with ties; totals equal, nearly equal")
    for measurement in measurements {
      let figures = Figures(measurement, peer: engine)
      guard figures.compared > 0 else { continue }
      print(
        "  " + measurement.group.rawValue.padding(18)
          + "\(fixed(figures.overlap, 3))  \(fixed(figures.tiedOverlap, 3))  \(figures.equalTotals), \(figures.nearTotals) of \(figures.exactTotals)"
          + (figures.differing.map { ", not \($0)" } ?? ""))
      guard PeerAgreement.strict.contains(peer), figures.compared >= 20 else { continue }
      // In the peers every match of a prefix has the same score: only totals can be compared.
      try require(
        measurement.group.kind == .prefix || figures.tiedOverlap >= PeerAgreement.minimumOverlap,
        "\(measurement.group.rawValue): other hits than \(peer)")
      try require(
        figures.exactTotals - figures.nearTotals <= PeerAgreement.maximumOther(of: figures.exactTotals),
        "\(measurement.group.rawValue): other totals than \(peer)")
    }
  }

  private static func maximumOther(of totals: Int) -> Int {
    max(maximumOtherTotals.count, Int(maximumOtherTotals.fraction * Double(totals)))
  }

  /// Agreement in one class of queries.
  private struct Figures {
    /// Mean fraction of our hits that the peer has too.
    var overlap = 0.0
    /// Mean fraction, with ties treated as common.
    var tiedOverlap = 0.0
    /// Queries that both have answered.
    var compared = 0
    /// Queries whose totals are exact in both engines.
    var exactTotals = 0
    var equalTotals = 0
    var nearTotals = 0
    /// The query whose totals differ most, with both.
    var differing: String?
    private var maximumDifference = 0

    init(_ measurement: QueryMeasurement, peer: Int) {
      for (number, query) in measurement.queries.enumerated() {
        guard let ours = measurement.answers[0][number], let theirs = measurement.answers[peer][number] else {
          continue
        }
        compared += 1
        overlap += Figures.overlap(ours, theirs, tied: false)
        tiedOverlap += Figures.overlap(ours, theirs, tied: true)
        guard ours.isExact, theirs.isExact, let total = theirs.total, let own = ours.total else { continue }
        add(own, total, query)
      }
      overlap /= Double(max(1, compared))
      tiedOverlap /= Double(max(1, compared))
    }

    private mutating func add(_ own: Int, _ total: Int, _ query: BenchmarkQuery) {
      let difference = abs(own - total)
      exactTotals += 1
      if difference == 0 { equalTotals += 1 }
      if difference <= max(2, total / 100) { nearTotals += 1 }
      if difference > maximumDifference {
        maximumDifference = difference
        differing = "'\(query.text)' (\(own), \(total))"
      }
    }

    /// Returns the fraction of our hits that are the peer's too.
    ///
    /// - Parameter tied: whether hits that score like our last one are treated as common.
    private static func overlap(_ ours: QueryAnswer, _ theirs: QueryAnswer, tied: Bool) -> Double {
      guard let last = ours.scores.last else { return theirs.keys.isEmpty ? 1 : 0 }
      let peerKeys = Set(theirs.keys)
      let common = zip(ours.keys, ours.scores).filter { key, score in
        peerKeys.contains(key) || tied && theirs.keys.count == ours.keys.count && score <= last * 1.001
      }
      return Double(common.count) / Double(ours.keys.count)
    }
  }
}
