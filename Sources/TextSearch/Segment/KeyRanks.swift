/// Where each document stands in the order of the keys, in a segment whose documents stand in another one.
struct KeyRanks: Sendable {
  private let ranks: Column?
  private let documents: Column?
  private let region: ByteRegion
  private let count: Int

  /// An empty region means that documents stand in the order of their keys.
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

  /// Documents stand in another order than their keys.
  var isReordered: Bool { ranks != nil }

  func rank(_ document: UInt32) throws(SearchError) -> UInt32 { try place(ranks, document) }

  func document(_ rank: UInt32) throws(SearchError) -> UInt32 { try place(documents, rank) }

  private func place(_ column: Column?, _ index: UInt32) throws(SearchError) -> UInt32 {
    guard let column else { return index }
    let place = try column.value(at: Int(index))
    guard place < count else { throw region.corrupt(at: 0, "no document \(place)") }
    return UInt32(place)
  }

  /// Appends the section; `ranks` are a permutation.
  static func write(_ ranks: [UInt32], to writer: inout ByteWriter) {
    var documents = [UInt64](repeating: 0, count: ranks.count)
    for (document, rank) in ranks.enumerated() { documents[Int(rank)] = UInt64(document) }
    Column.write(ranks.map(UInt64.init), to: &writer)
    Column.write(documents, to: &writer)
  }
}
