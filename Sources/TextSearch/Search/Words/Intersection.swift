/// Documents of a window that hold some clauses of the query, with their posting ordinals in the clauses' lists.
///
/// Which documents hold a clause is found without their frequencies; these are read of the documents that remain.
struct Intersection: ~Copyable {
  /// Ascending.
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 128)
  /// The posting ordinals, a row of `stride` for each list; `PostingOrdinal.none` where it does not hold the document.
  private var ordinals = GrowableBuffer<UInt32>(capacity: 256)
  private var stride = 0
  private var rowCount = 0
  /// The first row of each clause.
  private var firstRows: GrowableBuffer<Int>
  /// The inputs of one clause, where they were read.
  private var readInputs = GrowableBuffer<Float>(capacity: 0)
  private var hasInputs = false
  private var window: Range<UInt32> = 0..<0
  private var found = FoundPostings()
  /// Indices of documents that are kept, ascending.
  private var kept = GrowableBuffer<UInt32>(capacity: 0)
  private var isHeld = GrowableBuffer<UInt8>(capacity: 0)
  /// A document set of the window, empty between uses.
  private var bits = GrowableBuffer<UInt64>(capacity: 0)
  private let windowSize: Int
  private var finder: DocumentFinder
  private var inputs = GrowableBuffer<Float>(capacity: 128)
  /// The inputs of each clause, a row for each, as they were added to scores.
  private var keptInputs = GrowableBuffer<Float>(capacity: 0)

  /// - Parameter windowSize: documents of the largest window.
  init(clauses: Int, windowSize: Int) {
    firstRows = GrowableBuffer(capacity: clauses)
    firstRows.append(repeating: 0, count: clauses)
    self.windowSize = windowSize
    finder = DocumentFinder(span: windowSize)
  }

  var count: Int { documents.count }
  var isEmpty: Bool { documents.count == 0 }

  // MARK: Documents

  /// Starts with the documents of a window that hold a clause of one list.
  ///
  /// - Parameter minimum: blocks whose inputs stay below may be left out.
  mutating func begin(
    _ window: Range<UInt32>, _ clause: Int, _ list: ListScorer, minimum: Float
  ) throws(SearchError) {
    reset(window)
    try list.appendPostings(window, minimum: minimum, documents: &documents, ordinals: &ordinals)
    (stride, rowCount) = (documents.count, 1)
    firstRows[clause] = 0
  }

  /// Starts with the documents of a window that any list holds. Their postings have not been looked up yet.
  mutating func begin(_ window: Range<UInt32>, _ lists: [ListScorer]) throws(SearchError) {
    reset(window)
    if bits.isEmpty { bits.append(repeating: 0, count: (windowSize + 63) / 64) }
    for list in lists {
      kept.removeAll()
      try list.appendDocuments(window, to: &kept)
      let (words, base) = unsafe (bits.unsafeBase, window.lowerBound)
      for index in 0..<kept.count {
        // Safe because: the documents lie in the window, for each of which there is a bit.
        let slot = unsafe kept[unchecked: index] &- base
        unsafe words[Int(slot &>> 6)] |= 1 &<< UInt64(slot & 63)
      }
    }
    takeBits(from: window.lowerBound)
    stride = documents.count
  }

  private mutating func reset(_ window: Range<UInt32>) {
    precondition(window.count <= windowSize)
    self.window = window
    documents.removeAll()
    ordinals.removeAll()
    (stride, rowCount, hasInputs) = (0, 0, false)
  }

  /// Appends the documents of the set, which is then empty.
  private mutating func takeBits(from start: UInt32) {
    for word in 0..<bits.count {
      var remaining = bits[word]
      bits[word] = 0
      while remaining != 0 {
        documents.append(start &+ UInt32(truncatingIfNeeded: word &<< 6 &+ remaining.trailingZeroBitCount))
        remaining &= remaining &- 1
      }
    }
  }

  /// Keeps the documents of a set.
  mutating func keep(_ allowed: DocumentSet) {
    kept.removeAll()
    for index in 0..<documents.count where allowed.contains(Int(documents[index])) {
      kept.append(UInt32(truncatingIfNeeded: index))
    }
    keepKept()
  }

  /// Keeps the documents that hold a clause, with their posting ordinals.
  mutating func keepHolders(_ clause: Int, _ scorer: ClauseScorer) throws(SearchError) {
    if scorer.lists.count == 1 {
      try find(scorer.lists[0])
      kept.removeAll()
      kept.append(found.indices)
      keepKept()
      firstRows[clause] = rowCount
      precondition(found.count == count)
      return unsafe addRow().update(from: found.ordinals.unsafeBase, count: count)
    }
    try findPostings(clause, scorer)
    kept.removeAll()
    for index in 0..<isHeld.count where isHeld[index] != 0 { kept.append(UInt32(truncatingIfNeeded: index)) }
    keepKept()
  }

  /// Finds the documents' postings in the lists of a clause.
  mutating func findPostings(_ clause: Int, _ scorer: ClauseScorer) throws(SearchError) {
    firstRows[clause] = rowCount
    isHeld.removeAll()
    isHeld.append(repeating: 0, count: count)
    for list in scorer.lists {
      try find(list)
      let row = unsafe addRow()
      for index in 0..<count { unsafe row[index] = PostingOrdinal.none }
      let (indices, own) = unsafe (found.indices.unsafeBase, found.ordinals.unsafeBase)
      // Safe because: what was found are indices of documents.
      for index in 0..<found.count { unsafe row[Int(indices[index])] = own[index] }
      for index in 0..<found.count { isHeld[Int(found.indices[index])] = 1 }
    }
  }

  private mutating func find(_ list: ListScorer) throws(SearchError) {
    let count = count
    found.reset(count)
    // Safe because: there is room for all documents, and each is found at most once.
    let (indices, ordinals) = unsafe (found.indices.unsafeBase, found.ordinals.unsafeBase)
    var held = 0
    try list.find(documents, window: window, with: &finder) { number, ordinal, isHeld in
      unsafe indices[held] = UInt32(truncatingIfNeeded: number)
      unsafe ordinals[held] = ordinal
      held &+= isHeld ? 1 : 0
    }
    found.extend(by: held)
  }

  // MARK: Rows

  /// Makes room for a row, which is to be set.
  @unsafe
  private mutating func addRow() -> UnsafeMutablePointer<UInt32> {
    rowCount += 1
    _ = unsafe ordinals.extend(by: max(0, rowCount * stride - ordinals.count))
    return unsafe row(rowCount - 1)
  }

  /// The address of a row.
  ///
  /// Safe because: there are `stride` ordinals for each row, and no more documents than that.
  @unsafe
  private func row(_ row: Int) -> UnsafeMutablePointer<UInt32> {
    precondition(row >= 0 && row < rowCount)
    return unsafe ordinals.unsafeBase + row * stride
  }

  /// Appends the posting ordinals of some documents in the lists of a clause, a row for each.
  func appendOrdinals(
    of indices: borrowing GrowableBuffer<UInt32>, _ clause: Int, _ scorer: ClauseScorer,
    to target: inout GrowableBuffer<UInt32>
  ) {
    for list in scorer.lists.indices {
      let row = unsafe row(firstRows[clause] + list)
      for number in 0..<indices.count {
        let index = Int(indices[number])
        precondition(index < count)
        // Safe because: a row has an ordinal for each document.
        target.append(unsafe row[index])
      }
    }
  }

  /// Returns what the neighbours of a clause's occurrences in a document say.
  func neighbours(
    of index: Int, _ clause: Int, _ scorer: ClauseScorer, _ test: NeighbourTest
  ) throws(SearchError) -> UInt8 {
    precondition(index < count)
    var flags: UInt8 = 0
    for (number, list) in scorer.lists.enumerated() {
      // Safe because: a row has an ordinal for each document.
      let ordinal = unsafe row(firstRows[clause] + number)[index]
      if ordinal != PostingOrdinal.none {
        flags |= try unsafe list.state.pointee.block.neighbours(
          PostingOrdinal.index(ordinal), of: PostingOrdinal.block(ordinal), test)
      }
    }
    return flags
  }

  // MARK: Fewer documents

  private mutating func keepKept() {
    guard kept.count < count else { return }
    // Safe because: what is kept are indices of documents, and there is one of each for each document.
    for row in 0..<rowCount { unsafe Compaction.gather(self.row(row), kept) }
    if hasInputs {
      unsafe Compaction.gather(readInputs.unsafeBase, kept)
      readInputs.truncate(to: kept.count)
    }
    unsafe Compaction.gather(documents.unsafeBase, kept)
    documents.truncate(to: kept.count)
  }

  // MARK: Inputs

  /// Reads the inputs of a clause once for all.
  mutating func readInputs(_ clause: Int, _ scorer: ClauseScorer) throws(SearchError) {
    Intersection.clear(&readInputs, count)
    try unsafe addInputs(scorer, from: firstRows[clause], to: readInputs.unsafeBase)
    hasInputs = true
  }

  private static func clear(_ values: inout GrowableBuffer<Float>, _ count: Int) {
    values.removeAll()
    values.append(repeating: 0, count: count)
  }

  /// Safe because: there are as many inputs and ordinals of each row as documents.
  @unsafe
  private func addInputs(
    _ scorer: ClauseScorer, from first: Int, to inputs: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    for (number, list) in scorer.lists.enumerated() {
      try unsafe list.addInputs(
        documents.unsafeBase, at: row(first + number), count: count, hasGaps: scorer.lists.count > 1, to: inputs)
    }
  }

  /// Keeps the documents whose inputs, which were read, are at least `minimum`.
  mutating func keep(minimum: Float) {
    kept.removeAll()
    let (inputs, target) = unsafe (readInputs.unsafeBase, kept.extend(by: readInputs.count))
    // Safe because: indices are below the count of the inputs, and no more are kept than were read.
    let count = Compaction.run(
      count: readInputs.count, isKept: { unsafe inputs[$0] >= minimum },
      move: { from, to in unsafe target[to] = UInt32(truncatingIfNeeded: from) })
    kept.truncate(to: count)
    keepKept()
  }

  /// Reads the inputs of the rarest clause, of one list, and keeps the documents that can reach the threshold with the maxima
  /// of the blocks that hold them in the other lists.
  ///
  /// - Parameters:
  ///   - order: the clauses, the rarest first.
  ///   - threshold: minimum score of the rarest clause and those others that have one list.
  mutating func keepBest(_ clauses: [ClauseScorer], _ order: [Int], threshold: Float) throws(SearchError) {
    Intersection.clear(&readInputs, count)
    hasInputs = true
    let scorer = clauses[order[0]]
    // Safe because: there are as many ordinals of each row and inputs as documents, and ranges are below their count.
    let (ordinals, target) = unsafe (row(firstRows[order[0]]), readInputs.unsafeBase)
    var end = count
    while end > 0 {
      let start = unsafe PostingOrdinal.startOfBlock(ordinals, before: end)
      let others = boundOfOthers(clauses, order, start..<end)
      let minimum = scorer.minimumInput(threshold - others)
      if unsafe scorer.lists[0].maximum(from: ordinals[start], through: ordinals[start]) >= minimum {
        try unsafe scorer.lists[0].addInputs(
          documents.unsafeBase + start, at: ordinals + start, count: end - start, hasGaps: false, to: target + start)
        for index in start..<end { unsafe target[index] = target[index] >= minimum ? target[index] : -1 }
      } else {
        for index in start..<end { unsafe target[index] = -1 }
      }
      end = start
    }
    keep(minimum: 0)
  }

  /// Returns the upper bound of the scores of the clauses of one list after the rarest, for a range of the documents.
  private func boundOfOthers(_ clauses: [ClauseScorer], _ order: [Int], _ range: Range<Int>) -> Float {
    var sum: Float = 0
    for clause in order.dropFirst() where clauses[clause].lists.count == 1 {
      let ordinals = unsafe row(firstRows[clause])
      // Safe because: the range is not empty, and there are ordinals of all documents.
      let maximum = unsafe clauses[clause].lists[0].maximum(
        from: ordinals[range.lowerBound], through: ordinals[range.upperBound - 1])
      sum += BM25.bound(maximum, clauses[clause].weight)
    }
    return sum
  }

  // MARK: Scores

  /// Adds the scores of a clause; clauses come in query order.
  ///
  /// - Parameters:
  ///   - isRead: its inputs were read.
  ///   - keepsInputs: they are kept for `input`.
  mutating func addScores(
    _ clause: Int, _ scorer: ClauseScorer, isRead: Bool, keepsInputs: Bool, to scores: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    if clause == 0 { keptInputs.removeAll() }
    if isRead {
      if keepsInputs { keptInputs.append(readInputs) }
      return Intersection.add(readInputs, scorer.weight, to: &scores)
    }
    Intersection.clear(&inputs, count)
    try unsafe addInputs(scorer, from: firstRows[clause], to: inputs.unsafeBase)
    if keepsInputs { keptInputs.append(inputs) }
    Intersection.add(inputs, scorer.weight, to: &scores)
  }

  /// Returns the input of a document in a clause, if it was kept.
  func input(_ index: Int, _ clause: Int) -> Float { keptInputs[clause * count + index] }

  private static func add(
    _ inputs: borrowing GrowableBuffer<Float>, _ weight: Float, to scores: inout GrowableBuffer<Float>
  ) {
    precondition(inputs.count == scores.count)
    let (own, target) = unsafe (
      UnsafeMutableRawPointer(inputs.unsafeBase), UnsafeMutableRawPointer(scores.unsafeBase)
    )
    var index = 0
    while index &+ 4 <= inputs.count {
      // Safe because: four inputs and four scores from there on.
      let four = unsafe own.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD4<Float>.self)
      let before = unsafe target.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD4<Float>.self)
      let sum = before + BM25.score(four, weight)
      unsafe target.storeBytes(of: sum, toByteOffset: 4 &* index, as: SIMD4<Float>.self)
      index &+= 4
    }
    while index < inputs.count {
      scores[index] += BM25.score(inputs[index], weight)
      index &+= 1
    }
  }
}

/// The postings of some documents that a list holds: the documents' indices, ascending, and the posting ordinals.
struct FoundPostings: ~Copyable {
  private(set) var indices = GrowableBuffer<UInt32>(capacity: 128)
  private(set) var ordinals = GrowableBuffer<UInt32>(capacity: 128)

  var count: Int { indices.count }

  /// Removes all, and makes room for `count`.
  mutating func reset(_ count: Int) {
    indices.removeAll()
    ordinals.removeAll()
    indices.reserve(count)
    ordinals.reserve(count)
  }

  /// Extends both by elements that were written behind their ends.
  ///
  /// Safe because: `reset` has made room for all documents that are looked for, and each is found once at most.
  @inline(__always)
  mutating func extend(by added: Int) {
    _ = unsafe indices.extend(by: added)
    _ = unsafe ordinals.extend(by: added)
  }
}
