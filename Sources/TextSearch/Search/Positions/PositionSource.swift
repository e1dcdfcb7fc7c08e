/// The positions of a list's documents, in any order of documents: what phrases, fields and explanations read.
final class PositionSource {
  let list: SelectedList
  let isVietnamese: Bool
  // One structure, so that its insides are not checked for exclusive access one by one.
  private var reading: ListPositions

  init(_ list: SelectedList, _ segment: Segment) throws(SearchError) {
    self.list = list
    isVietnamese = list.language == .vietnamese
    reading = ListPositions(list, try segment.block(list.entry))
  }

  /// Those of the document found last, ascending.
  var positions: [UInt32] { reading.positions }
  /// The weight of the document found last.
  var weight: Float { reading.weight }

  /// Reads what the list has of a document; false if it does not hold it, or only in forms that do not count.
  func find(_ document: UInt32) throws(SearchError) -> Bool { try reading.find(document) }

  /// Makes `starts` the positions of the document found last.
  func copyPositions(to starts: inout GrowableBuffer<UInt32>) { reading.copyPositions(to: &starts) }

  /// Keeps those of some ascending positions that have one of the document found last so far behind them.
  func keep(_ starts: inout GrowableBuffer<UInt32>, before offset: UInt32) { reading.keep(&starts, before: offset) }
}

/// A list with its positions and the state of reading.
struct ListPositions: ~Copyable {
  private(set) var weight: Float = 0
  private let listWeight: Float
  private let formWeights: [Float]
  private var block: PostingBlock
  private var read = GrowableBuffer<UInt32>(capacity: 64)

  init(_ list: SelectedList, _ block: consuming PostingBlock) {
    listWeight = list.weight
    formWeights = list.formWeights
    self.block = block
  }

  var positions: [UInt32] { (0..<read.count).map { read[$0] } }

  mutating func find(_ document: UInt32) throws(SearchError) -> Bool {
    guard try load(document) else { return false }
    let index = block.index(of: document, from: 0)
    guard index < block.count, block.documents[index] == document else { return false }
    weight = listWeight
    if !formWeights.isEmpty {
      try block.loadCodes(of: block.number, below: formWeights.count)
      weight = formWeights[Int(block.codes[index])]
    }
    guard weight > 0 else { return false }
    read.removeAll()
    try block.appendPositions(index, of: block.number, to: &read)
    return true
  }

  func copyPositions(to starts: inout GrowableBuffer<UInt32>) {
    starts.removeAll()
    starts.append(read)
  }

  func keep(_ starts: inout GrowableBuffer<UInt32>, before offset: UInt32) {
    let own = read.span
    var (kept, next) = (0, 0)
    for index in 0..<starts.count {
      let start = starts[index]
      let wanted = start &+ offset
      while next < own.count, own[next] < wanted { next &+= 1 }
      if next == own.count { break }
      starts[kept] = start
      kept &+= own[next] == wanted ? 1 : 0
    }
    starts.removeLast(starts.count - kept)
  }

  /// Loads the block that a document is in, if there is one.
  private mutating func load(_ document: UInt32) throws(SearchError) -> Bool {
    if block.count > 0, block.documents[0] <= document, block.documents[block.count - 1] >= document { return true }
    let number = try block.block(from: 0, reaching: document)
    guard number < block.blockCount else { return false }
    try block.loadDocuments(of: number)
    return true
  }
}
