// Scores the documents of a window into an accumulator. Windows ascend.
extension ListScorer {
  /// Adds the scores of a window's documents; returns their number.
  ///
  /// - Parameters:
  ///   - weight: of the clause, whose only list it is.
  ///   - minimum: documents of blocks whose inputs stay below need no score.
  ///   - isCounting: they are marked as matches then.
  func addScores(
    _ window: Range<UInt32>, _ weight: Float, minimum: Float, isCounting: Bool,
    to accumulator: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    var count = 0
    try forEachBlock(window) { (block, maximum, list) throws(SearchError) in
      if maximum >= minimum {
        if accumulator.hasPairs { try list.loadNeighbours(of: block, accumulator.test?.neighbours) }
        count &+= try list.addScores(block, window, tables, weight: weight, to: accumulator)
      } else if isCounting {
        count &+= try list.mark(block, window, in: accumulator)
      }
    }
    return count
  }

  /// Adds the inputs of a window's documents, for a clause of several lists, which saturates them later; returns how many there
  /// are.
  func addInputs(
    _ window: Range<UInt32>, minimum: Float, isCounting: Bool, to accumulator: inout WindowAccumulator
  ) throws(SearchError) -> Int {
    var count = 0
    try forEachBlock(window) { (block, maximum, list) throws(SearchError) in
      if maximum >= minimum {
        count &+= try list.addInputs(block, window, tables, to: &accumulator)
        try list.addNeighbours(block, window, to: accumulator)
      } else if isCounting {
        count &+= try list.mark(block, window, in: accumulator)
      }
    }
    return count
  }

  /// Marks a window's documents as matches, and adds the inputs of some of them (ascending) that may reach `minimum`.
  ///
  /// - Parameter countsOverlap: nothing is marked; those that are marked already are counted instead.
  /// - Returns: their number.
  func mark(
    _ window: Range<UInt32>, in accumulator: borrowing WindowAccumulator, countsOverlap: Bool,
    at documents: borrowing GrowableBuffer<UInt32>, minimum: borrowing GrowableBuffer<Float>,
    to inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) -> Int {
    var overlap = 0
    var next = 0
    try forEachBlock(window) { (block, maximum, list) throws(SearchError) in
      let last = blocks[block].last
      let start = next
      var isWanted = false
      while next < documents.count, documents[next] <= last {
        isWanted = isWanted || minimum[next] <= maximum
        next &+= 1
      }
      if !countsOverlap {
        _ = try list.mark(block, window, in: accumulator)
      } else if !holdsNone(block, window, accumulator) {
        overlap &+= try list.overlap(block, window, with: accumulator)
      }
      guard isWanted else { return }
      try list.addInputs(
        block, maximum: maximum, tables, at: documents, start..<next, minimum: minimum, to: &inputs)
    }
    return overlap
  }

  /// Whether no document that a block may hold is marked.
  private func holdsNone(_ block: Int, _ window: Range<UInt32>, _ accumulator: borrowing WindowAccumulator) -> Bool {
    let first = max(window.lowerBound, block == 0 ? 0 : blocks[block &- 1].last &+ 1)
    let last = min(window.upperBound &- 1, blocks[block].last)
    return first <= last
      && accumulator.isEmpty(Int(first &- window.lowerBound)...Int(last &- window.lowerBound))
  }
}

extension PostingBlock {
  /// Adds weight * x / (1 + x) of a block's documents to the scores of a window, and the upper bounds of the pairs that their
  /// neighbours, which are loaded, allow; returns the number of those in it.
  fileprivate mutating func addScores(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, weight: Float,
    to accumulator: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    try load(block, tables)
    let loaded = LoadedBlock(self, tables)
    let indices = indices(in: window)
    let (documents, scores) = unsafe (documents.unsafeBase, accumulator.scores)
    // Safe because: there are flags for each posting where pairs contribute, and four sums.
    let (flags, pairSums) = unsafe (neighbourFlags.unsafeBase, accumulator.flagSums.unsafeBase)
    let hasSums = accumulator.added.isAny
    let threshold = SIMD4(repeating: accumulator.threshold)
    var index = indices.lowerBound
    while index &+ 4 <= indices.upperBound {
      var four = unsafe BM25.score(loaded.inputs(index), weight)
      if hasSums {
        four += unsafe SIMD4(
          pairSums[Int(flags[index])], pairSums[Int(flags[index &+ 1])], pairSums[Int(flags[index &+ 2])],
          pairSums[Int(flags[index &+ 3])])
      }
      // Safe because: the documents lie in the window, which the accumulator covers.
      let slots = unsafe (
        Int(documents[index] &- window.lowerBound), Int(documents[index &+ 1] &- window.lowerBound),
        Int(documents[index &+ 2] &- window.lowerBound), Int(documents[index &+ 3] &- window.lowerBound)
      )
      let sums = unsafe SIMD4(scores[slots.0], scores[slots.1], scores[slots.2], scores[slots.3]) + four
      unsafe scores[slots.0] = sums[0]
      unsafe scores[slots.1] = sums[1]
      unsafe scores[slots.2] = sums[2]
      unsafe scores[slots.3] = sums[3]
      let high = unsafe unsafeBitCast(sums .>= threshold, to: SIMD2<UInt64>.self)
      if high[0] | high[1] != 0 {
        accumulator.note(slots.0, sums[0])
        accumulator.note(slots.1, sums[1])
        accumulator.note(slots.2, sums[2])
        accumulator.note(slots.3, sums[3])
      }
      index &+= 4
    }
    while index < indices.upperBound {
      let slot = unsafe Int(documents[index] &- window.lowerBound)
      var sum = unsafe scores[slot] + BM25.score(loaded.input(index), weight)
      if hasSums { sum += unsafe pairSums[Int(flags[index])] }
      unsafe scores[slot] = sum
      accumulator.note(slot, sum)
      index &+= 1
    }
    let start = unsafe documents + indices.lowerBound
    if accumulator.hasPairs {
      unsafe accumulator.mark(start, flags + indices.lowerBound, indices.count, from: window.lowerBound)
    } else {
      unsafe accumulator.mark(start, indices.count, from: window.lowerBound)
    }
    return indices.count
  }

