/// The tokens of the deleted documents of a segment, by language.
struct DeletedTokens: ~Copyable {
  private static let languages = Language.allCases.count
  private let deleted: DeletedDocuments
  /// For each document of the segment and each language; 0 where the document is live.
  private var tokens = GrowableBuffer<UInt32>(capacity: 0)

  /// Counts the tokens in the posting lists.
  init(_ source: SegmentMerger.Source) throws(SearchError) {
    deleted = source.deleted
    tokens.append(repeating: 0, count: DeletedTokens.languages * source.segment.documentCount)
    var terms = try MergedTerms([source.segment])
    do {
      while try terms.next() {
        // Compounds are no tokens of their own.
        guard !TermAddress(bytes: terms.address).isCompound, let language = terms.address.first else { continue }
        try count(terms.lists[0].entry, source.segment, Int(language))
      }
    } catch {
      throw error.inFile(source.segment.path)
    }
  }

  private mutating func count(
    _ entry: TermDictionary.Entry, _ segment: Segment, _ language: Int
  ) throws(SearchError) {
    var cursor = try segment.cursor(entry)
    while case let document = try cursor.advance(), document != PostingCursor.end {
      guard deleted.contains(document) else { continue }
      // Only damaged frequencies add up to more than 32 bits.
      tokens[Int(document) * DeletedTokens.languages + language] &+= try cursor.frequency
    }
  }

  /// The statistics of the deleted documents.
  var statistics: CollectionStatistics {
    var statistics = CollectionStatistics()
    for document in deleted {
      statistics.add((0..<DeletedTokens.languages).map { Int(tokens[Int(document) * DeletedTokens.languages + $0]) })
    }
    return statistics
  }
}
