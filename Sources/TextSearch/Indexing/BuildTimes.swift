/// Where the time of a build goes: nanoseconds of each stage, summed over the threads.
public struct BuildTimes: Sendable, Equatable, BitwiseCopyable {
  /// Texts to tokens.
  public internal(set) var analyze: UInt64 = 0
  /// Tokens to the log, compounds, copies of stored texts.
  public internal(set) var invert: UInt64 = 0
  /// Documents by key, terms by address, occurrences by term.
  public internal(set) var sort: UInt64 = 0
  /// Occurrences to posting lists, posting lists to the dictionary.
  public internal(set) var encode: UInt64 = 0
  /// Sections to the file and the file to the disk; of one thread.
  public internal(set) var write: UInt64 = 0

  static func += (total: inout BuildTimes, part: BuildTimes) {
    total.analyze += part.analyze
    total.invert += part.invert
    total.sort += part.sort
    total.encode += part.encode
    total.write += part.write
  }
}

/// Adds up what the jobs of each worker take.
final class JobTimes: @unchecked Sendable {
  // Safe because: a worker changes its own element only; it is read when no job runs.
  private let times: SharedTable<BuildTimes>
  private let workers: Int

  init(workers: Int) {
    self.workers = workers
    times = SharedTable(count: workers)
    for worker in 0..<workers { times[worker] = BuildTimes() }
  }

  func measure(_ stage: WritableKeyPath<BuildTimes, UInt64>, _ worker: Int, _ body: () -> Void) {
    let start = SystemCalls.nanoseconds()
    body()
    times[worker][keyPath: stage] += SystemCalls.nanoseconds() &- start
  }

  /// What the caller itself does, while no job of its own runs.
  func measure(
    _ stage: WritableKeyPath<BuildTimes, UInt64>, _ body: () throws(SearchError) -> Void
  ) throws(SearchError) {
    let start = SystemCalls.nanoseconds()
    defer { add(stage, SystemCalls.nanoseconds() &- start) }
    try body()
  }

  /// Adds what the caller itself took, while no job of its own runs.
  func add(_ stage: WritableKeyPath<BuildTimes, UInt64>, _ nanoseconds: UInt64) {
    times[0][keyPath: stage] += nanoseconds
  }

  var total: BuildTimes {
    (0..<workers).reduce(into: BuildTimes()) { $0 += times[$1] }
  }
}
