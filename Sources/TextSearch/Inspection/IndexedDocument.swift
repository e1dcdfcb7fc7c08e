/// A document of an index: what is stored of it and its lengths.
public struct IndexedDocument: Sendable, Equatable {
  public let stored: StoredDocument
  /// Tokens of each field, in the order of the fields. That of the last follows from a rounded sum: it may be an eleventh of
  /// the document's length too small.
  public let lengths: [Int]

  public var key: String { stored.key }
}

extension SearchIndex {
  /// Passes the documents that are not deleted on, segment by segment in their order there, until `body` returns false.
  /// Holds one block of stored texts at a time.
  ///
  /// - Parameters:
  ///   - prefix: what their keys begin with.
  ///   - body: gets each document; false ends the walk.
  /// - Throws: `SearchError.corrupt` for damaged sections; what `body` throws.
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

  private static func forEachDocument(
    of segment: Segment, _ deleted: [UInt32], _ prefix: [UInt8],
    _ body: (IndexedDocument) throws(SearchError) -> Bool
  ) throws(SearchError) -> Bool {
    var deleted = deleted[...]
    var records = segment.records
    for document in 0..<UInt32(segment.documentCount) {
      if deleted.first == document {
        deleted.removeFirst()
        continue
      }
      let key = try segment.key(document)
      guard key.starts(with: prefix) else { continue }
      let stored = try StoredDocument(
        try records.record(Int(document)), key: key, fields: segment.storedFields, attributes: segment.attributes)
      var lengths: [Int] = []
      for field in segment.fields.indices { lengths.append(try segment.fieldLength(field, document)) }
      guard try body(IndexedDocument(stored: stored, lengths: lengths)) else { return false }
    }
    return true
  }
}
