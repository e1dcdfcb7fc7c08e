/// The keys of a segment's live documents, in their order.
struct LiveKeys {
  private let segment: Segment
  private var keys: KeyTable.Cursor
  private var isDeleted: [Bool]
  private var nextRank: UInt32 = 0
  /// The document of the key that `next` gave.
  private(set) var document: UInt32 = 0

  init(_ source: SegmentMerger.Source) {
    segment = source.segment
    keys = segment.keys.start
    isDeleted = [Bool](repeating: false, count: segment.documentCount)
    for document in source.deleted { isDeleted[Int(document)] = true }
  }

  /// The next key; nil at the end.
  mutating func next() throws(SearchError) -> [UInt8]? {
    do {
      while nextRank < segment.documentCount {
        _ = try keys.next()
        document = try segment.keyRanks.document(nextRank)
        nextRank += 1
        if !isDeleted[Int(document)] { return keys.text }
      }
    } catch {
      throw error.inFile(segment.path)
    }
    return nil
  }
}
