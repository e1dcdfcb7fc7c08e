/// A verifier of every byte of a segment and of the consistency of its sections.
///
/// A segment is a function of its documents, so sections that follow from others (statistics, lengths, lexicon,
/// columns, block indexes) are rebuilt and compared byte by byte.
struct SegmentVerifier {
  private let segment: Segment

  /// Checks a segment and adds a finding for each check that fails.
  static func verify(_ segment: Segment, _ findings: inout Findings) {
    FrameVerifier(segment.fileRegion).verify(&findings)
    SegmentVerifier(segment: segment).verifySections(&findings)
  }

  private func verifySections(_ findings: inout Findings) {
    var terms: TermsVerifier?
    findings.check { () throws(SearchError) in terms = try verifyTerms() }
    findings.check { () throws(SearchError) in try verifyKeys() }
    findings.check { () throws(SearchError) in try verifyKeyRanks() }
    let documents = DocumentsVerifier(segment)
    findings.check { () throws(SearchError) in try documents.verify() }
    findings.check { () throws(SearchError) in try TitlesVerifier(segment).verify() }
    guard let terms else { return }
    findings.check { () throws(SearchError) in try verifyLexicon(terms.forms) }
    findings.check { () throws(SearchError) in try verifyLengths(terms) }
    findings.check { () throws(SearchError) in try verifyStatistics(terms) }
    findings.check { () throws(SearchError) in try verifyPairs() }
  }

  /// Compares bytes with the expected bytes.
  ///
  /// - Throws: `SearchError.corrupt` with `reason` at the first byte that differs.
  static func require(_ expected: borrowing ByteWriter, _ found: ByteRegion, _ reason: String) throws(SearchError) {
    for index in 0..<min(expected.count, found.count) where try found.byte(at: index) != expected.bytes[index] {
      throw found.corrupt(at: index, reason)
    }
    guard found.count == expected.count else {
      throw found.corrupt(
        at: min(found.count, expected.count), "\(reason): \(found.count) bytes, not \(expected.count)")
    }
  }

  private func verifyTerms() throws(SearchError) -> TermsVerifier {
    var terms = TermsVerifier(segment)
    try terms.verify()
    return terms
  }

  private func verifyLexicon(_ forms: [LexiconEntry]) throws(SearchError) {
    var sorter = LexiconSorter()
    for form in forms { try sorter.add(form) }
    var words = ByteWriter()
    let index = try sorter.finish(to: &words)
    try SegmentVerifier.require(
      words, try segment.region(.lexicon), "the lexicon differs from the forms of the keys")
    try SegmentVerifier.require(
      index, try segment.region(.lexiconIndex), "the index differs from the lexicon")
  }

  // MARK: Keys

  private func verifyKeys() throws(SearchError) {
    let section = try segment.region(.keys)
    var rebuilt = KeyTableWriter()
    var cursor = segment.keys.start
    var previous: [UInt8]?
    for rank in 0..<segment.documentCount {
      _ = try cursor.next()
      guard previous.map({ $0.lexicographicallyPrecedes(cursor.text) }) ?? true else {
        throw section.corrupt(at: 0, "key \(rank) is out of order")
      }
      previous = cursor.text
      rebuilt.add(cursor.text)
    }
    try SegmentVerifier.require(rebuilt.keys, section, "the keys are not in their only valid encoding")
    try SegmentVerifier.require(rebuilt.index(), try segment.region(.keyIndex), "the index differs from the keys")
  }

  private func verifyKeyRanks() throws(SearchError) {
    guard segment.keyRanks.isReordered else { return }
    let section = try segment.region(.keyRanks)
    var ranks: [UInt32] = []
    var isSeen = [Bool](repeating: false, count: segment.documentCount)
    for document in 0..<UInt32(segment.documentCount) {
      let rank = try segment.keyRanks.rank(document)
      guard !isSeen[Int(rank)] else {
        throw segment.keyRanks.corrupt(rankOf: document, "rank \(rank) is there twice")
      }
      isSeen[Int(rank)] = true
      ranks.append(rank)
    }
    var expected = ByteWriter()
    KeyRanks.write(ranks, to: &expected)
    try SegmentVerifier.require(expected, section, "the documents are not the inverse of the ranks")
  }

  // MARK: Lengths and statistics

  /// Returns the number of tokens of a document by language.
  private func tokens(_ terms: TermsVerifier, _ document: Int) -> [Int] {
    let start = document * TermsVerifier.languages
    return terms.tokens[start..<start + TermsVerifier.languages].map(Int.init)
  }

  private func verifyLengths(_ terms: TermsVerifier) throws(SearchError) {
    var codes = ByteWriter()
    for document in 0..<segment.documentCount {
      codes.write(LengthCode.encode(tokens(terms, document).reduce(0, +)))
    }
    try SegmentVerifier.require(codes, try segment.region(.lengths), "the lengths differ from the postings")
    try verifyFieldLengths(terms)
  }

  /// Checks the lengths of the fields: with the gaps between fields, they determine the positions of a document's
  /// words.
  private func verifyFieldLengths(_ terms: TermsVerifier) throws(SearchError) {
    let section = try segment.region(.fieldLengths)
    let columns = segment.fields.count - 1
    var values = [[UInt64]](repeating: [], count: max(0, columns))
    for document in 0..<segment.documentCount {
      var left = tokens(terms, document).reduce(0, +)
      var position: UInt64 = 0
      var sum: UInt64 = 0
      for field in segment.fields.indices {
        let length = field < columns ? try segment.fieldLength(field, UInt32(document)) : left
        guard length >= 0, length <= left else {
          throw try segment.corrupt(
            lengthOfField: field, in: document, "the fields of document \(document) are longer than the document")
        }
        left -= length
        for _ in 0..<length {
          sum &+= TermsVerifier.mix(position)
          position += 1
        }
        position += UInt64(PostingFormat.fieldGap)
        if field < columns { values[field].append(UInt64(length)) }
      }
      guard sum == terms.positionSums[document], left == 0 else {
        throw try segment.corrupt(
          lengthOfField: 0, in: document, "the positions of document \(document) do not follow from its fields")
      }
    }
    var expected = ByteWriter()
    for column in values { Column.write(column, to: &expected) }
    try SegmentVerifier.require(expected, section, "the columns are not in their only valid encoding")
  }

  private func verifyPairs() throws(SearchError) {
    var verifier = PairsVerifier(segment)
    try verifier.verify()
  }

  private func verifyStatistics(_ terms: TermsVerifier) throws(SearchError) {
    var statistics = CollectionStatistics()
    for document in 0..<segment.documentCount { statistics.add(tokens(terms, document)) }
    var expected = ByteWriter()
    statistics.write(to: &expected)
    for names in [segment.fields, segment.attributes] {
      expected.writeVariable(names.count)
      for name in names { expected.writeString(name) }
    }
    try SegmentVerifier.require(expected, try segment.region(.statistics), "the statistics differ from the postings")
  }
}
