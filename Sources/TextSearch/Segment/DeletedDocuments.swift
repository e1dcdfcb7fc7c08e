/// The deleted documents of a segment.
struct DeletedDocuments: Sendable, Equatable {
  /// Nil while nothing is deleted.
  private var documents: DocumentSet?
  /// Number of documents of the segment.
  let limit: Int
  private(set) var count = 0

  /// Creates the empty set of a segment.
  ///
  /// - Parameter limit: number of documents of the segment.
  init(limit: Int) { self.limit = limit }

  /// Creates a set of documents below `limit`, in any order.
  init(_ documents: some Sequence<UInt32>, limit: Int) {
    self.init(limit: limit)
    for document in documents { insert(document) }
  }

  var isEmpty: Bool { count == 0 }

  /// Whether a document of the segment is deleted.
  func contains(_ document: UInt32) -> Bool { documents?.contains(Int(document)) ?? false }

  /// Adds a document of the segment; returns false if it was deleted already.
  @discardableResult
  mutating func insert(_ document: UInt32) -> Bool {
    guard !contains(document) else { return false }
    var own = documents.take() ?? DocumentSet(limit: limit)
    own.insert(Int(document))
    documents = own
    count += 1
    return true
  }

  /// Removes the deleted documents from a set of the segment's documents.
  func remove(from set: inout DocumentSet) {
    if let documents { set.subtract(documents) }
  }
}

extension DeletedDocuments: Sequence {
  /// Iterates over the documents, ascending.
  func makeIterator() -> AnyIterator<UInt32> {
    guard var members = documents?.makeIterator() else { return AnyIterator { nil } }
    return AnyIterator { members.next().map { UInt32($0) } }
  }

  var underestimatedCount: Int { count }
}
