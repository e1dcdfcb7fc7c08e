/// Finds the documents that later segments replace.
enum ReplacedDocuments {
  /// A document that a later one with its key replaces.
  struct Found {
    var key: [UInt8]
    /// Index of its segment.
    var segment: Int
    var document: UInt32
  }

  /// Finds the replaced documents, by the method that reads fewer keys.
  ///
  /// - Parameter compared: number of segments, from the first on, that share no live key.
  /// - Throws: `SearchError.corrupt` if the keys of a segment are damaged.
  static func find(_ sources: [SegmentMerger.Source], _ compared: Int) throws(SearchError) -> [Found] {
    let new = sources[compared...].reduce(0) { $0 + $1.segment.documentCount }
    let all = sources.reduce(0) { $0 + $1.segment.documentCount }
    // Looking up a key in a segment costs about as much as reading a block of its keys.
    let isSmall = new * sources.count * PrefixBlocks.blockSize < all
    return isSmall ? try lookUp(sources, compared) : try compare(sources)
  }

  /// Looks up every live key of the segments from `compared` on in all segments before.
  static func lookUp(_ sources: [SegmentMerger.Source], _ compared: Int) throws(SearchError) -> [Found] {
    var found: [Found] = []
    for number in compared..<sources.count {
      var keys = LiveKeys(sources[number])
      while let key = try keys.next() {
        for earlier in 0..<number {
          guard let document = try sources[earlier].segment.document(withKey: key) else { continue }
          found.append(Found(key: key, segment: earlier, document: document))
        }
      }
    }
    return found
  }

  /// Merges the sorted live keys of all segments in one pass.
  static func compare(_ sources: [SegmentMerger.Source]) throws(SearchError) -> [Found] {
    var found: [Found] = []
    var keys = try MergedKeys(sources)
    var last: Found?
    while try keys.next() {
      // Of documents with equal keys those of earlier segments come first: each is replaced by the next.
      if let last, last.key == keys.key { found.append(last) }
      last = Found(key: keys.key, segment: keys.source, document: keys.document)
    }
    return found
  }
}
