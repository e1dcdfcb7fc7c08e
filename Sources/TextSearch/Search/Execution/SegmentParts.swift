import Synchronization

/// Collects what a search finds in each part from several threads.
private final class SegmentParts<Part: Sendable>: Sendable {
  private let parts: Mutex<[Result<Part, SearchError>?]>

  init(_ count: Int) { parts = Mutex([Result<Part, SearchError>?](repeating: nil, count: count)) }

  func set(_ part: Result<Part, SearchError>, _ number: Int) { parts.withLock { $0[number] = part } }

  /// Returns what was found, in order.
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
    let all = segments.indices.map { SegmentPart(segment: $0, documents: 0..<segments[$0].documentCount) }
    return try forEach(all, threads: threads) { (part) throws(SearchError) in try body(part.segment) }
  }

  /// Runs `body` on every part and returns its results in their order. Errors name the file.
  ///
  /// Blocks until all parts are done.
  ///
  /// - Parameter threads: upper limit; the caller's is one of them.
  func forEach<Part: Sendable>(
    _ parts: [SegmentPart], threads: Int, _ body: @escaping @Sendable (SegmentPart) throws(SearchError) -> Part
  ) throws(SearchError) -> [Part] {
    let named: @Sendable (SegmentPart) throws(SearchError) -> Part = { (part) throws(SearchError) in
      do throws(SearchError) {
        return try body(part)
      } catch {
        throw error.inFile(self.segments[part.segment].path)
      }
    }
    guard threads > 1, parts.count > 1 else {
      var found: [Part] = []
      for part in parts { found.append(try named(part)) }
      return found
    }
    return try inParallel(parts, threads, named)
  }

  private func inParallel<Part: Sendable>(
    _ parts: [SegmentPart], _ threads: Int, _ body: @escaping @Sendable (SegmentPart) throws(SearchError) -> Part
  ) throws(SearchError) -> [Part] {
    let found = SegmentParts<Part>(parts.count)
    let pool = WorkerPool(workers: min(threads, parts.count))
    // The largest first: a thread that takes the last one is not to be waited for long.
    let order = parts.indices.sorted { parts[$0].documents.count > parts[$1].documents.count }
    for number in order {
      pool.submit(callerHelps: false) { _ in
        found.set(Result { () throws(SearchError) in try body(parts[number]) }, number)
      }
    }
    pool.waitForAll()
    return try found.all()
  }
}
