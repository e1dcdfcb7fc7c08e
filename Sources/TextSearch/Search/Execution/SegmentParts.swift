import Synchronization

/// Collects what a search finds in each segment from several threads.
private final class SegmentParts<Part: Sendable>: Sendable {
  private let parts: Mutex<[Result<Part, SearchError>?]>

  init(_ count: Int) { parts = Mutex([Result<Part, SearchError>?](repeating: nil, count: count)) }

  func set(_ part: Result<Part, SearchError>, _ number: Int) { parts.withLock { $0[number] = part } }

  /// Returns the parts in the order of the segments.
  ///
  /// - Throws: the first error if there is any.
  func all() throws(SearchError) -> [Part] {
    var all: [Part] = []
    for part in parts.withLock({ $0 }) {
      if let part { all.append(try part.get()) }
    }
    return all
  }
}

extension IndexSnapshot {
  /// Runs `body` on every segment and returns its results in the order of the segments. Errors name the file.
  ///
  /// Blocks until all segments are done.
  ///
  /// - Parameter threads: upper limit; the caller's is one of them.
  func forEachSegment<Part: Sendable>(
    threads: Int, _ body: @escaping @Sendable (Int) throws(SearchError) -> Part
  ) throws(SearchError) -> [Part] {
    let named: @Sendable (Int) throws(SearchError) -> Part = { (number) throws(SearchError) in
      do throws(SearchError) {
        return try body(number)
      } catch {
        throw error.inFile(self.segments[number].path)
      }
    }
    guard threads > 1, segments.count > 1 else {
      var parts: [Part] = []
      for number in segments.indices { parts.append(try named(number)) }
      return parts
    }
    return try inParallel(threads, named)
  }

  private func inParallel<Part: Sendable>(
    _ threads: Int, _ body: @escaping @Sendable (Int) throws(SearchError) -> Part
  ) throws(SearchError) -> [Part] {
    let parts = SegmentParts<Part>(segments.count)
    let pool = WorkerPool(workers: min(threads, segments.count))
    // The largest first: a thread that takes the last one is not to be waited for long.
    let order = segments.indices.sorted { segments[$0].documentCount > segments[$1].documentCount }
    for number in order {
      pool.submit(callerHelps: false) { _ in
        parts.set(Result { () throws(SearchError) in try body(number) }, number)
      }
    }
    pool.waitForAll()
    return try parts.all()
  }
}
