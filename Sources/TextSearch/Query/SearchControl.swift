import Synchronization

/// What a search, in all of its threads, looks at every few blocks or words: whether it has to end, and which score the hits
/// of all segments have reached.
final class SearchControl: Sendable {
  private let canEnd: Bool
  private let deadline: ContinuousClock.Instant?
  private let cancellation: Cancellation?
  /// Asked too, for tests that end a search at one point after the other.
  private let question: (@Sendable () -> Bool)?
  private let ended = Atomic<Bool>(false)
  /// The bits of the floor: those of numbers that are not negative are in the order of the numbers.
  private let floorBits = Atomic<UInt32>(0)

  init(
    deadline: ContinuousClock.Instant?, _ cancellation: Cancellation?, _ question: (@Sendable () -> Bool)? = nil
  ) {
    canEnd = true
    self.deadline = deadline
    self.cancellation = cancellation
    self.question = question
  }

  /// Of a search that nothing ends.
  init() {
    canEnd = false
    (deadline, cancellation, question) = (nil, nil, nil)
  }

  /// Something was left out, as the search had to end.
  var hasEnded: Bool { ended.load(ordering: .relaxed) }

  /// Whether the search has to end now. Asked only where there is something left to do: once it has to, it is partial.
  ///
  /// That a task is cancelled is seen by the thread that the search was called on, which is one of those that work.
  func mustEnd() -> Bool {
    guard canEnd else { return false }
    if hasEnded { return true }
    guard isAskedToEnd else { return false }
    ended.store(true, ordering: .relaxed)
    return true
  }

  private var isAskedToEnd: Bool {
    if let cancellation, cancellation.isCancelled { return true }
    if let deadline, ContinuousClock.now >= deadline { return true }
    return Task.isCancelled || question?() == true
  }

  // MARK: Floor

  /// Hits with a lower score are not wanted.
  var floor: Float {
    let floor = Float(bitPattern: floorBits.load(ordering: .relaxed))
    return floor > 0 ? floor : -.infinity
  }

  /// As many hits as are wanted score at least so much.
  func raiseFloor(to score: Float) {
    if score > 0 { floorBits.max(score.bitPattern, ordering: .relaxed) }
  }
}
