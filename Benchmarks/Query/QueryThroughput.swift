import Synchronization
import TextSearch

/// Throughput of one index: searches a second of several threads together.
enum QueryThroughput {
  /// Numbers of threads that are measured.
  static let threads = [1, 2]
  private static let seconds = 0.5
  private static let rounds = 3

  /// Returns the highest throughput of a few rounds for each number of threads, measured in turns.
  static func perSecond(_ index: SearchIndex, _ queries: [String]) throws -> [Double] {
    var best = [Double](repeating: 0, count: threads.count)
    if queries.isEmpty { return best }
    for _ in 0..<rounds {
      for (number, threads) in threads.enumerated() {
        best[number] = max(best[number], try perSecond(index, queries, threads))
      }
    }
    return best
  }

  /// Counters that all threads share.
  private final class Counts: Sendable {
    let searches = Atomic<Int>(0)
    let failures = Atomic<Int>(0)
  }

  /// Returns the searches a second of one round.
  ///
  /// - Throws: ``WrongAnswer`` if a search fails or finds nothing.
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
