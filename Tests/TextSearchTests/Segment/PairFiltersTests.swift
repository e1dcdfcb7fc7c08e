import TestSupport
import Testing

@testable import TextSearch

@Suite struct PairFiltersTests {
  private static let words = [
    "port", "ports", "arc-en-ciel", "rendez-vous", "le", "la", "été", "đối", "ngoại", "doi", "ngoai", "nhân", "dân",
    "O.N.U.", "2025", "l'eau", "de", "est", "cette", "của", "và",
  ]

  /// Documents of two fields with words that all kinds of lists hold.
  private static func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
    (0..<count).map { number in
      func text(_ maximum: Int) -> String {
        (0..<random.integer(0...maximum)).map { _ in random.pick(words) }.joined(
          separator: random.pick([" ", ", ", "\n"]))
      }
      return Document(key: "d\(number)", title: text(3), body: text(40))
    }
  }

  private static func segments(_ index: TestIndex) throws -> [Segment] { try index.open().segments }

  /// Every pair of neighbours by the positions of the lists: documents, and the keys of both words.
  private static func pairs(of segment: Segment) throws -> [(document: UInt32, first: [UInt8], second: [UInt8])] {
    struct Occurrence: Hashable {
      let document: UInt32
      let position: UInt32
    }
    var keys: [Occurrence: Set<[UInt8]>] = [:]
    var cursor = segment.dictionary.start
    while try cursor.next() {
      let address = TermAddress(bytes: cursor.text)
      guard address.isListAddress else { continue }
      var list = try segment.cursor(cursor.value)
      var document = try list.advance()
      while document != PostingCursor.end {
        for position in try list.positions() {
          keys[Occurrence(document: document, position: position), default: []].insert(Array(address.key))
        }
        document = try list.advance()
      }
    }
    var pairs: [(document: UInt32, first: [UInt8], second: [UInt8])] = []
    for (occurrence, firsts) in keys {
      for second in keys[Occurrence(document: occurrence.document, position: occurrence.position + 1)] ?? [] {
        for first in firsts { pairs.append((occurrence.document, first, second)) }
      }
    }
    return pairs
  }

  private static func mayContain(
    _ segment: Segment, _ document: UInt32, first: [UInt8], second: [UInt8]
  ) throws -> Bool {
    let pair = PairFilters.hash(PairFilters.hash(ofKey: first.span), PairFilters.hash(ofKey: second.span))
    return try mayContain(segment.pairs, document, pair)
  }

  private static func mayContain(_ filters: PairFilters, _ document: UInt32, _ pair: UInt64) throws -> Bool {
    try filters.filter(document)?.mayContain(ProbedPair(pair)) ?? false
  }

  @Test(arguments: [1, 2]) func `no pair of a document is rejected`(threads: Int) throws {
    var random = SeededRandom(seed: 71)
    let index = try TestIndex()
    try index.build(Self.documents(150, &random), IndexOptions(memoryBudget: 60_000, threads: threads))
    // By how many of their words are frequent.
    var tried = [0, 0, 0]
    for segment in try Self.segments(index) {
      for (document, first, second) in try Self.pairs(of: segment) {
        #expect(try Self.mayContain(segment, document, first: first, second: second))
        tried[[first, second].count { FrequentKeys.contains($0.span) }] += 1
      }
    }
    #expect(tried.allSatisfy { $0 > 300 }, "\(tried)")
    #expect(try SearchIndex.verify(index.path).isIntact)
  }

  @Test func `most pairs of no document are rejected`() throws {
    var random = SeededRandom(seed: 72)
    let index = try TestIndex()
    // One word in three is frequent; these are in other documents and make pairs that this one does not hold.
    let text = (0..<200).map { number in
      (0..<300).map { _ in
        random.integer(0...2) > 0 ? "m\(random.integer(0...5000))" : Self.frequent(number % 2, random.integer(0...9))
      }.joined(separator: " ")
    }
    try index.build(text.enumerated().map { Document(key: "\(100 + $0)", body: $1) })
    let segment = try Self.segments(index)[0]
    var passed = [0, 0, 0]
    for number in 0..<10_000 {
      // Pairs that no document holds: of words that none does, and of those of documents of the other kind.
      let (first, second) = (Array("x\(number)".utf8), Array("y\(number)".utf8))
      let document = UInt32(number % 200)
      let others = (0..<2).map { _ in Array(Self.frequent(1 - number % 2, random.integer(0...9)).utf8) }
      if try Self.mayContain(segment, document, first: first, second: second) { passed[0] += 1 }
      if try Self.mayContain(segment, document, first: others[0], second: second) { passed[1] += 1 }
      if try Self.mayContain(segment, document, first: others[0], second: others[1]) { passed[2] += 1 }
    }
    #expect(passed[0] > 100 && passed[0] < 2000, "\(passed) of 10,000")
    #expect(passed[1] > 100 && passed[1] < 2000, "\(passed) of 10,000")
    #expect(passed[2] < 700, "\(passed) of 10,000")
  }

  /// One of ten frequent keys of French or Vietnamese.
  private static func frequent(_ language: Int, _ number: Int) -> String {
    [
      ["dans", "de", "et", "je", "les", "on", "par", "que", "sur", "une"], ["cac", "co", "cua", "duoc", "mot", "nam"],
    ][
      language][number % (language == 0 ? 10 : 6)]
  }

  @Test func `without filters the results are identical`() throws {
    var random = SeededRandom(seed: 73)
    let documents = Self.documents(200, &random)
    let (with, without) = (try TestIndex(), try TestIndex())
    let size = try with.build(documents).bytes
    #expect(try without.build(documents, IndexOptions(keepsPairs: false)).bytes < size)
    #expect(try Self.segments(without).allSatisfy { $0.pairs.isEmpty })
    let (a, b) = (try with.open(), try without.open())
    for _ in 0..<300 {
      var text = (0..<random.integer(2...4)).map { _ in random.pick(Self.words) }.joined(separator: " ")
      if random.integer(0...2) == 0 { text = "\"\(text)\"" }
      let options = SearchOptions(limit: random.pick([1, 10]))
      #expect(try a.search(text, options) == b.search(text, options), "\(text)")
    }
    #expect(try SearchIndex.verify(without.path).isIntact)
  }

  @Test func `filters of other sizes than the section's are refused`() throws {
    func filters(_ bytes: [UInt8], documents: Int) throws(SearchError) -> PairFilters {
      try PairFilters(OwnedBytes.region(bytes.span, section: "pairs"), documents: documents)
    }
    #expect(throws: SearchError.self) { try filters([0, 0, 0, 0, 1, 0, 0, 0], documents: 1) }
    #expect(throws: SearchError.self) { try filters([0, 0, 0, 0, 1, 0, 0], documents: 1) }
    #expect(throws: SearchError.self) { try filters([0, 0, 0, 0], documents: 0) }
    let falling: [UInt8] = [0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0] + [UInt8](repeating: 255, count: 8)
    let damaged = try filters(falling, documents: 3)
    #expect(try Self.mayContain(damaged, 0, 0))
    #expect(try Self.mayContain(damaged, 0, .max))
    for document in [1, 2, 3, UInt32.max] {
      #expect(throws: SearchError.self) { try Self.mayContain(damaged, document, 0) }
    }
    #expect(throws: SearchError.self) { try Self.mayContain(PairFilters.none, 0, 0) }
    let empty = try filters([UInt8](repeating: 0, count: 8), documents: 1)
    #expect(try !Self.mayContain(empty, 0, 0))
  }
}
