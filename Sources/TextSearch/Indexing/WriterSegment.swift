/// A segment in a writer, with its deletions, committed or not.
struct WriterSegment {
  /// Identifies the segment in its index.
  let number: UInt64
  let segment: Segment
  /// Documents deleted so far.
  private(set) var deleted: DeletedDocuments
  /// The entry in the last manifest; nil before the segment was committed.
  private(set) var committed: Manifest.SegmentEntry?

  /// Creates the state of a new segment.
  init(_ segment: Segment, number: UInt64) {
    self.number = number
    self.segment = segment
    deleted = DeletedDocuments(limit: segment.documentCount)
  }

  /// Creates the state of a committed segment.
  init(_ segment: Segment, _ entry: Manifest.SegmentEntry, deleted: DeletedDocuments) {
    self.init(segment, number: entry.number)
    self.deleted = deleted
    committed = entry
  }

  /// Number of documents that are not deleted.
  var liveCount: Int { segment.documentCount - deleted.count }

  /// The segment as a source of a merge.
  var source: SegmentMerger.Source { SegmentMerger.Source(segment: segment, deleted: deleted) }

  /// The segment as the merge policy considers it.
  var item: MergePolicy.Item {
    MergePolicy.Item(tokens: segment.statistics.length, documents: segment.documentCount, deleted: deleted.count)
  }

  /// Deletes a document; returns false if it was deleted already.
  mutating func delete(_ document: UInt32) -> Bool { deleted.insert(document) }

  /// Deletes the document with a key; returns false if there is none.
  ///
  /// - Throws: `SearchError.corrupt` if the keys are damaged.
  mutating func delete(key: [UInt8]) throws(SearchError) -> Bool {
    do {
      guard let document = try segment.document(withKey: key) else { return false }
      return delete(document)
    } catch {
      throw error.inFile(segment.path)
    }
  }

  /// Returns the entry for the manifest of a generation, and writes a file of deletions if there are new ones.
  ///
  /// - Throws: `SearchError.system` if the file cannot be written.
  func entry(_ generation: UInt64, in folder: String) throws(SearchError) -> Manifest.SegmentEntry {
    if let committed, Int(committed.deleted) == deleted.count { return committed }
    guard !deleted.isEmpty else { return Manifest.SegmentEntry(number: number) }
    try deleted.write(segment: number, generation: generation, in: folder)
    return Manifest.SegmentEntry(number: number, deletions: generation, deleted: UInt32(deleted.count))
  }

  /// Records the entry of the manifest that was committed.
  mutating func setCommitted(_ entry: Manifest.SegmentEntry) { committed = entry }
}
