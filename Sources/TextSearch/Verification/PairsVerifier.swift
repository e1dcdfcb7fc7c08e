/// A verifier that makes the pair filters and pair frequencies of a segment anew from its positions.
struct PairsVerifier {
  private let segment: Segment
  private let slots = PairSlots()

  init(_ segment: Segment) { self.segment = segment }

  /// Compares the sections with what the positions make of them.
  ///
  /// - Throws: `SearchError.corrupt` for the first problem.
  mutating func verify() throws(SearchError) {
    guard !segment.pairs.isEmpty else { return }
    let section = try segment.region(.pairs)
    try verifyStarts(section)
    let counts = SharedTable<UInt32>(count: 1 << PairFrequencies.slotBits)
    var reader = DocumentPairs(segment, of: (0..<segment.documentCount).map { UInt32($0) })
    try reader.forEach { (document, pairs) throws(SearchError) in
      try verify(document, pairs, section)
      for pair in pairs { slots.add(pair.first.word, pair.second.word) }
      slots.endDocument()
      slots.takeAll { counts[Int($0)] += 1 }
    }
    try verify(counts)
  }

  /// Checks the sizes of the filters and the bytes between starts and words.
  private func verifyStarts(_ section: ByteRegion) throws(SearchError) {
    var end = 0
    for document in 0..<segment.documentCount {
      let count = PairFilters.wordCount(lengthCode: try segment.lengthCode(UInt32(document)))
      guard try segment.pairs.range(UInt32(document)) == end..<end + count else {
        throw section.corrupt(
          at: 4 * document, "the size of the filter of document \(document) does not follow from its length")
      }
      end += count
    }
    let used = PairFilters.startBytes(documents: segment.documentCount)
    for offset in used..<PairFilters.start(documents: segment.documentCount) where try section.byte(at: offset) != 0 {
      throw section.corrupt(at: offset, "a byte between starts and words is not zero")
    }
  }

  /// Compares the filter of a document with the filter of its pairs.
  private func verify(
    _ document: UInt32, _ pairs: [(first: DocumentPairs.Word, second: DocumentPairs.Word)], _ section: ByteRegion
  ) throws(SearchError) {
    let range = try segment.pairs.range(document)
    var words = [UInt64](repeating: 0, count: range.count)
    for (first, second) in pairs {
      let pair = PairFilters.hash(first.filterHash, second.filterHash)
      guard !range.isEmpty else {
        throw section.corrupt(at: 4 * Int(document), "no filter for the words of document \(document)")
      }
      words[PairFilters.word(of: pair, in: range.count)] |= PairFilters.bits(of: pair)
    }
    for index in range where try segment.pairs.word(index) != words[index - range.lowerBound] {
      throw section.corrupt(
        at: PairFilters.start(documents: segment.documentCount) + 8 * index,
        "the filter of document \(document) differs from its pairs")
    }
  }

  /// Compares the frequencies with those that were counted.
  private func verify(_ counts: SharedTable<UInt32>) throws(SearchError) {
    let section = try segment.region(.pairFrequencies)
    var cursor = segment.pairFrequencies.start
    var next = 0
    var total: UInt64 = 0
    while true {
      let found = try cursor.advance()
      let end = found.map { Int($0.slot) } ?? counts.count
      for slot in next..<end where counts[slot] > 0 {
        throw section.corrupt(at: 0, "no number for the pairs of slot \(slot)")
      }
      guard let (slot, frequency) = found else { break }
      guard counts[Int(slot)] == frequency else {
        throw section.corrupt(at: 0, "\(frequency) documents of slot \(slot), \(counts[Int(slot)]) hold its pairs")
      }
      total += UInt64(frequency)
      next = Int(slot) + 1
    }
    guard total == segment.pairFrequencies.total else {
      throw section.corrupt(at: section.count - 16, "the sum differs from the numbers")
    }
  }
}
