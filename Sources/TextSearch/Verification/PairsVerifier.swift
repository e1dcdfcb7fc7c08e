/// A verifier that makes the neighbours and pair frequencies of a segment anew from its positions.
struct PairsVerifier {
  private let segment: Segment
  private let slots = PairSlots()

  init(_ segment: Segment) { self.segment = segment }

  /// Compares the sections with what the positions make of them.
  ///
  /// - Throws: `SearchError.corrupt` for the first problem.
  mutating func verify() throws(SearchError) {
    let section = try segment.region(.neighbours)
    guard !segment.pairFrequencies.isEmpty else {
      if section.count > 0 { throw section.corrupt(at: 0, "neighbours without pair frequencies") }
      return
    }
    let counts = SharedTable<UInt32>(count: 1 << PairFrequencies.slotBits)
    var total: UInt64 = 0
    var words = DocumentWords(segment, of: (0..<segment.documentCount).map { UInt32($0) })
    while try words.next() {
      words.forEachSlot(slots) { slot in
        counts[Int(slot)] += 1
        total += 1
      }
      try verifyNeighbours(words)
    }
    try verify(counts, total: total)
    try verifyExtents(section)
  }

  /// Compares the neighbours of all occurrences in some documents with the words beside them.
  private func verifyNeighbours(_ words: DocumentWords) throws(SearchError) {
    var cursor = segment.dictionary.start
    var found = GrowableBuffer<UInt8>(capacity: 64)
    while try cursor.next() {
      let address = TermAddress(bytes: cursor.text)
      guard address.isListAddress else { continue }
      let isTooLong = cursor.value.list.positions > PostingFormat.maximumNeighbours
      guard cursor.value.list.hasNeighbours != (address.isFrequent || isTooLong) else {
        throw segment.postings.neighbours.corrupt(
          at: Int(clamping: cursor.value.list.neighbourOffset),
          address.isFrequent ? "neighbours of a frequent term" : "neighbours of a term are missing, or too many")
      }
      guard cursor.value.list.hasNeighbours else { continue }
      try words.forEachPosting(of: cursor.value) { (index, list) throws(SearchError) in
        found.removeAll()
        try list.appendNeighbours(to: &found)
        for (number, position) in try list.positions().enumerated() {
          guard found[number] == words.neighbours(index, Int(position)) else {
            throw segment.postings.neighbours.corrupt(
              at: Int(clamping: cursor.value.list.neighbourOffset),
              "neighbours of an occurrence in document \(list.document) differ from the words beside it")
          }
        }
      }
    }
  }

  /// Checks that the neighbours of all lists are the whole section, and that those of blocks begin where the ones before end.
  private func verifyExtents(_ section: ByteRegion) throws(SearchError) {
    var end: UInt64 = 0
    var cursor = segment.dictionary.start
    while try cursor.next() {
      guard TermAddress(bytes: cursor.text).isListAddress else { continue }
      let list = cursor.value.list
      guard list.neighbourCount == 0 || list.neighbourOffset == end else {
        throw section.corrupt(at: Int(clamping: end), "neighbours of a list do not begin where those before end")
      }
      try verifyStarts(cursor.value)
      end += list.neighbourCount
    }
    guard end == UInt64(section.count) else {
      throw section.corrupt(at: Int(clamping: end), "bytes behind the last list's neighbours")
    }
  }

  /// Checks that the neighbours of each block of a list begin where those of the block before end.
  private func verifyStarts(_ entry: TermDictionary.Entry) throws(SearchError) {
    let list = entry.list
    guard list.neighbourCount > list.positions else { return }
    let starts = try segment.postings.neighbours.slice(
      at: list.neighbourOffset &+ list.positions, count: list.neighbourCount - list.positions)
    var postings = try segment.cursor(entry)
    var before: UInt64 = 0
    for ordinal in 0..<list.documents {
      _ = try postings.advance()
      if ordinal % PostingFormat.blockSize == 0 {
        let offset = 4 * (ordinal / PostingFormat.blockSize)
        guard UInt64(try starts.load(at: offset, as: UInt32.self)) == before else {
          throw starts.corrupt(at: offset, "neighbours of a block do not begin where those before end")
        }
      }
      before += UInt64(try postings.frequency)
    }
  }

  /// Compares the frequencies with those that were counted: as the sum of all is right, none is missing.
  ///
  /// - Parameter total: sum of the numbers of all slots.
  private func verify(_ counts: SharedTable<UInt32>, total: UInt64) throws(SearchError) {
    let section = try segment.region(.pairFrequencies)
    var cursor = segment.pairFrequencies.start
    var sum: UInt64 = 0
    while let (slot, frequency) = try cursor.advance() {
      guard counts[Int(slot)] == frequency else {
        throw section.corrupt(at: 0, "\(frequency) documents of slot \(slot), \(counts[Int(slot)]) hold its pairs")
      }
      sum += UInt64(frequency)
    }
    guard sum == total, segment.pairFrequencies.total == total else {
      throw section.corrupt(at: section.count - 16, "the sum of all numbers is not \(total)")
    }
  }
}
