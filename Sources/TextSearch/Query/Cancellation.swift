import Synchronization

/// Ends searches from outside: whoever waits for them has gone. Given to searches as ``SearchOptions/cancellation``, and safe
/// to use from any thread.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  /// Ends the searches that this was given to, and all later ones, soon: each gives what it has found.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
