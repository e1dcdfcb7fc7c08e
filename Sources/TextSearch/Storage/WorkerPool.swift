/// A fixed number of threads that run jobs, which start in the order of submission. The caller is one of the workers.
///
/// With one worker there is no thread: `submit` runs the job itself. If the system refuses to start a thread, the pool
/// works with fewer.
final class WorkerPool {
  /// Receives the number of the worker that runs it: jobs with equal numbers never run at the same time.
  typealias Job = @Sendable (_ worker: Int) -> Void

  /// What the threads share. They retain this, not the pool, so that releasing the pool can end them.
  private final class State: @unchecked Sendable {
    // Safe because: everything is read and changed while holding the monitor's lock.
    let monitor = SystemCalls.Monitor()
    /// Jobs that have not started, in the order of submission.
    var queue: [(ticket: Int, job: Job)] = []
    /// Tickets of jobs that are queued or running.
    var unfinished: Set<Int> = []
    var nextTicket = 0
    var isClosing = false

    /// Runs the first job of the queue. The caller holds the lock, which is released while the job runs.
    func runFirst(_ worker: Int) {
      let (ticket, job) = queue.removeFirst()
      monitor.unlock()
      job(worker)
      monitor.lock()
      unfinished.remove(ticket)
      monitor.wakeAll()
    }

    /// Runs jobs until the pool closes: the body of each thread.
    func work(_ worker: Int) {
      monitor.lock()
      while !isClosing {
        if queue.isEmpty { monitor.wait() } else { runFirst(worker) }
      }
      monitor.unlock()
    }
  }

  /// Exclusive upper bound of the workers' numbers; the caller is worker 0.
  let workers: Int
  private let state = State()
  private var threads: [SystemCalls.Thread] = []

  /// Starts the threads of a pool.
  ///
  /// - Parameter workers: the caller included; less than 1 is taken as 1.
  init(workers: Int) {
    self.workers = max(1, workers)
    for worker in 1..<max(1, workers) {
      let state = state
      if let thread = SystemCalls.startThread({ state.work(worker) }) { threads.append(thread) }
    }
  }

  /// Waits for the running jobs and drops the queued ones.
  deinit {
    state.monitor.lock()
    state.isClosing = true
    state.monitor.wakeAll()
    state.monitor.unlock()
    for thread in threads { SystemCalls.join(thread) }
  }

  /// Queues a job and returns the ticket to wait for it with.
  ///
  /// If more jobs are queued than there are threads, the caller runs the first of them before this returns.
  ///
  /// - Parameter callerHelps: false to return at once unless there are no threads.
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

  /// Blocks until a job is done, running queued jobs meanwhile.
  func wait(for ticket: Int) { help { $0.contains(ticket) } }

  /// Blocks until all of some jobs are done, running queued jobs meanwhile.
  func wait(for tickets: [Int]) { help { !$0.isDisjoint(with: tickets) } }

  /// Blocks until every job is done, running queued jobs meanwhile.
  func waitForAll() { help { !$0.isEmpty } }

  /// Runs queued jobs, or blocks, while `isNeeded` returns true for the unfinished tickets.
  private func help(while isNeeded: (Set<Int>) -> Bool) {
    state.monitor.lock()
    while isNeeded(state.unfinished) {
      if state.queue.isEmpty { state.monitor.wait() } else { state.runFirst(0) }
    }
    state.monitor.unlock()
  }
}
