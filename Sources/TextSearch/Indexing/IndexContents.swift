/// The state of an index in a writer: what is committed, and what has changed since.
struct IndexContents {
  /// The last manifest, except that `nextSegment` is current; its segments are those that were committed.
  private(set) var manifest: Manifest
  /// The segments now, committed or not.
  private(set) var segments: [WriterSegment] = []
  /// Number of segments, from the first on, that were compared with each other: no key is live in two of them.
  private(set) var comparedSegments = 0

  /// Creates the state without segments.
  init(_ manifest: Manifest) { self.manifest = manifest }

  /// Creates the state of a committed index.
  init(_ snapshot: IndexSnapshot) {
    manifest = snapshot.manifest
    for (index, entry) in manifest.segments.enumerated() {
      segments.append(WriterSegment(snapshot.segments[index], entry, deleted: snapshot.deleted[index]))
    }
    comparedSegments = segments.count
  }

  /// Number of documents that are not deleted.
  var liveDocuments: Int { segments.reduce(0) { $0 + $1.liveCount } }

  /// Returns a number that no segment has had.
  mutating func takeNumber() -> UInt64 {
    defer { manifest.nextSegment += 1 }
    return manifest.nextSegment
  }

  /// Reserves the numbers below this one: segments get larger ones.
  mutating func reserveNumbers(below number: UInt64) { manifest.nextSegment = max(manifest.nextSegment, number) }

  /// Appends a new segment.
  mutating func append(_ segment: Segment, number: UInt64) {
    segments.append(WriterSegment(segment, number: number))
  }

  /// Replaces the sources of a merge, which were compared, by the merged segment, at the index of the first.
  ///
  /// - Parameters:
  ///   - indexes: those of the sources, ascending.
  ///   - segment: nil to remove the sources only.
  mutating func replace(_ indexes: [Int], by segment: Segment?, number: UInt64) {
    comparedSegments -= indexes.count
    for index in indexes.reversed() { segments.remove(at: index) }
    guard let segment else { return }
    segments.insert(WriterSegment(segment, number: number), at: indexes[0])
    comparedSegments += 1
  }

  // MARK: Deleting

  /// Deletes a document of the segment at an index; returns false if it was deleted already.
  mutating func delete(_ document: UInt32, in index: Int) -> Bool { segments[index].delete(document) }

  /// Deletes the documents with a key in all segments before `end`.
  ///
  /// - Returns: the number of documents deleted.
  /// - Throws: `SearchError.corrupt` if the keys of a segment are damaged.
  mutating func delete(key: [UInt8], before end: Int) throws(SearchError) -> Int {
    var count = 0
    for index in 0..<end where try segments[index].delete(key: key) { count += 1 }
    return count
  }

  /// Deletes the documents that documents of later segments replace.
  ///
  /// - Returns: the documents deleted.
  /// - Throws: `SearchError.corrupt` if the keys of a segment are damaged.
  mutating func deleteReplaced() throws(SearchError) -> [ReplacedDocuments.Found] {
    guard comparedSegments < segments.count else { return [] }
    let found = try ReplacedDocuments.find(segments.map(\.source), comparedSegments)
    let replaced = found.filter { segments[$0.segment].delete($0.document) }
    comparedSegments = segments.count
    return replaced
  }

  /// Removes the segments without live documents.
  mutating func removeEmptySegments() {
    replace(segments.indices.filter { segments[$0].liveCount == 0 }, by: nil, number: 0)
  }

  // MARK: Committing

  /// Writes deletions, the attachment and the manifest of the next generation.
  ///
  /// - Throws: `SearchError.system` if a file cannot be written; the old manifest is unchanged then.
  mutating func commit(_ attachment: AttachmentChange, in folder: String) throws(SearchError) {
    var next = manifest
    next.generation += 1
    next.segments = []
    for segment in segments { next.segments.append(try segment.entry(next.generation, in: folder)) }
    switch attachment {
    case .keep: break
    case .drop: next.attachment = 0
    case .set(let bytes):
      try Attachment.write(bytes, next.generation, in: folder)
      next.attachment = next.generation
    }
    try SystemCalls.synchronizeFolder(folder)
    try next.write(in: folder)
    manifest = next
    for (index, entry) in next.segments.enumerated() { segments[index].setCommitted(entry) }
  }

  /// Whether the segments and their deletions are those of the manifest.
  var isCommitted: Bool {
    segments.count == manifest.segments.count
      && zip(segments, manifest.segments).allSatisfy { segment, entry in
        segment.number == entry.number && segment.deleted.count == Int(entry.deleted)
      }
  }
}

/// What a commit does with the attachment of the index.
enum AttachmentChange {
  /// The current attachment, if any, stays.
  case keep
  /// The index has no attachment any more.
  case drop
  /// These bytes are the attachment.
  case set([UInt8])
}
