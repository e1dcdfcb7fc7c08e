import TestSupport
import Testing

@testable import TextSearch

/// Verification finds every changed byte, and what contradicts itself under right checksums.
@Suite struct VerificationTests {
  private let complete: CompleteIndex

  init() throws { complete = try CompleteIndex() }

  private func problems() throws -> [IndexProblem] { try SearchIndex.verify(complete.path).problems }

  @Test func noSectionIsEmptyAndNothingIsWrong() throws {
    let segment = try Segment(complete.path + "/" + complete.name)
    #expect(segment.sectionSizes.filter { $0.count == 0 }.map { "\($0.section.name)" } == [])
    let files = try complete.files()
    #expect(
      files.map { String($0.name.prefix { $0 != "-" }) } == [
        "attachment", "deletions", "deletions", "manifest", "segment", "segment",
      ])
    #expect(files.reduce(0) { $0 + $1.bytes.count } <= 64 << 10)
    #expect(try problems() == [])
    #expect(try SearchIndex(complete.path).verify() == SearchIndex.verify(complete.path))
    #expect(
      try SearchIndex.verify(complete.path).documents
        == CompleteIndex.documents + CompleteIndex.others - CompleteIndex.deleted)
    #expect(try SearchIndex(complete.path).search("national").total ?? 0 > 20)
  }

  @Test(arguments: [UInt64(521), 522, 523, 524])
  func whatIsBuiltIsVerified(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    let options = IndexOptions(
      analyzer: random.pick([AnalyzerOptions(), AnalyzerOptions(preset: .folding)]),
      storedFields: random.pick([nil, [], ["title"]]), storedCompression: random.pick([.none, .fast, .dense]),
      segmentBudget: random.pick([0, IndexOptions().memoryBudget]))
    var documents = RandomDocuments.make(random.integer(1...300), &random, maximum: 90)
    if options.segmentBudget == 0 { documents = Array(documents.prefix(12)) + [documents[0]] }
    try index.build(documents, options)
    let found = try SearchIndex.verify(index.path)
    #expect(found.problems == [], "seed \(seed)")
    #expect(found.documents == Set(documents.map(\.key)).count && found.bytes > 100)
  }

  /// Every byte of the file, by checksums and zeros alone: what `verify` begins with.
  @Test func everyFlippedByteOfASegmentIsFound() throws {
    var tried = 0
    for offset in complete.bytes.indices {
      var damaged = complete.bytes
      damaged[offset] ^= [0x01, 0x80, 0xFF, 0x10][offset % 4]
      var findings = Findings("")
      let region = OwnedBytes.region(damaged.span, section: "file")
      FrameVerifier(region).verify(&findings)
      #expect(!findings.problems.isEmpty, "byte \(offset)")
      tried += 1
    }
    print("flips: \(tried) bytes of a segment")
  }

  /// Every byte of every file, the segments' in steps: found with file, section and offset, and taken by readers.
  @Test func flippedBytesAreFoundAndNeverTrap() throws {
    var tried = 0
    for (name, bytes) in try complete.files() {
      let step = LongTests.choose(1, else: bytes.count > 2000 ? 97 : 3)
      for offset in stride(from: 0, to: bytes.count, by: step) {
        var damaged = bytes
        damaged[offset] ^= [0x01, 0x80, 0xFF, 0x7F][offset % 4]
        try complete.replace(name, damaged)
        let problems = try problems()
        #expect(!problems.isEmpty, "byte \(offset) of \(name)")
        let wrong = problems.filter { !$0.file.hasSuffix(name) || $0.offset < 0 || $0.section.isEmpty }
        #expect(wrong == [], "byte \(offset) of \(name)")
        CompleteIndex.readAll(complete.path)
        tried += 1
      }
      try complete.replace(name, bytes)
    }
    #expect(try problems() == [])
    print("flips: \(tried) bytes verified, opened and searched")
  }

  @Test func everyFlippedByteOfAManifestIsFound() throws {
    let bytes = try complete.index.bytes(of: Manifest.fileName)
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= 0x21
      try complete.replace(Manifest.fileName, damaged)
      #expect(!(try problems().isEmpty), "byte \(offset)")
      CompleteIndex.readAll(complete.path)
    }
    #expect(bytes.count > 60)
  }

  @Test func cutFilesAreFoundAndNeverTrap() throws {
    var tried = 0
    for (name, bytes) in try complete.files() {
      let step = LongTests.choose(1, else: bytes.count > 2000 ? 53 : 3)
      for count in stride(from: 0, to: bytes.count, by: step) {
        try complete.replace(name, Array(bytes.prefix(count)))
        #expect(!(try problems().isEmpty), "\(count) bytes of \(name)")
        CompleteIndex.readAll(complete.path)
        tried += 1
      }
      try complete.replace(name, bytes)
    }
    try SystemCalls.remove(complete.path + "/" + complete.name)
    #expect(try problems().map(\.section) == ["file"])
    print("cuts: \(tried) lengths")
  }

  @Test(arguments: [UInt64(531), 532]) func randomBytesUnderRightChecksumsNeverTrap(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for round in 0..<LongTests.choose(3000, else: 60) {
      var damaged = SegmentBytes(bytes: complete.bytes)
      let section = try #require(damaged.entry(of: random.pick(SegmentLayout.Section.allCases)))
      for _ in 0..<random.integer(1...4) {
        let offset = random.integer(section.range.lowerBound...section.range.upperBound - 1)
        damaged.bytes[offset] = random.pick([0, 1, 0x7F, 0x80, 0xFF, UInt8(random.integer(0...255))])
      }
      damaged.seal()
      try complete.replace(complete.name, damaged.bytes)
      _ = try problems()
      CompleteIndex.readAll(complete.path)
      #expect(round >= 0)
    }
  }

  /// Sections of which each byte follows from others, or from the one way in which things are coded. Names and spellings
  /// may change into others, so of two sections some flips cannot be noticed.
  @Test(arguments: [
    SegmentLayout.Section.statistics, .terms, .termIndex, .blocks, .lengths, .fieldLengths, .forms, .lexicon,
    .lexiconIndex, .keyIndex, .keyRanks, .attributes, .neighbours, .pairFrequencies, .titles,
  ])
  func flipsUnderRightChecksumsAreFound(section: SegmentLayout.Section) throws {
    let whole = SegmentBytes(bytes: complete.bytes)
    let range = try #require(whole.entry(of: section)).range
    let step = LongTests.choose(1, else: max(1, range.count / 12))
    var (tried, missed) = (0, [Int]())
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: step) {
      var damaged = whole
      damaged.bytes[offset] ^= UInt8(1 << (offset % 8))
      damaged.seal()
      try complete.replace(complete.name, damaged.bytes)
      if try problems().isEmpty { missed.append(offset - range.lowerBound) }
      tried += 1
    }
    switch section {
    case .statistics: #expect(missed.allSatisfy { $0 >= 88 }, "\(missed)")
    case .terms: #expect(missed.count <= tried / 4, "\(missed)")
    default: #expect(missed == [], "\(section.name)")
    }
  }

  /// Each bit of a bit set of documents follows from the others.
  @Test func flipsOfBitSetsUnderRightChecksumsAreFound() throws {
    let whole = SegmentBytes(bytes: complete.bytes)
    let range = try #require(whole.entry(of: .postings)).range
    let bitSets = range.compactMap { bitSet(whole.bytes, at: $0) }
    let found = try #require(bitSets.first)
    let step = LongTests.choose(1, else: 11)
    for bit in stride(from: 8 * found.lowerBound, to: 8 * found.upperBound, by: step) {
      var damaged = whole
      damaged.bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      damaged.seal()
      try complete.replace(complete.name, damaged.bytes)
      #expect(!(try problems().isEmpty), "bit \(bit % 8) of byte \(bit / 8 - found.lowerBound)")
    }
  }

  /// Returns the range of a bit set of 128 documents at an offset.
  private func bitSet(_ bytes: [UInt8], at offset: Int) -> Range<Int>? {
    let records = Int(bytes[offset]) - PostingFormat.bitSetMarker
    let end = offset + 1 + BitSetBlock.recordSize * records
    guard records > 0, end <= bytes.count else { return nil }
    var documents = 0
    for start in stride(from: offset + 1, to: end, by: BitSetBlock.recordSize) {
      guard bytes[start] == documents else { return nil }
      documents += bytes[start + 1...start + 8].reduce(0) { $0 + $1.nonzeroBitCount }
    }
    return documents == PostingFormat.blockSize ? offset..<end : nil
  }

  @Test func problemsNameFileSectionAndOffset() throws {
    var damaged = SegmentBytes(bytes: complete.bytes)
    let lengths = try #require(damaged.entry(of: .lengths)).range
    damaged.bytes[lengths.lowerBound + 5] &+= 1
    damaged.seal()
    try complete.replace(complete.name, damaged.bytes)
    let found = try problems()
    let path = complete.path + "/" + complete.name
    #expect(found.contains { $0.file == path && $0.section == "lengths" && $0.offset == 5 }, "\(found)")
    #expect(found.allSatisfy { $0.description.hasPrefix(path + ": section ") })
  }

  @Test func bytesBetweenSectionsMustBeZero() throws {
    let segment = SegmentBytes(bytes: complete.bytes)
    let end = try #require(segment.entry(of: .postings)).range.upperBound
    var damaged = complete.bytes
    damaged[end + 3] = 1
    try complete.replace(complete.name, damaged)
    #expect(try problems().map(\.offset) == [end + 3])
  }

  @Test func deletionsAndKeysAreChecked() throws {
    var manifest = try #require(try Manifest.read(in: complete.path))
    manifest.segments[0].deleted = 7
    try manifest.write(in: complete.path)
    #expect(try problems().map(\.section) == ["deletions"])
    // Documents that are in two segments.
    manifest.segments[0].deleted = 2
    manifest.segments.append(Manifest.SegmentEntry(number: 4))
    manifest.nextSegment = 5
    try complete.index.write(complete.bytes, to: Manifest.segmentName(4))
    try manifest.write(in: complete.path)
    #expect(try problems().map(\.section) == ["keys"])
    manifest.segments[2].deletions = 2
    manifest.segments[2].deleted = UInt32(CompleteIndex.documents)
    let all = DeletedDocuments(0..<UInt32(CompleteIndex.documents), limit: CompleteIndex.documents)
    try all.write(segment: 4, generation: 2, in: complete.path)
    try manifest.write(in: complete.path)
    #expect(try problems() == [])
  }

  @Test func whatIsNoIndexIsAnError() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SearchError.noIndex(path: folder.path)) { try SearchIndex.verify(folder.path) }
  }
}
