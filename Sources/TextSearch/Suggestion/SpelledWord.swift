/// One way to spell a word, with all lists that hold it so, read forwards once.
final class SpelledWord {
  /// Behind all documents.
  static let end = PostingCursor.end

  /// Upper bound of the number of documents that contain it.
  let documents: UInt64
  private var lists: [SpelledList] = []

  init(_ documents: UInt64, _ lists: [SelectedList], _ segment: Segment) throws(SearchError) {
    self.documents = documents
    for list in lists { self.lists.append(SpelledList(try segment.cursor(list.entry))) }
  }

  /// The first document at or after `target` that holds it; targets rise.
  func seek(to target: UInt32) throws(SearchError) -> UInt32 {
    var first = SpelledWord.end
    for list in lists { first = min(first, try list.seek(to: target)) }
    return first
  }

  /// The word's positions in the document that was sought last, ascending; empty if it is not in it.
  func positions(in document: UInt32) throws(SearchError) -> [UInt32] {
    var positions: [UInt32] = []
    for list in lists { positions += try list.positions(in: document) }
    return lists.count > 1 ? positions.sorted() : positions
  }
}

/// A list that several may hold on to.
private final class SpelledList {
  private var cursor: PostingCursor
  private var document: UInt32 = 0
  private var isStarted = false

  init(_ cursor: consuming PostingCursor) { self.cursor = cursor }

  func seek(to target: UInt32) throws(SearchError) -> UInt32 {
    // Most targets are passed by most lists already.
    if !isStarted || document < target { document = try cursor.seek(to: target) }
    isStarted = true
    return document
  }

  func positions(in document: UInt32) throws(SearchError) -> [UInt32] {
    isStarted && document == self.document ? try cursor.positions() : []
  }
}
