import Synchronization

/// State that all threads of a search share: whether it has to end, and the minimum competitive score.
///
/// Searches read it every few blocks or words.
final class SearchControl: Sendable {
  private let canEnd: Bool
  private let deadline: ContinuousClock.Instant?
  private let cancellation: Cancellation?
  /// A further reason to end, for tests that end a search at each point in turn.
  private let interruption: (@Sendable () -> Bool)?
  private let ended = Atomic<Bool>(false)
  /// Bit pattern of the minimum competitive score. Bit patterns of floats that are not negative sort as their values do.
  private let minimumBits = Atomic<UInt32>(0)

  init(
    deadline: ContinuousClock.Instant?, _ cancellation: Cancellation?, _ interruption: (@Sendable () -> Bool)? = nil
  ) {
    canEnd = true
    self.deadline = deadline
    self.cancellation = cancellation
    self.interruption = interruption
  }

  /// A control that never ends the search.
  init() {
    canEnd = false
    (deadline, cancellation, interruption) = (nil, nil, nil)
  }

  /// Whether the results are partial because the search had to end.
  var hasEnded: Bool { ended.load(ordering: .relaxed) }

  /// Whether the search has to end now. If so, marks its results as partial, so it is called only where work is left.
  ///
  /// Only the thread that called the search sees that its task is cancelled; this thread always takes part in the search.
  func mustEnd() -> Bool {
    guard canEnd else { return false }
    if hasEnded { return true }
    guard shouldEnd else { return false }
    ended.store(true, ordering: .relaxed)
    return true
  }

  private var shouldEnd: Bool {
    if let cancellation, cancellation.isCancelled { return true }
    if let deadline, ContinuousClock.now >= deadline { return true }
    return Task.isCancelled || interruption?() == true
  }

  // MARK: Minimum competitive score

  /// The score below which no document of any segment can be a hit; `-infinity` while there is no such bound.
  var minimumCompetitiveScore: Float {
    let minimum = Float(bitPattern: minimumBits.load(ordering: .relaxed))
    return minimum > 0 ? minimum : -.infinity
  }

  /// Raises the minimum competitive score to `score`, which enough documents to fill the hits reach.
  func raiseMinimumCompetitiveScore(to score: Float) {
    if score > 0 { minimumBits.max(score.bitPattern, ordering: .relaxed) }
  }
}
