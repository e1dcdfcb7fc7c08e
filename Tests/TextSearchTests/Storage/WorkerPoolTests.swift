import Synchronization
import TestSupport
import Testing

@testable import TextSearch

/// Jobs run once each, begin in their order, and are done when the pool says so.
@Suite struct WorkerPoolTests {
  @Test(arguments: [0, 1, 2, 5])
  func everyJobRunsOnce(workers: Int) {
    let pool = WorkerPool(workers: workers)
    #expect(pool.workers == max(1, workers))
    let runs = (0..<200).map { _ in Counter() }
    for counter in runs { pool.submit { _ in counter.add(1) } }
    pool.waitForAll()
    #expect(runs.allSatisfy { $0.value == 1 })
  }

  @Test(arguments: 1...4)
  func aTicketIsDoneWhenItsJobIs(workers: Int) {
    let pool = WorkerPool(workers: workers)
    for _ in 0..<50 {
      let counter = Counter()
      let ticket = pool.submit { _ in counter.add(7) }
      pool.wait(for: ticket)
      #expect(counter.value == 7)
      pool.wait(for: ticket)
    }
  }

  @Test(arguments: 2...4)
  func noWorkerRunsTwoJobsAtOnce(workers: Int) {
    let pool = WorkerPool(workers: workers)
    let busy = (0..<workers).map { _ in Counter() }
    let clashes = Counter()
    for _ in 0..<300 {
      pool.submit { worker in
        if busy[worker].add(1) != 1 { clashes.add(1) }
        busy[worker].add(-1)
      }
    }
    pool.waitForAll()
    #expect(clashes.value == 0)
  }

  @Test(arguments: 1...4)
  func aPoolThatGoesWaitsForWhatRuns(workers: Int) {
    let (begun, ended) = (Counter(), Counter())
    var pool: WorkerPool? = WorkerPool(workers: workers)
    for _ in 0..<20 {
      pool?.submit { _ in
        begun.add(1)
        ended.add(1)
      }
    }
    pool = nil
    #expect(begun.value == ended.value)
    let after = begun.value
    #expect(after <= 20 && (workers > 1 || after == 20))
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .sequentiallyConsistent) }

    @discardableResult
    func add(_ number: Int) -> Int { count.wrappingAdd(number, ordering: .sequentiallyConsistent).newValue }
  }
}
