import Synchronization

/// State that all threads of a search share: whether it has to end, and the score that hits must reach.
///
/// Searches look at it every few blocks or words.
final class SearchControl: Sendable {
  private let canEnd: Bool
  private let deadline: ContinuousClock.Instant?
  private let cancellation: Cancellation?
  /// Checked too, for tests that end a search at one point after the other.
  private let interruption: (@Sendable () -> Bool)?
  private let ended = Atomic<Bool>(false)
  /// Bits of the minimum competitive score: those of numbers that are not negative are in the order of the numbers.
  private let minimumBits = Atomic<UInt32>(0)

  init(
    deadline: ContinuousClock.Instant?, _ cancellation: Cancellation?, _ interruption: (@Sendable () -> Bool)? = nil
  ) {
    canEnd = true
    self.deadline = deadline
    self.cancellation = cancellation
    self.interruption = interruption
  }

  /// The control of a search that nothing ends.
  init() {
    canEnd = false
    (deadline, cancellation, interruption) = (nil, nil, nil)
  }

  /// Something was left out, as the search had to end.
  var hasEnded: Bool { ended.load(ordering: .relaxed) }

  /// Whether the search has to end now. Called only where there is something left to do: once it has to, it is partial.
  ///
  /// That a task is cancelled is seen by the thread that the search was called on, which is one of those that work.
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

  /// Documents with a lower score cannot be hits, whatever segment they are in; `-infinity` while that is not known.
  var minimumCompetitiveScore: Float {
    let minimum = Float(bitPattern: minimumBits.load(ordering: .relaxed))
    return minimum > 0 ? minimum : -.infinity
  }

  /// Notes that as many hits as are wanted score at least `score`.
  func raiseMinimumCompetitiveScore(to score: Float) {
    if score > 0 { minimumBits.max(score.bitPattern, ordering: .relaxed) }
  }
}
