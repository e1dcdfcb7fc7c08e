/// The time of a build by stage: nanoseconds, summed over the threads.
public struct BuildTimes: Sendable, Equatable, BitwiseCopyable {
  /// Turning texts into tokens. The time of a batch is divided between this and `invert` by a sample of its documents.
  public internal(set) var analyze: UInt64 = 0
  /// Appending tokens to the log, finding compounds, copying texts to be stored.
  public internal(set) var invert: UInt64 = 0
  /// Sorting documents by key, terms by address, occurrences by term.
  public internal(set) var sort: UInt64 = 0
  /// Encoding posting lists and building the dictionary.
  public internal(set) var encode: UInt64 = 0
  /// Writing the sections to the file and the file to the disk; of one thread.
  public internal(set) var write: UInt64 = 0

  /// Adds the times of each stage.
  static func += (total: inout BuildTimes, part: BuildTimes) {
    total.analyze += part.analyze
    total.invert += part.invert
    total.sort += part.sort
    total.encode += part.encode
    total.write += part.write
  }
}

/// Sums the times of the jobs of each worker.
final class JobTimes: @unchecked Sendable {
  // Safe because: a worker changes its own element only, and the elements are read when no job runs.
  private let times: SharedTable<BuildTimes>
  private let workers: Int

  /// Creates times of 0 for a number of workers.
  init(workers: Int) {
    self.workers = workers
    times = SharedTable(count: workers)
    for worker in 0..<workers { times[worker] = BuildTimes() }
  }

  /// Runs `body` in a job of a worker and adds its time to a stage.
  func measure(_ stage: WritableKeyPath<BuildTimes, UInt64>, _ worker: Int, _ body: () -> Void) {
    let start = SystemCalls.nanoseconds()
    body()
    times[worker][keyPath: stage] += SystemCalls.nanoseconds() &- start
  }

  /// Runs `body` in the calling thread, which runs no job meanwhile, and adds its time to a stage.
  func measure(
    _ stage: WritableKeyPath<BuildTimes, UInt64>, _ body: () throws(SearchError) -> Void
  ) throws(SearchError) {
    let start = SystemCalls.nanoseconds()
    defer { add(stage, SystemCalls.nanoseconds() &- start) }
    try body()
  }

  /// Adds time of the calling thread, which ran no job meanwhile, to a stage.
  func add(_ stage: WritableKeyPath<BuildTimes, UInt64>, _ nanoseconds: UInt64) {
    times[0][keyPath: stage] += nanoseconds
  }

  /// The sum over all workers.
  var total: BuildTimes {
    (0..<workers).reduce(into: BuildTimes()) { $0 += times[$1] }
  }
}
