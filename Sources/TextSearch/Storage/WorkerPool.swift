/// A few threads that run jobs in the order in which they come; the caller is one of the workers.
///
/// With one worker there is no thread: a job runs where it is submitted. A thread that the system refuses to start is
/// done without. Jobs are begun in their order, by each worker and by all together.
final class WorkerPool {
  /// Gets the number of the worker that runs it: two jobs with one number never run at the same time.
  typealias Job = @Sendable (_ worker: Int) -> Void

  /// What the threads share. They hold this, not the pool, so that the pool can go and end them.
  private final class State: @unchecked Sendable {
    // Safe because: everything is read and changed under the monitor's lock.
    let monitor = SystemCalls.Monitor()
    var queue: [(ticket: Int, job: Job)] = []
    /// Tickets of jobs that wait or run.
    var unfinished: Set<Int> = []
    var nextTicket = 0
    var isClosing = false

    /// Runs the first job of the queue; the lock is held before and after, not while it runs.
    func runFirst(_ worker: Int) {
      let (ticket, job) = queue.removeFirst()
      monitor.unlock()
      job(worker)
      monitor.lock()
      unfinished.remove(ticket)
      monitor.wakeAll()
    }

    /// What a thread does all its life.
    func work(_ worker: Int) {
      monitor.lock()
      while !isClosing {
        if queue.isEmpty { monitor.wait() } else { runFirst(worker) }
      }
      monitor.unlock()
    }
  }

  /// Numbers of workers are below this.
  let workers: Int
  private let state = State()
  private var threads: [SystemCalls.Thread] = []

  init(workers: Int) {
    self.workers = max(1, workers)
    for worker in 1..<max(1, workers) {
      let state = state
      if let thread = SystemCalls.startThread({ state.work(worker) }) { threads.append(thread) }
    }
  }

  /// Jobs that run are waited for; those that wait are forgotten.
  deinit {
    state.monitor.lock()
    state.isClosing = true
    state.monitor.wakeAll()
    state.monitor.unlock()
    for thread in threads { SystemCalls.join(thread) }
  }

  /// Has a job run; gives the ticket to wait for it. Where all threads are busy the caller works too, unless it has
  /// other things to do.
  @discardableResult
  func submit(callerHelps: Bool = true, _ job: @escaping Job) -> Int {
    state.monitor.lock()
    defer { state.monitor.unlock() }
    let ticket = state.nextTicket
    state.nextTicket += 1
    state.unfinished.insert(ticket)
    state.queue.append((ticket, job))
    state.monitor.wakeAll()
    if state.queue.count > threads.count, callerHelps || threads.isEmpty { state.runFirst(0) }
    return ticket
  }

  /// Waits until a job is done, working meanwhile.
  func wait(for ticket: Int) { help { $0.contains(ticket) } }

  /// Waits until some jobs are done, working meanwhile.
  func wait(for tickets: [Int]) { help { !$0.isDisjoint(with: tickets) } }

  /// Waits until every job is done, working meanwhile.
  func waitForAll() { help { !$0.isEmpty } }

  private func help(while isNeeded: (Set<Int>) -> Bool) {
    state.monitor.lock()
    while isNeeded(state.unfinished) {
      if state.queue.isEmpty { state.monitor.wait() } else { state.runFirst(0) }
    }
    state.monitor.unlock()
  }
}
