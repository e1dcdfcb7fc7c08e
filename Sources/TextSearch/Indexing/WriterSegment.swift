/// A segment in a writer, with its deletions, committed or not.
struct WriterSegment {
  /// Identifies the segment in its index.
  let number: UInt64
  let segment: Segment
  /// Documents deleted so far.
  private(set) var deleted: DocumentSet
  private(set) var deletedCount: Int
  /// The entry in the last manifest; nil before the segment was committed.
  private(set) var committed: Manifest.SegmentEntry?

  /// Creates the state of a new segment.
  init(_ segment: Segment, number: UInt64) {
    self.number = number
    self.segment = segment
    deleted = DocumentSet(limit: segment.documentCount)
    deletedCount = 0
  }

  /// Creates the state of a committed segment.
  init(_ segment: Segment, _ entry: Manifest.SegmentEntry, deleted documents: [UInt32]) {
    self.init(segment, number: entry.number)
    for document in documents { deleted.insert(Int(document)) }
    deletedCount = documents.count
    committed = entry
  }

  /// Number of documents that are not deleted.
  var liveCount: Int { segment.documentCount - deletedCount }

  /// The segment as a source of a merge.
  var source: SegmentMerger.Source {
    SegmentMerger.Source(segment: segment, deleted: deletedCount == 0 ? [] : deleted.map(UInt32.init))
  }

  /// The segment as the merge policy considers it.
  var item: MergePolicy.Item {
    MergePolicy.Item(tokens: segment.statistics.length, documents: segment.documentCount, deleted: deletedCount)
  }

  /// Deletes a document; returns false if it was deleted already.
  mutating func delete(_ document: UInt32) -> Bool {
    guard !deleted.contains(Int(document)) else { return false }
    deleted.insert(Int(document))
    deletedCount += 1
    return true
  }

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
    if let committed, Int(committed.deleted) == deletedCount { return committed }
    guard deletedCount > 0 else { return Manifest.SegmentEntry(number: number) }
    let documents = segment.documentCount
    try Deletions.write(deleted.map(UInt32.init), of: number, documents: documents, generation, in: folder)
    return Manifest.SegmentEntry(number: number, deletions: generation, deleted: UInt32(deletedCount))
  }

  /// Records the entry of the manifest that was committed.
  mutating func setCommitted(_ entry: Manifest.SegmentEntry) { committed = entry }
}
