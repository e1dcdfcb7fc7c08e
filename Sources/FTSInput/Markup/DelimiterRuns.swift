/// The runs of `*`, `_` and `~` in a text, and which of their signs are marks of emphasis (CommonMark 0.31, section 6.2;
/// strikethrough of GFM).
struct DelimiterRuns {
  /// A run of equal signs.
  private struct Run {
    let sign: Unicode.Scalar
    /// Offset of its first sign.
    let start: Int
    let count: Int
    let opens: Bool
    let closes: Bool
    /// Number of signs at its start and at its end that are marks.
    var usedAtStart = 0
    var usedAtEnd = 0
    var remaining: Int { count - usedAtStart - usedAtEnd }
  }

  private var runs: [Run] = []
  /// The runs that may still open, and for each kind of closer the least run that may open it: what lies before was
  /// searched in vain.
  private var openers: [Int] = []
  private var bottoms: [String: Int] = [:]

  /// Number of runs.
  var count: Int { runs.count }

  /// Appends a run.
  ///
  /// - Parameter neighbours: the scalars before and behind it.
  mutating func append(
    _ sign: Unicode.Scalar, at start: Int, count: Int,
    between neighbours: (before: Unicode.Scalar, after: Unicode.Scalar)
  ) {
    let (before, after) = neighbours
    let isLeft = DelimiterRuns.flanks(after, before)
    let isRight = DelimiterRuns.flanks(before, after)
    let isUnderscore = sign == "_"
    let opens = isLeft && (!isUnderscore || !isRight || DelimiterRuns.isPunctuation(before))
    let closes = isRight && (!isUnderscore || !isLeft || DelimiterRuns.isPunctuation(after))
    runs.append(Run(sign: sign, start: start, count: count, opens: opens, closes: closes))
  }

  /// Pairs the runs from `first` on, the innermost first, and forgets them; returns the ranges of the marks.
  mutating func pair(from first: Int) -> [Range<Int>] {
    (openers, bottoms) = ([], [:])
    for closer in first..<max(first, runs.count) {
      if runs[closer].closes { close(closer, from: first) }
      if runs[closer].opens, runs[closer].remaining > 0 { openers.append(closer) }
    }
    var marks: [Range<Int>] = []
    for run in runs[first...] {
      if run.usedAtStart > 0 { marks.append(run.start..<run.start + run.usedAtStart) }
      if run.usedAtEnd > 0 { marks.append(run.start + run.count - run.usedAtEnd..<run.start + run.count) }
    }
    runs.removeSubrange(first...)
    return marks
  }

  /// Pairs one closer with its openers.
  private mutating func close(_ closer: Int, from first: Int) {
    let run = runs[closer]
    let kind = "\(run.sign)\(run.opens)\(run.count % 3)"
    while runs[closer].remaining > 0 {
      let bottom = bottoms[kind] ?? first
      guard let position = openers.lastIndex(where: { $0 < bottom || matches($0, closer) }),
        openers[position] >= bottom
      else {
        bottoms[kind] = closer
        return
      }
      let opener = openers[position]
      let used = min(2, runs[opener].remaining, runs[closer].remaining)
      if run.sign == "~", used < 2 { return }
      runs[opener].usedAtEnd += used
      runs[closer].usedAtStart += used
      let firstGone = runs[opener].remaining > 0 ? position + 1 : position
      openers.removeSubrange(firstGone..<openers.count)
    }
  }

  /// Whether a run can open what another closes.
  private func matches(_ opener: Int, _ closer: Int) -> Bool {
    let (one, other) = (runs[opener], runs[closer])
    guard one.sign == other.sign else { return false }
    if one.sign == "~" { return one.count == other.count }
    // A run that can do both needs a sum that is no multiple of three.
    if !one.closes, !other.opens { return true }
    return (one.count + other.count) % 3 != 0 || one.count % 3 == 0 && other.count % 3 == 0
  }

  // MARK: Flanks

  /// Whether a run beside `inner` is left-flanking; with the scalars exchanged, right-flanking.
  private static func flanks(_ inner: Unicode.Scalar, _ outer: Unicode.Scalar) -> Bool {
    if isSpace(inner) { return false }
    return !isPunctuation(inner) || isSpace(outer) || isPunctuation(outer)
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar.isMarkupSpace : scalar.properties.isWhitespace
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.isASCIIPunctuation }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      return true
    default: return false
    }
  }
}
