import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Eight readers beside a writer: every answer of every reader is what its snapshot's generation holds.
///
/// With `FTS_SOAK_SECONDS` it goes on for so long.
@Suite struct SoakTests {
  private static let readers = 8
  private static let seconds = ProcessInfo.processInfo.environment["FTS_SOAK_SECONDS"].flatMap(Double.init)

  @Test func everyAnswerIsThatOfItsGeneration() throws {
    let seed = Self.seconds == nil ? 2401 : UInt64(Date().timeIntervalSince1970)
    let index = try TestIndex()
    let states = SoakStates()
    let writer = try SoakWriter(index.path, states, seed: seed)
    let readers = (0..<Self.readers).map { Self.start(index.path, states, seed + 1 + UInt64($0)) }
    do { try Self.write(writer, states) } catch {
      states.note(searches: 0, refreshes: 0, problem: "the writer: \(error)")
    }
    states.end()
    for reader in readers { reader.wait() }
    let (found, counts) = (states.found, writer.counts)
    #expect(found.problems == [], "seed \(seed)")
    #expect(found.searches >= Self.readers && counts.commits > 20 && counts.merges > 0)
    #expect(try SearchIndex.verify(index.path).problems == [], "seed \(seed)")
    print("soak: seed \(seed), \(found.searches) searches, \(found.refreshes) refreshes, \(counts)")
  }

  private static func write(_ writer: SoakWriter, _ states: SoakStates) throws {
    guard let seconds else {
      for _ in 0..<600 { try writer.step() }
      return
    }
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end, !states.isOver { try writer.step() }
  }

  /// A reader on a thread of its own; signals when it ends.
  private static func start(_ path: String, _ states: SoakStates, _ seed: UInt64) -> DispatchSemaphore {
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      do { try read(path, states, SeededRandom(seed: seed)) } catch {
        states.note(searches: 0, refreshes: 0, problem: "a reader: \(error)")
      }
      done.signal()
    }
    return done
  }

  /// Searches a snapshot several times, moves on, and at times goes back to an old one.
  private static func read(_ path: String, _ states: SoakStates, _ random: SeededRandom) throws {
    var random = random
    var kept: [(index: SearchIndex, model: SoakModel)] = []
    repeat {
      let index = try random.integer(0...9) == 0 ? SearchIndex(path) : kept.last?.index.refreshed() ?? SearchIndex(path)
      // So slow that the generation is forgotten: the next one then.
      guard let model = states.model(index.generation) else { continue }
      kept.append((index, model))
      if kept.count > 4 { kept.removeFirst(random.integer(1...3)) }
      let searches = random.integer(1...8)
      var problem: String?
      for _ in 0..<searches where problem == nil {
        let (index, model) = kept[random.integer(0...2) == 0 ? random.integer(0...kept.count - 1) : kept.count - 1]
        let request = SoakModel.Request(&random)
        problem = try model.problem(request, in: index, limit: random.pick([1, 10, 1000])).map {
          "generation \(index.generation), \(request.text): \($0)"
        }
      }
      states.note(searches: searches, refreshes: 1, problem: problem)
    } while !states.isOver
  }
}
