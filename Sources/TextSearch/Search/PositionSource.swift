/// The positions of a list's documents, in any order of documents: what phrases, fields and explanations read.
final class PositionSource {
  let list: Segment.SelectedList
  // One structure, so that its insides are not checked for exclusive access one by one (measured: 57 % of a phrase's time).
  private var reading: ListPositions

  init(_ list: Segment.SelectedList, _ segment: Segment) throws(SearchError) {
    self.list = list
    reading = ListPositions(list, try segment.cursor(list.entry))
  }

  /// Those of the document found last, ascending.
  var positions: [UInt32] { reading.positions }
  /// What the document found last weighs.
  var weight: Float { reading.weight }

  /// Reads what the list has of a document; false if it does not hold it, or only in forms that do not count.
  func find(_ document: UInt32) throws(SearchError) -> Bool { try reading.find(document, list.formWeights) }

  /// Appends the positions of the document found last.
  func appendPositions(to all: inout [UInt32]) { all += reading.positions }
}

/// A list with its positions, and where reading stands.
struct ListPositions: ~Copyable {
  private(set) var positions: [UInt32] = []
  private(set) var weight: Float = 0
  private let listWeight: Float
  private let isInline: Bool
  private var cursor: PostingCursor
  private var reader: PositionReader
  /// The block and the posting behind the one whose positions were read last: the reader stands there.
  private var readBlock = -1
  private var nextPlace = 0

  init(_ list: Segment.SelectedList, _ cursor: consuming PostingCursor) {
    listWeight = list.weight
    isInline = list.entry.list.isInline
    reader = PositionReader(cursor.sections.positions, count: list.entry.list.positions)
    self.cursor = cursor
  }

  mutating func find(_ document: UInt32, _ formWeights: [Float]) throws(SearchError) -> Bool {
    guard try load(document), let place = cursor.place(of: document) else { return false }
    weight = listWeight
    if !formWeights.isEmpty {
      try cursor.loadBlockCodes(below: formWeights.count)
      weight = formWeights[Int(cursor.codes[place])]
    }
    guard weight > 0 else { return false }
    if isInline {
      try cursor.appendPositions(of: place, &reader, to: &positions)
    } else {
      try read(place)
    }
    return true
  }

  /// Loads the block that a document is in, if there is one.
  private mutating func load(_ document: UInt32) throws(SearchError) -> Bool {
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
  private mutating func read(_ place: Int) throws(SearchError) {
    try cursor.loadBlockFrequencies()
    let isAhead = readBlock == cursor.block && place >= nextPlace
    // What fails on the way leaves the reader anywhere.
    readBlock = -1
    var skipped: UInt64 = 0
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
