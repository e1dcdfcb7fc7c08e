import Synchronization

/// Ends running searches from outside, from any thread. Searches take it as ``SearchOptions/cancellation``.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// A cancellation that has not been used yet.
  public init() {}

  /// Ends the searches with this cancellation soon, and all later ones; each returns the hits found so far.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether ``cancel()`` was called.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
