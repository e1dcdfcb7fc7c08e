/// The positions of a list's documents, in any order of documents: what phrases, fields and explanations read.
final class PositionSource {
  let list: Segment.SelectedList
  private var cursor: PostingCursor
  private var reader: PositionReader
  /// Those of the document found last, ascending.
  private(set) var positions: [UInt32] = []
  /// What the document found last weighs.
  private(set) var weight: Float = 0

  init(_ list: Segment.SelectedList, _ segment: Segment) throws(SearchError) {
    self.list = list
    let cursor = try segment.cursor(list.entry)
    reader = PositionReader(cursor.sections.positions, count: list.entry.list.positions)
    self.cursor = cursor
  }

  /// Reads what the list has of a document; false if it does not hold it, or only in forms that do not count.
  func find(_ document: UInt32) throws(SearchError) -> Bool {
    if cursor.records.count > 0 {
      let block = try cursor.records.block(from: 0, reaching: document)
      guard block < cursor.records.count else { return false }
      try cursor.loadBlock(block)
    } else {
      try cursor.loadBlock(0)
    }
    guard let place = cursor.place(of: document) else { return false }
    weight = list.weight
    if !list.formWeights.isEmpty {
      try cursor.loadBlockCodes(below: list.formWeights.count)
      weight = list.formWeights[Int(cursor.codes[place])]
    }
    guard weight > 0 else { return false }
    try cursor.appendPositions(of: place, &reader, to: &positions)
    return true
  }
}