  /// Adds the inputs of a block's documents to those of a window; returns the number of those in it.
  fileprivate mutating func addInputs(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, to accumulator: inout WindowAccumulator
  ) throws(SearchError) -> Int {
    try load(block, tables)
    let loaded = LoadedBlock(self, tables)
    let indices = indices(in: window)
    let (documents, inputs) = unsafe (documents.unsafeBase, accumulator.inputs)
    var index = indices.lowerBound
    while index &+ 4 <= indices.upperBound {
      let four = unsafe loaded.inputs(index)
      // Safe because: the documents lie in the window, which the accumulator covers.
      for lane in 0..<4 { unsafe inputs[Int(documents[index &+ lane] &- window.lowerBound)] += four[lane] }
      index &+= 4
    }
    while index < indices.upperBound {
      unsafe inputs[Int(documents[index] &- window.lowerBound)] += loaded.input(index)
      index &+= 1
    }
    unsafe accumulator.mark(documents + indices.lowerBound, indices.count, from: window.lowerBound)
    unsafe accumulator.touch(documents + indices.lowerBound, indices.count, from: window.lowerBound)
    return indices.count
  }

  /// Adds the pairs that the neighbours of a loaded block's documents in a window allow, if they are tested.
  fileprivate mutating func addNeighbours(
    _ block: Int, _ window: Range<UInt32>, to accumulator: borrowing WindowAccumulator
  ) throws(SearchError) {
    guard let test = accumulator.test else { return }
    try loadNeighbours(of: block, test.neighbours)
    let (documents, flags) = unsafe (documents.unsafeBase, neighbourFlags.unsafeBase)
    for index in indices(in: window) {
      // Safe because: the documents lie in the window.
      unsafe accumulator.addNeighbours(Int(documents[index] &- window.lowerBound), flags[index])
    }
  }

  /// Marks a block's documents in a window as matches, without scoring them; returns the number of those in it.
  fileprivate mutating func mark(
    _ block: Int, _ window: Range<UInt32>, in accumulator: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    try loadDocuments(of: block)
    let indices = indices(in: window)
    unsafe accumulator.mark(documents.unsafeBase + indices.lowerBound, indices.count, from: window.lowerBound)
    return indices.count
  }

  /// Returns the number of a block's documents in a window that are marked.
  fileprivate mutating func overlap(
    _ block: Int, _ window: Range<UInt32>, with accumulator: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    try loadDocuments(of: block)
    let indices = indices(in: window)
    return unsafe accumulator.overlap(
      documents.unsafeBase + indices.lowerBound, indices.count, from: window.lowerBound)
  }

  /// Adds the inputs of some documents (ascending) that are in a block and may reach `minimum`.
  ///
  /// - Parameter maximum: of the block.
  fileprivate mutating func addInputs(
    _ block: Int, maximum: Float, _ tables: ScoringTables, at targets: borrowing GrowableBuffer<UInt32>,
    _ range: Range<Int>, minimum: borrowing GrowableBuffer<Float>, to inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(inputs.count >= range.upperBound && minimum.count >= range.upperBound)
    try loadDocuments(of: block)
    var (index, held) = (0, 0)
    for number in range where minimum[number] <= maximum {
      let document = targets[number]
      index = self.index(of: document, from: index)
      // Safe because: an index below the count is one of the documents'.
      guard index < count, unsafe documents[unchecked: index] == document else { continue }
      let (frequency, code) = try posting(index, of: block, held: held, tables)
      held &+= 1
      inputs[number] += unsafe tables.input(frequency: frequency, code: code, document: document)
    }
  }
}
