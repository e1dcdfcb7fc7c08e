/// The ranks of documents in the order of their keys, for a segment whose documents are in another order.
///
/// A class: searches read a rank for each hit, and a structure of this size would be copied.
final class KeyRanks: Sendable {
  /// For each document, the rank of its key; nil where documents are in the order of their keys.
  private let ranks: Column?
  /// For each rank, the document.
  private let documents: Column?
  private let region: ByteRegion
  private let count: Int

  /// Opens the section of the key ranks of a segment with `count` documents.
  ///
  /// - Parameter region: empty if documents are in the order of their keys.
  init(_ region: ByteRegion, documents count: Int) throws(SearchError) {
    self.region = region
    self.count = count
    guard region.count > 0 else {
      ranks = nil
      documents = nil
      return
    }
    var offset = 0
    ranks = try Column(region, at: &offset, count: count)
    documents = try Column(region, at: &offset, count: count)
  }

  /// Whether documents are in another order than their keys.
  var isReordered: Bool { ranks != nil }

  /// Returns the rank of a document's key.
  func rank(_ document: UInt32) throws(SearchError) -> UInt32 { try value(ranks, document) }

  /// Returns the document whose key has a rank.
  func document(_ rank: UInt32) throws(SearchError) -> UInt32 { try value(documents, rank) }

  private func value(_ column: Column?, _ index: UInt32) throws(SearchError) -> UInt32 {
    guard let column else { return index }
    let value = try column.value(at: Int(index))
    guard value < count else { throw column.corrupt(at: Int(index), "no document \(value)") }
    return UInt32(value)
  }

  /// Returns the error for a damaged rank of a document.
  func corrupt(rankOf document: UInt32, _ reason: String) -> SearchError {
    ranks?.corrupt(at: Int(document), reason) ?? region.corrupt(at: 0, reason)
  }

  /// Appends the section.
  ///
  /// - Parameter ranks: a permutation of the document numbers.
  static func write(_ ranks: [UInt32], to writer: inout ByteWriter) {
    var documents = [UInt64](repeating: 0, count: ranks.count)
    for (document, rank) in ranks.enumerated() { documents[Int(rank)] = UInt64(document) }
    Column.write(ranks.map(UInt64.init), to: &writer)
    Column.write(documents, to: &writer)
  }
}
