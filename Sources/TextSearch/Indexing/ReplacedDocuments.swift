/// Finds the documents that later segments replace.
enum ReplacedDocuments {
  /// A document that a later one with its key replaces.
  struct Found {
    var key: [UInt8]
    var segment: Int
    var document: UInt32
  }

  /// - Parameter compared: no key is live in two of the segments before this one.
  static func find(_ sources: [SegmentMerger.Source], _ compared: Int) throws(SearchError) -> [Found] {
    let new = sources[compared...].reduce(0) { $0 + $1.segment.documentCount }
    let all = sources.reduce(0) { $0 + $1.segment.documentCount }
    // A look-up in each segment costs about as much as passing over a block of keys.
    let isSmall = new * sources.count * BlockIndex.blockSize < all
    return isSmall ? try lookUp(sources, compared) : try compare(sources)
  }

  /// Looks every key of the new segments up in all segments before.
  static func lookUp(_ sources: [SegmentMerger.Source], _ compared: Int) throws(SearchError) -> [Found] {
    var found: [Found] = []
    for number in compared..<sources.count {
      var keys = LiveKeys(sources[number])
      while let key = try keys.next() {
        for place in 0..<number {
          guard let document = try sources[place].segment.document(withKey: key) else { continue }
          found.append(Found(key: key, segment: place, document: document))
        }
      }
    }
    return found
  }

  /// One pass over the sorted keys of all segments side by side.
  static func compare(_ sources: [SegmentMerger.Source]) throws(SearchError) -> [Found] {
    var found: [Found] = []
    var keys = try MergedKeys(sources)
    var last: Found?
    while try keys.next() {
      // Of documents with one key those of earlier segments come first: each is replaced by the next.
      if let last, last.key == keys.key { found.append(last) }
      last = Found(key: keys.key, segment: keys.source, document: keys.document)
    }
    return found
  }
}
