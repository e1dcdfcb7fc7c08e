extension IndexWriter {
  /// Merges all segments into one without the deleted documents. Once `commit` returns, the files of the index hold
  /// nothing of them.
  ///
  /// - Parameter reorder: whether to number documents that share words consecutively (recursive graph bisection), which
  ///   makes the index smaller and faster to search, with identical results. Default: the order of their keys.
  ///   The article <doc:Indexing> states the memory of both.
  /// - Returns: false if there was nothing to do.
  /// - Throws: `SearchError.corrupt` for damaged segments, `.limit`, or errors of the file system.
  @discardableResult
  public func compact(reorder: Bool = false) throws(SearchError) -> Bool {
    try flush()
    let old = contents.segments.count
    contents.removeEmptySegments()
    guard let first = contents.segments.first else { return old > 0 }
    if contents.segments.count == 1, first.deleted.isEmpty, !reorder || first.segment.keyRanks.isReordered {
      return old > 1
    }
    try merge(Array(contents.segments.indices), reorder: reorder)
    return true
  }

  /// Merges the groups of segments that the policy selects. Errors of the file system are ignored, so that a full disk
  /// does not prevent the commit: the remaining segments stay as they are.
  func mergeSegments() throws(SearchError) {
    let groups = MergePolicy().groups(contents.segments.map(\.item))
    let numbers = groups.map { $0.map { contents.segments[$0].number } }
    for group in numbers {
      do {
        try merge(contents.segments.indices.filter { group.contains(contents.segments[$0].number) })
      } catch {
        guard case .system = error else { throw error }
        return
      }
    }
  }

  /// Replaces the segments at ascending indexes by a merged one.
  private func merge(_ indexes: [Int], reorder: Bool = false) throws(SearchError) {
    let sources = indexes.map { contents.segments[$0].source }
    let number = contents.takeNumber()
    written.append(number)
    do {
      try merge(sources, reorder, to: path(number))
    } catch {
      try? SystemCalls.remove(path(number))
      throw error
    }
    contents.replace(indexes, by: try Segment(path(number)), number: number)
  }

  /// Writes the segment that some segments are merged into.
  private func merge(
    _ sources: [SegmentMerger.Source], _ reorder: Bool, to path: String
  ) throws(SearchError) {
    guard reorder else {
      var merger = try SegmentMerger(sources)
      _ = try merger.write(options.settings, to: path, spoolBytes: spoolBytes)
      return
    }
    var merger = try SegmentMerger(sources) { (mapping) throws(SearchError) in
      GraphBisection.order(try ForwardIndex(sources, mapping))
    }
    _ = try merger.write(options.settings, to: path, spoolBytes: spoolBytes)
  }
}
