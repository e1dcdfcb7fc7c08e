/// The postings of one term, gathered from several segments under the numbers of the merged one.
struct MergedList: ~Copyable {
  private var postings = GrowableBuffer<MergedPosting>(capacity: 1024)
  private var positions = GrowableBuffer<UInt32>(capacity: 1024)
  /// The neighbours of each position, where they are kept.
  private var neighbours = GrowableBuffer<UInt8>(capacity: 1024)
  private var hasNeighbours = false
  /// No list has been added.
  private var isFirst = true
  private var isSorted = true
  /// The sets of forms of all sources, one after the other, and the number of live documents of each.
  private var sets: [[[UInt8]]] = []
  private var setUses: [UInt32] = []

  var isEmpty: Bool { postings.isEmpty }
  var count: Int { postings.count }
  var positionCount: UInt64 { UInt64(positions.count) }

  mutating func removeAll() {
    postings.removeAll()
    positions.removeAll()
    neighbours.removeAll()
    isFirst = true
    isSorted = true
    sets.removeAll(keepingCapacity: true)
    setUses.removeAll(keepingCapacity: true)
  }

  /// Adds the postings of a source's list for the documents that `numbers` keeps.
  mutating func add(
    _ entry: TermDictionary.Entry, of segment: Segment, key: [UInt8], _ numbers: [UInt32]
  ) throws(SearchError) {
    let firstSet = UInt32(sets.count)
    let sections = segment.sections(of: entry)
    try addSets(entry.list, sections, key)
    if isFirst { hasNeighbours = entry.list.hasNeighbours }
    isFirst = false
    guard entry.list.hasNeighbours == hasNeighbours else {
      throw sections.postings.corrupt(at: 0, "neighbours are kept of one list of a term and not of another")
    }
    var cursor = try segment.cursor(entry)
    while case let document = try cursor.advance(), document != PostingCursor.end {
      let number = numbers[Int(document)]
      guard number != DocumentMapping.none else { continue }
      let code = try cursor.formCode
      let set = firstSet &+ code
      if !sets.isEmpty {
        guard Int(code) < sets.count - Int(firstSet) else { throw sections.codes.corrupt(at: 0, "form code \(code)") }
        setUses[Int(set)] += 1
      }
      if let last = postings.isEmpty ? nil : postings[postings.count - 1].document, last > number { isSorted = false }
      postings.append(
        MergedPosting(
          document: number, frequency: try cursor.frequency, positions: UInt64(positions.count), set: set))
      try cursor.appendPositions(to: &positions)
      if hasNeighbours { try cursor.appendNeighbours(to: &neighbours) }
    }
  }

  private mutating func addSets(
    _ list: PostingList, _ sections: PostingSections, _ key: [UInt8]
  ) throws(SearchError) {
    guard list.forms.count > 0 else { return }
    let table = try FormSets(try sections.restricted(to: list).forms, key: key)
    for set in table.sets { sets.append(set.map { table.forms[Int($0)] }) }
    setUses += [UInt32](repeating: 0, count: table.sets.count)
  }

  /// The forms that live documents hold, in the order of their bytes.
  private func liveForms() -> [[UInt8]] {
    var forms: Set<[UInt8]> = []
    for (set, uses) in zip(sets, setUses) where uses > 0 { forms.formUnion(set) }
    return forms.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Puts the postings in the order of their documents.
  mutating func sort() {
    guard !isSorted else { return }
    var order = (0..<postings.count).map { UInt64(postings[$0].document) << 32 | UInt64($0) }
    order.sort()
    var sorted = GrowableBuffer<MergedPosting>(capacity: postings.count)
    for index in order { sorted.append(postings[Int(index & 0xFFFF_FFFF)]) }
    swap(&postings, &sorted)
    isSorted = true
  }

  /// Document and frequency of a posting.
  func posting(_ index: Int) -> (document: UInt32, frequency: UInt32) {
    (postings[index].document, postings[index].frequency)
  }

  /// Writes the list; returns its extents and the number of documents of each form.
  func write(
    to lists: inout PostingListWriter, inline: inout ByteWriter, key: [UInt8], lengths: [UInt8]
  ) -> (list: PostingList, forms: [[UInt8]], counts: [UInt32]) {
    let forms = liveForms()
    var ordinals: [[UInt8]: UInt32] = [:]
    for (ordinal, form) in forms.enumerated() { ordinals[form] = UInt32(ordinal) }
    let members = zip(sets, setUses).map { set, uses in uses > 0 ? set.map { ordinals[$0] ?? 0 } : [] }
    lists.begin(
      documents: count, positions: positionCount, forms: forms.count, keepsNeighbours: hasNeighbours)
    for index in 0..<postings.count {
      let posting = postings[index]
      lists.add(
        document: posting.document, frequency: posting.frequency, length: lengths[Int(posting.document)])
      for index in Int(posting.positions)..<Int(posting.positions) + Int(posting.frequency) {
        lists.add(position: positions[index], neighbours: hasNeighbours ? neighbours[index] : 0)
      }
      if !forms.isEmpty { for form in members[Int(posting.set)] { lists.add(form: form) } }
      lists.endDocument()
    }
    let (list, counts) = lists.end(inline: &inline, forms: forms, key: key)
    return (list, forms, counts)
  }
}

/// A posting on its way into a merged list.
struct MergedPosting: BitwiseCopyable {
  var document: UInt32
  var frequency: UInt32
  /// The index of its first position.
  var positions: UInt64
  /// The set of forms in the document, by its number among all sources' sets.
  var set: UInt32
}
