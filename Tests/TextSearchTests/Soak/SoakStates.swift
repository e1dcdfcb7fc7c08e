import Synchronization

@testable import TextSearch

/// What each generation holds, recorded by the writer and looked up by readers; and what the readers have found.
final class SoakStates: Sendable {
  private struct State {
    var models: [UInt64: SoakModel] = [:]
    var isOver = false
    var searches = 0
    var refreshes = 0
    var problems: [String] = []
  }

  private let state = Mutex(State())
  /// Generations that are remembered: a reader looks one up right after it has opened it.
  private static let kept: UInt64 = 256

  func announce(_ model: SoakModel, _ generation: UInt64) {
    state.withLock { state in
      state.models[generation] = model
      if generation > Self.kept { state.models[generation - Self.kept] = nil }
    }
  }

  func model(_ generation: UInt64) -> SoakModel? { state.withLock { $0.models[generation] } }

  var isOver: Bool { state.withLock { $0.isOver } }

  /// No more searches are begun.
  func end() { state.withLock { $0.isOver = true } }

  func note(searches: Int, refreshes: Int, problem: String?) {
    state.withLock { state in
      state.searches += searches
      state.refreshes += refreshes
      guard let problem else { return }
      state.problems.append(problem)
      state.isOver = true
    }
  }

  var found: (searches: Int, refreshes: Int, problems: [String]) {
    state.withLock { ($0.searches, $0.refreshes, $0.problems) }
  }
}
