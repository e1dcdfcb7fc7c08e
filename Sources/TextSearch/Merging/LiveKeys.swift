/// The keys of a segment's live documents, in their order.
struct LiveKeys {
  private let segment: Segment
  private var keys: KeyTable.Cursor
  private let deleted: DeletedDocuments
  private var nextRank: UInt32 = 0
  /// The document of the key that `next` returned last.
  private(set) var document: UInt32 = 0

  init(_ source: SegmentMerger.Source) {
    segment = source.segment
    keys = segment.keys.start
    deleted = source.deleted
  }

  /// Returns the next key; nil at the end.
  mutating func next() throws(SearchError) -> [UInt8]? {
    do {
      while nextRank < segment.documentCount {
        _ = try keys.next()
        document = try segment.keyRanks.document(nextRank)
        nextRank += 1
        if !deleted.contains(document) { return keys.text }
      }
    } catch {
      throw error.inFile(segment.path)
    }
    return nil
  }
}
