/// Walks the keys of several segments' live documents side by side, ascending; of equal keys that of the first segment.
struct MergedKeys {
  private var keys: [LiveKeys] = []
  private var order: MergeOrder
  private(set) var key: [UInt8] = []
  /// The segment that holds the key, by its index among the sources, and its document.
  private(set) var source = 0
  private(set) var document: UInt32 = 0

  init(_ sources: [SegmentMerger.Source]) throws(SearchError) {
    keys = sources.map { LiveKeys($0) }
    order = MergeOrder(sequences: sources.count)
    for source in sources.indices { try advance(source) }
  }

  /// Moves to the next key; false at the end.
  mutating func next() throws(SearchError) -> Bool {
    guard !order.isEmpty else { return false }
    key = order.head(order.first)
    source = order.pop()
    document = keys[source].document
    try advance(source)
    return true
  }

  private mutating func advance(_ source: Int) throws(SearchError) {
    if let key = try keys[source].next() { order.push(source, key) }
  }
}
