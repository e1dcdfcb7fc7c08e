/// The index as a writer sees it: what is committed, and what has changed since.
struct IndexContents {
  /// The last manifest, but for `nextSegment`; its segments are those that were committed.
  private(set) var manifest: Manifest
  private(set) var segments: [WriterSegment] = []
  /// Segments before this one have been compared with each other: no key is live in two of them.
  private(set) var comparedSegments = 0

  /// Nothing yet.
  init(_ manifest: Manifest) { self.manifest = manifest }

  /// What a manifest names.
  init(_ snapshot: IndexSnapshot) {
    manifest = snapshot.manifest
    for (place, entry) in manifest.segments.enumerated() {
      segments.append(WriterSegment(snapshot.segments[place], entry, deleted: snapshot.deleted[place]))
    }
    comparedSegments = segments.count
  }

  var liveDocuments: Int { segments.reduce(0) { $0 + $1.liveCount } }

  /// A number that no segment has had.
  mutating func takeNumber() -> UInt64 {
    defer { manifest.nextSegment += 1 }
    return manifest.nextSegment
  }

  /// Numbers below this one are used up.
  mutating func reserveNumbers(below number: UInt64) { manifest.nextSegment = max(manifest.nextSegment, number) }

  mutating func append(_ segment: Segment, number: UInt64) {
    segments.append(WriterSegment(segment, number: number))
  }

  /// Puts a merged segment in the place of its sources, which have been compared; places ascend.
  mutating func replace(_ places: [Int], by segment: Segment?, number: UInt64) {
    comparedSegments -= places.count
    for place in places.reversed() { segments.remove(at: place) }
    guard let segment else { return }
    segments.insert(WriterSegment(segment, number: number), at: places[0])
    comparedSegments += 1
  }

  // MARK: Deleting

  /// Deletes a document; false if it was deleted already.
  mutating func delete(_ document: UInt32, in place: Int) -> Bool { segments[place].delete(document) }

  /// Deletes the documents with a key in all segments before one; gives how many there were.
  mutating func delete(key: [UInt8], before end: Int) throws(SearchError) -> Int {
    var count = 0
    for place in 0..<end where try segments[place].delete(key: key) { count += 1 }
    return count
  }

  /// Deletes what later segments replace; gives the keys, and where each replaced document was.
  mutating func deleteReplaced() throws(SearchError) -> [ReplacedDocuments.Found] {
    guard comparedSegments < segments.count else { return [] }
    let found = try ReplacedDocuments.find(segments.map(\.source), comparedSegments)
    let replaced = found.filter { segments[$0.segment].delete($0.document) }
    comparedSegments = segments.count
    return replaced
  }

  /// Leaves segments out of which everything is deleted.
  mutating func removeEmptySegments() {
    replace(segments.indices.filter { segments[$0].liveCount == 0 }, by: nil, number: 0)
  }

  // MARK: Committing

  /// Writes deletions, attachment and the manifest of the next generation.
  ///
  /// - Parameter attachment: nil for none; the one that is there has to be named again to stay.
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
    for (place, entry) in next.segments.enumerated() { segments[place].setCommitted(entry) }
  }

  /// Whether the segments and their deletions are those of the manifest.
  var isCommitted: Bool {
    segments.count == manifest.segments.count
      && zip(segments, manifest.segments).allSatisfy { segment, entry in
        segment.number == entry.number && segment.deletedCount == Int(entry.deleted)
      }
  }
}

/// What a commit does with the attachment of the index.
enum AttachmentChange {
  case keep, drop
  case set([UInt8])
}
