/// Merges segments into one that holds their live documents.
///
/// The merged segment has the bytes that the builder would write for the same documents: a segment is a function of its
/// documents, however they came together. So merging is associative, and nothing of a deleted document stays.
struct SegmentMerger: ~Copyable {
  /// A segment and its deleted documents.
  struct Source: Sendable {
    let segment: Segment
    let deleted: DeletedDocuments

    /// - Parameter deleted: nil if nothing is deleted.
    init(segment: Segment, deleted: DeletedDocuments? = nil) {
      self.segment = segment
      self.deleted = deleted ?? DeletedDocuments(limit: segment.documentCount)
    }
  }

  let sources: [Source]
  let mapping: DocumentMapping
  /// Length codes of the merged documents.
  let lengths: [UInt8]
  var lists: PostingListWriter
  var dictionary = TermDictionaryWriter()
  var lexicon: [LexiconEntry] = []
  /// Tokens of each merged document by language.
  private(set) var tokens: GrowableBuffer<UInt32>
  private var keyStamps: [UInt32]
  private var keyStamp: UInt32 = 0

  /// - Parameters:
  ///   - sources: segments of one analyzer, with the same fields; no key is live in two of them.
  ///   - order: returns the order of the documents, given them in the order of their keys, which is the default.
  init(
    _ sources: [Source], order: ((DocumentMapping) throws(SearchError) -> [UInt32])? = nil
  ) throws(SearchError) {
    var mapping = try DocumentMapping(byKey: sources)
    if let order { mapping.reorder(try order(mapping)) }
    var lengths: [UInt8] = []
    for origin in mapping.origins {
      lengths.append(try sources[Int(origin.source)].segment.lengthCode(origin.document))
    }
    self.init(sources, mapping, lengths)
  }

  private init(_ sources: [Source], _ mapping: DocumentMapping, _ lengths: [UInt8]) {
    self.sources = sources
    self.mapping = mapping
    self.lengths = lengths
    lists = PostingListWriter(documents: mapping.count)
    tokens = GrowableBuffer(capacity: 3 * mapping.count)
    tokens.append(repeating: 0, count: Language.allCases.count * mapping.count)
    keyStamps = [UInt32](repeating: 0, count: mapping.count)
  }

  /// One term on its way into the merged segment.
  private struct Term {
    var address: [UInt8]
    var lists: [(segment: Int, entry: TermDictionary.Entry)]
    /// Language, key and zero byte.
    var key: ArraySlice<UInt8> { address[...(1 + TermAddress(bytes: address).key.count)] }
  }

  /// Merges all posting lists.
  mutating func mergeTerms() throws(SearchError) {
    var terms = try MergedTerms(sources.map(\.segment))
    // The terms of one Vietnamese key wait for each other: the key's documents are counted first.
    var waiting: [Term] = []
    // Entries that only count are made anew.
    while try terms.next() {
      let term = Term(address: terms.address, lists: terms.lists)
      if let last = waiting.first, last.key != term.key { try write(&waiting) }
      waiting.append(term)
    }
    try write(&waiting)
  }

  /// Writes the terms of one key.
  private mutating func write(_ terms: inout [Term]) throws(SearchError) {
    var list = MergedList()
    if terms.count > 1, terms[0].address.first == Language.vietnamese.rawValue { try countKey(&terms, &list) }
    for term in terms {
      try SegmentMerger.gather(term, of: sources, mapping, into: &list)
      guard !list.isEmpty else { continue }
      list.sort()
      countTokens(term.address, list)
      let key = Array(TermAddress(bytes: term.address).key)
      let written = list.write(to: &lists, inline: &dictionary.inline, key: key, lengths: lengths)
      dictionary.add(term.address, written.list)
      for (form, documents) in zip(written.forms, written.counts) {
        lexicon.append(LexiconEntry(folded: Folding.key(of: form), form: form, documents: UInt64(documents)))
      }
    }
    terms.removeAll(keepingCapacity: true)
  }

  /// Replaces `list` by the postings of a term in all sources, with the documents' new numbers.
  private static func gather(
    _ term: Term, of sources: [Source], _ mapping: DocumentMapping, into list: inout MergedList
  ) throws(SearchError) {
    list.removeAll()
    let key = Array(TermAddress(bytes: term.address).key)
    for (source, entry) in term.lists {
      let segment = sources[source].segment
      do {
        try list.add(entry, of: segment, key: key, mapping.numbers[source])
      } catch {
        throw error.inFile(segment.path)
      }
    }
  }

  /// Adds the entry that counts the documents of a key, if more than one of its spellings is still there.
  private mutating func countKey(_ terms: inout [Term], _ list: inout MergedList) throws(SearchError) {
    keyStamp += 1
    var live: [Term] = []
    var documents = 0
    var positions: UInt64 = 0
    for term in terms {
      try SegmentMerger.gather(term, of: sources, mapping, into: &list)
      guard !list.isEmpty else { continue }
      live.append(term)
      positions += list.positionCount
      documents += mark(list)
    }
    terms = live
    guard live.count > 1 else { return }
    dictionary.add(Array(live[0].key.dropLast()), lists.emptyList(documents: documents, positions: positions))
  }

  /// Documents of the list that the key has not been seen in.
  private mutating func mark(_ list: borrowing MergedList) -> Int {
    var new = 0
    for index in 0..<list.count {
      let document = Int(list.posting(index).document)
      if keyStamps[document] != keyStamp {
        keyStamps[document] = keyStamp
        new += 1
      }
    }
    return new
  }

  /// Counts the tokens of each document; compounds are no tokens of their own.
  private mutating func countTokens(_ address: [UInt8], _ list: borrowing MergedList) {
    guard !TermAddress(bytes: address).isCompound, let language = address.first else { return }
    let languages = Language.allCases.count
    for index in 0..<list.count {
      let (document, frequency) = list.posting(index)
      // Only damaged frequencies add up to more than 32 bits.
      tokens[Int(document) * languages + Int(language)] &+= frequency
    }
  }
}
