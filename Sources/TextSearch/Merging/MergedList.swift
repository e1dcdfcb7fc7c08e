/// The list of one term in the merged segment: what must be known of it before its first posting is read.
struct MergedList {
  /// Live documents, and occurrences in them.
  private(set) var documents = 0
  private(set) var positions: UInt64 = 0
  /// The forms that live documents hold, in the order of their bytes; none where forms are not kept.
  private(set) var forms: [[UInt8]] = []
  /// Whether the words beside each occurrence are kept.
  let hasNeighbours: Bool
  /// The lists of the term in the sources that hold it, by the numbers of the sources, ascending.
  private let lists: [(segment: Int, entry: TermDictionary.Entry)]
  /// For each of these lists, the forms of each of its sets, as ordinals in `forms`.
  private var members: [[[UInt32]]] = []

  var isEmpty: Bool { documents == 0 }

  /// Counts the live postings: those of a source without deletions are all of them.
  ///
  /// - Parameters:
  ///   - lists: those of the term, by the numbers of the sources, ascending.
  ///   - key: that of the term.
  init(
    _ lists: [(segment: Int, entry: TermDictionary.Entry)], of sources: [SegmentMerger.Source], key: [UInt8]
  ) throws(SearchError) {
    self.lists = lists
    // Lists of too many occurrences have none, whatever the others have.
    hasNeighbours = lists.allSatisfy { $0.entry.list.hasNeighbours }
    let areKept = lists.contains { $0.entry.list.hasNeighbours }
    var sets: [[[[UInt8]]]] = []
    var liveForms: Set<[UInt8]> = []
    for (number, entry) in lists {
      let source = sources[number]
      do throws(SearchError) {
        let isTooLong = entry.list.positions > PostingFormat.maximumNeighbours
        guard entry.list.hasNeighbours || !areKept || isTooLong else {
          throw source.segment.postings.neighbours.corrupt(
            at: Int(clamping: entry.list.neighbourOffset),
            "neighbours are kept of one list of a term and not of another")
        }
        let own = try MergedList.sets(entry, source.segment, key)
        var isUsed = [Bool](repeating: source.deleted.isEmpty, count: own.count)
        if source.deleted.isEmpty {
          documents += entry.list.documents
          positions &+= entry.list.positions
        } else {
          try count(entry, source, &isUsed)
        }
        for (set, isUsed) in zip(own, isUsed) where isUsed { liveForms.formUnion(set) }
        sets.append(own)
      } catch {
        throw error.inFile(source.segment.path)
      }
    }
    guard !liveForms.isEmpty else { return }
    forms = liveForms.sorted { $0.lexicographicallyPrecedes($1) }
    var ordinals: [[UInt8]: UInt32] = [:]
    for (ordinal, form) in forms.enumerated() { ordinals[form] = UInt32(ordinal) }
    members = sets.map { $0.map { set in set.compactMap { ordinals[$0] } } }
  }

  /// Returns the sets of forms of a list; none where forms are not kept.
  private static func sets(
    _ entry: TermDictionary.Entry, _ segment: Segment, _ key: [UInt8]
  ) throws(SearchError) -> [[[UInt8]]] {
    guard entry.list.forms.count > 0 else { return [] }
    let table = try FormSets(try segment.sections(of: entry).restricted(to: entry.list).forms, key: key)
    return table.sets.map { set in set.map { table.forms[Int($0)] } }
  }

  /// Counts the live postings of a list, and notes the sets of forms that they hold.
  private mutating func count(
    _ entry: TermDictionary.Entry, _ source: SegmentMerger.Source, _ isUsed: inout [Bool]
  ) throws(SearchError) {
    var cursor = try source.segment.cursor(entry)
    while case let document = try cursor.advance(), document != PostingCursor.end {
      guard !source.deleted.contains(document) else { continue }
      documents += 1
      positions += UInt64(try cursor.frequency)
      guard !isUsed.isEmpty else { continue }
      let code = Int(try cursor.formCode)
      guard code < isUsed.count else { throw source.segment.postings.codes.corrupt(at: 0, "form code \(code)") }
      isUsed[code] = true
    }
  }

  /// Calls `body` with each live document, the sources one after the other.
  func forEachDocument(
    _ sources: [SegmentMerger.Source], _ mapping: DocumentMapping, _ body: (UInt32) -> Void
  ) throws(SearchError) {
    for (number, entry) in lists {
      do {
        var cursor = try sources[number].segment.cursor(entry)
        while case let document = try cursor.advance(), document != PostingCursor.end {
          let merged = mapping.numbers[number][Int(document)]
          if merged != DocumentMapping.none { body(merged) }
        }
      } catch {
        throw error.inFile(sources[number].segment.path)
      }
    }
  }

  /// Returns the live postings in the order of the merged documents.
  func postings(
    _ sources: [SegmentMerger.Source], _ mapping: DocumentMapping
  ) throws(SearchError) -> MergedPostings {
    var runs: [PostingRun] = []
    for (index, list) in lists.enumerated() {
      runs.append(
        try PostingRun(
          list.entry, sources[list.segment].segment, mapping.numbers[list.segment],
          members: members.isEmpty ? [] : members[index], isAscending: mapping.isAscending[list.segment]))
    }
    return try MergedPostings(runs)
  }

  /// Returns the error for postings that are out of order, or not as many as the entries of the lists say.
  func damage(_ sources: [SegmentMerger.Source]) -> SearchError {
    let (number, entry) = lists[0]
    let segment = sources[number].segment
    return segment.postings.postings.corrupt(
      at: Int(clamping: entry.list.postings.offset), "postings are not those that the entry of the list counts"
    ).inFile(segment.path)
  }
}

/// The postings of several runs in the order of the merged documents.
struct MergedPostings {
  private let runs: [PostingRun]
  /// The next documents of the other runs (upper half) and the runs' numbers.
  private var waiting = NumberHeap()
  /// The run of the current posting.
  private(set) var run: PostingRun
  private var number: Int

  /// Stands before the first posting; there must be a run.
  init(_ runs: [PostingRun]) throws(SearchError) {
    self.runs = runs
    for (number, run) in runs.enumerated() where try run.next() { waiting.push(MergedPostings.entry(run, number)) }
    run = runs[0]
    number = -1
  }

  private static func entry(_ run: PostingRun, _ number: Int) -> UInt64 { UInt64(run.document) << 32 | UInt64(number) }

  /// Moves to the next posting; false at the end.
  mutating func next() throws(SearchError) -> Bool {
    if number >= 0, try run.next() {
      let entry = MergedPostings.entry(run, number)
      guard let first = waiting.first, first < entry else { return true }
      waiting.push(entry)
    }
    guard waiting.first != nil else { return false }
    number = Int(waiting.pop() & 0xFFFF_FFFF)
    run = runs[number]
    return true
  }
}
