/// The positions of a list's documents, in any order of documents: what phrases, fields and explanations read.
final class PositionSource {
  let list: SelectedList
  let isVietnamese: Bool
  // One structure, so that its insides are not checked for exclusive access one by one (measured: 57 % of a phrase's time).
  private var reading: ListPositions

  init(_ list: SelectedList, _ segment: Segment) throws(SearchError) {
    self.list = list
    isVietnamese = list.language == .vietnamese
    reading = ListPositions(list, try segment.cursor(list.entry))
  }

  /// Those of the document found last, ascending.
  var positions: [UInt32] { reading.positions }
  /// What the document found last weighs.
  var weight: Float { reading.weight }

  /// Reads what the list has of a document; false if it does not hold it, or only in forms that do not count.
  func find(_ document: UInt32) throws(SearchError) -> Bool { try reading.find(document) }

  /// Makes `starts` the positions of the document found last.
  func copyPositions(to starts: inout GrowableBuffer<UInt32>) { reading.copyPositions(to: &starts) }

  /// Keeps those of some ascending positions that have one of the document found last so far behind them.
  func keep(_ starts: inout GrowableBuffer<UInt32>, before offset: UInt32) { reading.keep(&starts, before: offset) }
}

/// A list with its positions, and where reading stands.
struct ListPositions: ~Copyable {
  private(set) var weight: Float = 0
  private let listWeight: Float
  private let formWeights: [Float]
  private var cursor: PostingCursor
  private var reader: PositionReader
  private var read = GrowableBuffer<UInt32>(capacity: 64)

  init(_ list: SelectedList, _ cursor: consuming PostingCursor) {
    listWeight = list.weight
    formWeights = list.formWeights
    reader = PositionReader(cursor.sections.positions, count: list.entry.list.positions)
    self.cursor = cursor
  }

  var positions: [UInt32] { (0..<read.count).map { read[$0] } }

  mutating func find(_ document: UInt32) throws(SearchError) -> Bool {
    guard try load(document), let place = place(of: document) else { return false }
    weight = listWeight
    if !formWeights.isEmpty {
      try cursor.loadBlockCodes(below: formWeights.count)
      weight = formWeights[Int(cursor.codes[place])]
    }
    guard weight > 0 else { return false }
    read.removeAll()
    try cursor.readPositions(of: place, &reader, into: &read)
    return true
  }

  func copyPositions(to starts: inout GrowableBuffer<UInt32>) {
    starts.removeAll()
    starts.append(read)
  }

  func keep(_ starts: inout GrowableBuffer<UInt32>, before offset: UInt32) {
    let own = read.span
    var (kept, place) = (0, 0)
    for index in 0..<starts.count {
      let start = starts[index]
      let wanted = start &+ offset
      while place < own.count, own[place] < wanted { place &+= 1 }
      if place == own.count { break }
      starts[kept] = start
      kept &+= own[place] == wanted ? 1 : 0
    }
    starts.removeLast(starts.count - kept)
  }

  /// Loads the block that a document is in, if there is one.
  private mutating func load(_ document: UInt32) throws(SearchError) -> Bool {
    let filled = cursor.filled
    if filled > 0, cursor.documents[0] <= document, cursor.documents[filled - 1] >= document { return true }
    var block = 0
    if cursor.skipEntries.count > 0 {
      block = try cursor.skipEntries.block(from: 0, reaching: document)
      guard block < cursor.skipEntries.count else { return false }
    }
    try cursor.loadBlock(block)
    return true
  }

  /// The place of a document in the loaded block.
  private func place(of document: UInt32) -> Int? {
    var (low, high) = (0, cursor.filled)
    while low < high {
      let middle = (low + high) / 2
      if cursor.documents[middle] < document { low = middle + 1 } else { high = middle }
    }
    return low < cursor.filled && cursor.documents[low] == document ? low : nil
  }
}
