/// A segment as a writer sees it: its documents, and which of them are deleted by now.
struct WriterSegment {
  let number: UInt64
  let segment: Segment
  private(set) var deleted: DocumentSet
  private(set) var deletedCount: Int
  /// As the last manifest has it; nil before the segment was committed.
  private(set) var committed: Manifest.SegmentEntry?

  /// A new segment.
  init(_ segment: Segment, number: UInt64) {
    self.number = number
    self.segment = segment
    deleted = DocumentSet(limit: segment.documentCount)
    deletedCount = 0
  }

  /// A committed segment.
  init(_ segment: Segment, _ entry: Manifest.SegmentEntry, deleted documents: [UInt32]) {
    self.init(segment, number: entry.number)
    for document in documents { deleted.insert(Int(document)) }
    deletedCount = documents.count
    committed = entry
  }

  var liveCount: Int { segment.documentCount - deletedCount }

  var source: SegmentMerger.Source {
    SegmentMerger.Source(segment: segment, deleted: deletedCount == 0 ? [] : deleted.map(UInt32.init))
  }

  var item: MergePolicy.Item {
    MergePolicy.Item(tokens: segment.statistics.length, documents: segment.documentCount, deleted: deletedCount)
  }

  /// Deletes a document; false if it was deleted already.
  mutating func delete(_ document: UInt32) -> Bool {
    guard !deleted.contains(Int(document)) else { return false }
    deleted.insert(Int(document))
    deletedCount += 1
    return true
  }

  /// Deletes the document with a key; false if there is none.
  mutating func delete(key: [UInt8]) throws(SearchError) -> Bool {
    do {
      guard let document = try segment.document(withKey: key) else { return false }
      return delete(document)
    } catch {
      throw error.inFile(segment.path)
    }
  }

  /// What the manifest of a generation is to say; writes the file of deletions if there are new ones.
  func entry(_ generation: UInt64, in folder: String) throws(SearchError) -> Manifest.SegmentEntry {
    if let committed, Int(committed.deleted) == deletedCount { return committed }
    guard deletedCount > 0 else { return Manifest.SegmentEntry(number: number) }
    let documents = segment.documentCount
    try Deletions.write(deleted.map(UInt32.init), of: number, documents: documents, generation, in: folder)
    return Manifest.SegmentEntry(number: number, deletions: generation, deleted: UInt32(deletedCount))
  }

  mutating func setCommitted(_ entry: Manifest.SegmentEntry) { committed = entry }
}
