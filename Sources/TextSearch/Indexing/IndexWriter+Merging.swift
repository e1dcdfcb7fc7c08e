extension IndexWriter {
  /// Merges the segments into one without deleted documents, to be committed by `commit`: nothing of them is left in the
  /// files of the index then.
  ///
  /// - Parameter reorder: put documents that share words side by side, which makes the index smaller and faster to search
  ///   (recursive graph bisection); otherwise they stand in the order of their keys. Results are the same.
  /// - Returns: false if there was nothing to do.
  @discardableResult
  public func compact(reorder: Bool = false) throws(SearchError) -> Bool {
    try flush()
    let old = contents.segments.count
    contents.removeEmptySegments()
    guard let first = contents.segments.first else { return old > 0 }
    if contents.segments.count == 1, first.deletedCount == 0, !reorder || first.segment.keyRanks.isReordered {
      return old > 1
    }
    try merge(Array(contents.segments.indices), reorder: reorder)
    return true
  }

  /// Merges what the policy says. A full disk is no reason not to commit: then segments stay as they are.
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

  /// Puts one segment in the place of some; their places ascend.
  private func merge(_ places: [Int], reorder: Bool = false) throws(SearchError) {
    let sources = places.map { contents.segments[$0].source }
    let number = contents.takeNumber()
    written.append(number)
    do {
      try merge(sources, reorder, to: path(number))
    } catch {
      try? SystemCalls.remove(path(number))
      throw error
    }
    contents.replace(places, by: try Segment(path(number)), number: number)
  }

  private func merge(
    _ sources: [SegmentMerger.Source], _ reorder: Bool, to path: String
  ) throws(SearchError) {
    guard reorder else {
      var merger = try SegmentMerger(sources)
      _ = try merger.write(options.settings, to: path)
      return
    }
    var merger = try SegmentMerger(sources) { (mapping) throws(SearchError) in
      GraphBisection.order(try ForwardIndex(sources, mapping))
    }
    _ = try merger.write(options.settings, to: path)
  }
}
