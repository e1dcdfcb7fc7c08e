/// Walks the posting lists of several segments side by side, in address order: each term once, with its list in each of
/// the segments that hold it. Entries that only count are passed over.
struct MergedTerms {
  private let segments: [Segment]
  private var cursors: [TermDictionary.Cursor] = []
  private var order: MergeOrder
  private(set) var address: [UInt8] = []
  /// The term's lists, by the numbers of their segments, ascending.
  private(set) var lists: [(segment: Int, entry: TermDictionary.Entry)] = []

  /// - Parameter start: the first address that is wanted.
  init(_ segments: [Segment], from start: [UInt8] = []) throws(SearchError) {
    self.segments = segments
    order = MergeOrder(sequences: segments.count)
    for (number, segment) in segments.enumerated() {
      do {
        cursors.append(try segment.dictionary.cursor(at: start))
      } catch {
        throw error.inFile(segment.path)
      }
      try advance(number)
    }
  }

  /// Moves to the next term; false at the end.
  mutating func next() throws(SearchError) -> Bool {
    lists.removeAll(keepingCapacity: true)
    guard !order.isEmpty else { return false }
    address = order.head(order.first)
    while !order.isEmpty, order.head(order.first) == address {
      let segment = order.pop()
      lists.append((segment, cursors[segment].value))
      try advance(segment)
    }
    return true
  }

  /// Enters the next list of a segment.
  private mutating func advance(_ segment: Int) throws(SearchError) {
    do {
      while try cursors[segment].next() {
        let address = cursors[segment].text
        guard TermAddress(bytes: address).isListAddress else { continue }
        return order.push(segment, address)
      }
    } catch {
      throw error.inFile(segments[segment].path)
    }
  }
}
