import Synchronization
import TextSearch

/// How many searches of one index are done in a second by several threads together.
enum QueryThroughput {
  static let threads = [1, 2]
  private static let seconds = 0.5
  private static let rounds = 3

  /// The best of a few rounds, for each number of threads in turns.
  static func perSecond(_ index: SearchIndex, _ queries: [String]) throws -> [Double] {
    var best = [Double](repeating: 0, count: threads.count)
    if queries.isEmpty { return best }
    for _ in 0..<rounds {
      for (place, threads) in threads.enumerated() {
        best[place] = max(best[place], try perSecond(index, queries, threads))
      }
    }
    return best
  }

  private final class Counts: Sendable {
    let searches = Atomic<Int>(0)
    let failures = Atomic<Int>(0)
  }

  private static func perSecond(_ index: SearchIndex, _ queries: [String], _ threads: Int) throws -> Double {
    let counts = Counts()
    let start = SystemCalls.nanoseconds()
    let end = start + UInt64(seconds * 1e9)
    let work: @Sendable (Int) -> Void = { first in
      var next = first
      while SystemCalls.nanoseconds() < end {
        let found = try? index.topHits(queries[next % queries.count], SearchOptions(makesSnippets: false))
        if found?.hits.isEmpty ?? true { counts.failures.add(1, ordering: .relaxed) }
        counts.searches.add(1, ordering: .relaxed)
        next += 1
      }
    }
    var running: [SystemCalls.Thread] = []
    for thread in 1..<threads {
      guard let started = SystemCalls.startThread({ work(thread * queries.count / threads) }) else {
        throw WrongAnswer(description: "no thread")
      }
      running.append(started)
    }
    work(0)
    for thread in running { SystemCalls.join(thread) }
    let failures = counts.failures.load(ordering: .relaxed)
    try require(failures == 0, "\(failures) searches found nothing")
    return Double(counts.searches.load(ordering: .relaxed)) / (Double(SystemCalls.nanoseconds() - start) / 1e9)
  }
}
