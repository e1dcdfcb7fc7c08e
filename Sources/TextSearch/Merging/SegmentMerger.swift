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
  private var lists: PostingListWriter
  /// Positions of one document.
  private var positions = GrowableBuffer<UInt32>(capacity: 1024)
  /// The neighbours of each of them, where they are kept.
  private var neighbours = GrowableBuffer<UInt8>(capacity: 1024)
  /// For each document, the stamp of the Vietnamese key that it was counted for last.
  private var keyStamps = GrowableBuffer<UInt32>(capacity: 0)
  private var keyStamp: UInt32 = 0
  /// Occurrences since the last look at whether what has been collected is worth writing, and their maximum.
  private var collected = 0
  private static let maximumCollected = 1 << 10

  /// - Parameters:
  ///   - sources: segments of one analyzer, with the same fields; no key is live in two of them.
  ///   - order: returns the order of the documents, given them in the order of their keys, which is the default.
  init(
    _ sources: [Source], order: ((DocumentMapping) throws(SearchError) -> [UInt32])? = nil
  ) throws(SearchError) {
    var mapping = try DocumentMapping(byKey: sources)
    if let order { mapping.reorder(try order(mapping)) }
    var lengths: [UInt8] = []
    lengths.reserveCapacity(mapping.count)
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
  }

  /// One term on its way into the merged segment.
  private struct Term {
    var address: [UInt8]
    var lists: [(segment: Int, entry: TermDictionary.Entry)]

    /// Language, key and zero byte.
    var prefix: ArraySlice<UInt8> { address[...(1 + TermAddress(bytes: address).key.count)] }
    var key: [UInt8] { Array(TermAddress(bytes: address).key) }
  }

  /// Merges all posting lists and writes the sections that belong to terms.
  mutating func writeTerms(_ writer: inout SegmentWriter) throws(SearchError) {
    var sections = try TermSectionsWriter(&writer)
    var terms = try MergedTerms(sources.map(\.segment))
    // The terms of one Vietnamese key wait for each other: the key's documents are counted first.
    var waiting: [Term] = []
    // Entries that only count are made anew.
    while try terms.next() {
      let term = Term(address: terms.address, lists: terms.lists)
      if let last = waiting.first, last.prefix != term.prefix { try write(&waiting, &sections, &writer) }
      waiting.append(term)
    }
    try write(&waiting, &sections, &writer)
    try sections.take(&lists, &writer)
    try sections.finish(&writer)
  }

  /// Writes the terms of one key.
  private mutating func write(
    _ terms: inout [Term], _ sections: inout TermSectionsWriter, _ writer: inout SegmentWriter
  ) throws(SearchError) {
    var merged: [(term: Term, list: MergedList)] = []
    for term in terms {
      let list = try MergedList(term.lists, of: sources, key: term.key)
      if !list.isEmpty { merged.append((term, list)) }
    }
    terms.removeAll(keepingCapacity: true)
    if merged.count > 1, merged[0].term.address.first == Language.vietnamese.rawValue {
      let count = try emptyList(merged.map(\.list))
      sections.dictionary.add(Array(merged[0].term.prefix.dropLast()), count)
    }
    for (term, list) in merged { try write(term, list: list, &sections, &writer) }
  }

  /// Writes the list of a term.
  private mutating func write(
    _ term: Term, list: MergedList, _ sections: inout TermSectionsWriter, _ writer: inout SegmentWriter
  ) throws(SearchError) {
    var postings = try list.postings(sources, mapping)
    var (documents, occurrences) = (0, 0)
    var previous: UInt32?
    guard list.documents <= mapping.count else { throw list.damage(sources) }
    lists.begin(
      documents: list.documents, positions: list.positions, forms: list.forms.count,
      keepsNeighbours: list.hasNeighbours)
    while try postings.next() {
      let document = postings.run.document
      let forms = try postings.run.read(into: &positions, &neighbours)
      guard !positions.isEmpty, previous.map({ $0 < document }) ?? true else { throw list.damage(sources) }
      previous = document
      lists.add(document: document, frequency: UInt32(positions.count), length: lengths[Int(document)])
      for index in 0..<positions.count {
        lists.add(position: positions[index], neighbours: list.hasNeighbours ? neighbours[index] : 0)
      }
      for form in forms { lists.add(form: form) }
      lists.endDocument()
      documents += 1
      occurrences += positions.count
      try takePieces(after: positions.count, &sections, &writer)
    }
    guard documents == list.documents, UInt64(occurrences) == list.positions else { throw list.damage(sources) }
    let (written, counts) = lists.end(inline: &sections.dictionary.inline, forms: list.forms, key: term.key)
    sections.dictionary.add(term.address, written)
    try takePieces(after: SegmentMerger.maximumCollected / 16, &sections, &writer)
    for (form, documents) in zip(list.forms, counts) {
      try sections.lexicon.add(LexiconEntry(folded: Folding.key(of: form), form: form, documents: UInt64(documents)))
    }
  }

  /// Writes what has been collected, where it is worth it: after many occurrences, as a look costs more than a posting.
  private mutating func takePieces(
    after occurrences: Int, _ sections: inout TermSectionsWriter, _ writer: inout SegmentWriter
  ) throws(SearchError) {
    collected += occurrences
    guard collected >= SegmentMerger.maximumCollected else { return }
    collected = 0
    try sections.takePieces(&lists, &writer)
  }

  /// Returns the entry that counts the documents of a key with several spellings.
  private mutating func emptyList(_ spellings: [MergedList]) throws(SearchError) -> PostingList {
    if keyStamps.isEmpty { keyStamps.append(repeating: 0, count: mapping.count) }
    keyStamp += 1
    var documents = 0
    for list in spellings {
      try list.forEachDocument(sources, mapping) { document in
        if keyStamps[Int(document)] != keyStamp { documents += 1 }
        keyStamps[Int(document)] = keyStamp
      }
    }
    return lists.emptyList(documents: documents, positions: spellings.reduce(0) { $0 &+ $1.positions })
  }
}
