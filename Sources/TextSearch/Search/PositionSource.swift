/// The positions of a list's documents, in any order of documents: what phrases, fields and explanations read.
final class PositionSource {
  let list: Segment.SelectedList
  private var cursor: PostingCursor
  private var reader: PositionReader
  /// Those of the document found last, ascending.
  private(set) var positions: [UInt32] = []
  /// What the document found last weighs.
  private(set) var weight: Float = 0
  /// The block and the posting behind the one whose positions were read last: the reader stands there.
  private var readBlock = -1
  private var nextPlace = 0

  init(_ list: Segment.SelectedList, _ segment: Segment) throws(SearchError) {
    self.list = list
    let cursor = try segment.cursor(list.entry)
    reader = PositionReader(cursor.sections.positions, count: list.entry.list.positions)
    self.cursor = cursor
  }

  /// Reads what the list has of a document; false if it does not hold it, or only in forms that do not count.
  func find(_ document: UInt32) throws(SearchError) -> Bool {
    guard try load(document), let place = cursor.place(of: document) else { return false }
    weight = list.weight
    if !list.formWeights.isEmpty {
      try cursor.loadBlockCodes(below: list.formWeights.count)
      weight = list.formWeights[Int(cursor.codes[place])]
    }
    guard weight > 0 else { return false }
    try read(place)
    return true
  }

  /// Loads the block that a document is in, if there is one.
  private func load(_ document: UInt32) throws(SearchError) -> Bool {
    let filled = cursor.filled
    if filled > 0, cursor.documents[0] <= document, cursor.documents[filled - 1] >= document { return true }
    var block = 0
    if cursor.records.count > 0 {
      block = try cursor.records.block(from: 0, reaching: document)
      guard block < cursor.records.count else { return false }
    }
    try cursor.loadBlock(block)
    return true
  }

  /// Reads the positions of a posting of the loaded block; on from the last one where it is in the same block.
  private func read(_ place: Int) throws(SearchError) {
    if list.entry.list.isInline { return try cursor.appendPositions(of: place, &reader, to: &positions) }
    try cursor.loadBlockFrequencies()
    var skipped: UInt64 = 0
    let isAhead = readBlock == cursor.block && place >= nextPlace
    // What fails on the way leaves the reader anywhere.
    readBlock = -1
    for earlier in (isAhead ? nextPlace : 0)..<place { skipped += UInt64(cursor.frequencies[earlier]) }
    if isAhead {
      try reader.skip(skipped)
    } else {
      var start = cursor.records.count > 0 ? try cursor.records.positions(cursor.block) : PositionPlace()
      start.skipped += skipped
      try reader.move(to: start)
    }
    positions.removeAll(keepingCapacity: true)
    var next: UInt32 = 0
    for _ in 0..<cursor.frequencies[place] {
      let value = try reader.next()
      positions.append(next &+ value)
      next = next &+ value &+ 1
    }
    (readBlock, nextPlace) = (cursor.block, place + 1)
  }
}
