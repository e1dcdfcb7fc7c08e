/// Finds the documents that later segments replace: one pass over the sorted keys of all segments side by side.
struct ReplacedDocuments {
  /// Documents of each segment that a later one replaces, ascending.
  private(set) var documents: [[UInt32]]
  /// Keys of those among them that were not known before.
  private(set) var newKeys: [[UInt8]] = []

  /// The next key of a segment.
  private struct Head {
    var key: [UInt8]
    var segment: Int
    var document: UInt32

    /// By key, then segment.
    func precedes(_ other: Head) -> Bool {
      if key != other.key { return key.lexicographicallyPrecedes(other.key) }
      return segment < other.segment
    }
  }

  /// - Parameter known: what the same found in earlier segments alone; nothing of it can be missing now.
  init(_ segments: [Segment], known: [[UInt32]]) throws(SearchError) {
    documents = segments.map { _ in [] }
    var heads: [Head] = []
    for (number, segment) in segments.enumerated() where segment.documentCount > 0 {
      heads.append(Head(key: try segment.key(0), segment: number, document: 0))
    }
    guard heads.count > 1 else { return }
    for place in stride(from: heads.count / 2, through: 0, by: -1) { ReplacedDocuments.sink(&heads, place) }
    var last: Head?
    var newDocuments = segments.map { _ in 0 }
    while let head = heads.first {
      // Of documents with one key those of earlier segments come first: each is replaced by the next.
      if let last, last.key == head.key {
        let found = documents[last.segment].count - newDocuments[last.segment]
        let old = last.segment < known.count ? known[last.segment] : []
        if found >= old.count || old[found] != last.document {
          newDocuments[last.segment] += 1
          newKeys.append(last.key)
        }
        documents[last.segment].append(last.document)
      }
      last = head
      try ReplacedDocuments.advance(&heads, segments[head.segment])
    }
  }

  /// Puts the next key of the first head's segment in its place.
  private static func advance(_ heads: inout [Head], _ segment: Segment) throws(SearchError) {
    let next = heads[0].document + 1
    if Int(next) < segment.documentCount {
      heads[0] = Head(key: try segment.key(next), segment: heads[0].segment, document: next)
    } else {
      heads[0] = heads[heads.count - 1]
      heads.removeLast()
    }
    sink(&heads, 0)
  }

  /// Restores the order of the heap below a place.
  private static func sink(_ heads: inout [Head], _ start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heads.count {
        if heads[child].precedes(heads[least]) { least = child }
      }
      if least == place { return }
      heads.swapAt(place, least)
      place = least
    }
  }
}
