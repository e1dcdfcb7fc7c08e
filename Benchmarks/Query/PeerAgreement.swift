/// How far our hits are those of a peer.
///
/// The scores are those of one formula, but every engine rounds the lengths of documents in its own way (one byte each;
/// ours keep them to 10 %, Lucene's and Tantivy's to 12.5 %), so that documents of about the same score change places. A
/// hit that the peer does not have counts as its own if it scores as much as our last one, to a thousandth: which of
/// equals come in is settled by the order of the documents.
///
/// The peers do not rank what a prefix finds: of these only the totals count.
///
/// Totals are the same but for what is a word: ours reads initials (`M.E.P.`) as one. About the same is within 2 documents
/// or 1 %.
struct PeerAgreement {
  private let measurements: [QueryMeasurement]
  private let peer: String
  private let place: Int

  /// What our hits and the peer's must have in common, on average of a class, where both find words alike.
  static let minimumOverlap = 0.9
  /// The part of the exact totals that may be others, and how many may be in any case.
  static let maximumOtherTotals = (part: 0.03, count: 3)
  /// Peers whose words are ours.
  static let strict = ["lucene"]

  init(_ measurements: [QueryMeasurement], peer: String) {
    self.measurements = measurements
    self.peer = peer
    place = measurements.first?.engines.firstIndex(of: peer) ?? 0
  }

  func check() throws {
    print("hits beside those of \(peer): part in common, the same with ties, totals that are the same, about the same")
    for measurement in measurements {
      let figures = Figures(measurement, place)
      guard figures.compared > 0 else { continue }
      print(
        "  " + measurement.group.rawValue.padding(18)
          + "\(fixed(figures.overlap, 3))  \(fixed(figures.tiedOverlap, 3))  \(figures.equalTotals), \(figures.nearTotals) of \(figures.exactTotals)"
          + (figures.differing.map { ", not \($0)" } ?? ""))
      guard PeerAgreement.strict.contains(peer), figures.compared >= 20 else { continue }
      // A prefix scores nothing in the peers: only what matches can be compared.
      try require(
        measurement.group.kind == .prefix || figures.tiedOverlap >= PeerAgreement.minimumOverlap,
        "\(measurement.group.rawValue): other hits than \(peer)")
      try require(
        figures.exactTotals - figures.nearTotals <= PeerAgreement.maximumOther(of: figures.exactTotals),
        "\(measurement.group.rawValue): other totals than \(peer)")
    }
  }

  private static func maximumOther(of totals: Int) -> Int {
    max(maximumOtherTotals.count, Int(maximumOtherTotals.part * Double(totals)))
  }

  private struct Figures {
    var overlap = 0.0
    var tiedOverlap = 0.0
    var compared = 0
    var exactTotals = 0
    var equalTotals = 0
    var nearTotals = 0
    /// The query whose totals differ most, with both.
    var differing: String?
    private var greatestDifference = 0

    init(_ measurement: QueryMeasurement, _ peer: Int) {
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
      if difference > greatestDifference {
        greatestDifference = difference
        differing = "'\(query.text)' (\(own), \(total))"
      }
    }

    /// The part of our hits that are the peer's too.
    private static func overlap(_ ours: QueryAnswer, _ theirs: QueryAnswer, tied: Bool) -> Double {
      guard let last = ours.scores.last else { return theirs.keys.isEmpty ? 1 : 0 }
      let known = Set(theirs.keys)
      let common = zip(ours.keys, ours.scores).filter { key, score in
        known.contains(key) || tied && theirs.keys.count == ours.keys.count && score <= last * 1.001
      }
      return Double(common.count) / Double(ours.keys.count)
    }
  }
}
