/// A document of an index: its stored texts and attributes, and its lengths.
public struct IndexedDocument: Sendable, Equatable {
  /// Stored texts and attributes.
  public let stored: StoredDocument
  /// Number of tokens of each field, in the order of the fields. That of the last field is derived from a rounded sum:
  /// it may be too small by up to an eleventh of the document's length.
  public let lengths: [Int]

  /// The key.
  public var key: String { stored.key }
}

extension SearchIndex {
  /// Passes every document that is not deleted to `body`, segment by segment in the order of the documents, until
  /// `body` returns false. Keeps one block of stored texts in memory at a time.
  ///
  /// - Parameters:
  ///   - prefix: a prefix of the keys to pass; all keys by default.
  ///   - body: returns false to stop.
  /// - Throws: `SearchError.corrupt` for damaged sections; the errors of `body`.
  public func forEachDocument(
    keyPrefix prefix: String = "", _ body: (IndexedDocument) throws(SearchError) -> Bool
  ) throws(SearchError) {
    for (segment, deleted) in zip(segments, deleted) {
      do {
        guard try SearchIndex.forEachDocument(of: segment, deleted, Array(prefix.utf8), body) else { return }
      } catch {
        throw error.inFile(segment.path)
      }
    }
  }

  /// Passes the documents of a segment to `body`; returns false once `body` does.
  private static func forEachDocument(
    of segment: Segment, _ deleted: DeletedDocuments, _ prefix: [UInt8],
    _ body: (IndexedDocument) throws(SearchError) -> Bool
  ) throws(SearchError) -> Bool {
    var records = segment.records
    for document in 0..<UInt32(segment.documentCount) {
      if deleted.contains(document) { continue }
      let key = try segment.key(document)
      guard key.starts(with: prefix) else { continue }
      let stored = try StoredDocument(document, try records.record(Int(document)), key: key, in: segment)
      var lengths: [Int] = []
      for field in segment.fields.indices { lengths.append(try segment.fieldLength(field, document)) }
      guard try body(IndexedDocument(stored: stored, lengths: lengths)) else { return false }
    }
    return true
  }
}
