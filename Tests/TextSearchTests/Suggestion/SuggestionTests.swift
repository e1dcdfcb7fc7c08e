import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Completions and corrections on small collections, and against plain definitions on random ones.
@Suite struct SuggestionTests {
  private func index(_ bodies: [String], segments: Int = 1, options: IndexOptions = IndexOptions()) throws -> TestIndex
  {
    let index = try TestIndex()
    for part in 0..<segments {
      let writer = part == 0 ? try IndexWriter(index.path, options: options) : try IndexWriter(appendingTo: index.path)
      for (number, body) in bodies.enumerated() where number % segments == part {
        try writer.add(Document(key: "\(number)", body: body))
      }
      try writer.commit()
    }
    return index
  }

  private let french = [
    "La diplomatie populaire et le diplomate.", "Les diplomates de la diplomatie.",
    "Un événement, un évènement, l'élève.",
    "Le week-end à Paris.",
  ]
  private let vietnamese = [
    "Công tác đối ngoại nhân dân năm nay.", "Hội nghị đối ngoại toàn quốc.", "Đội bóng đá nước ngoài đến thăm.",
    "Đời sống nhân dân được nâng cao, đối với nhiều người.", "Các nước ngoài khối đổi tiền.",
  ]

  private func words(_ index: TestIndex, _ text: String, limit: Int = 10) throws -> [String] {
    try SearchIndex(index.path).completions(of: text, limit: limit).map(\.text)
  }

  @Test func completionsAreWordsOfTheDocuments() throws {
    let index = try index(french + vietnamese)
    #expect(try words(index, "diplo") == ["diplomatie", "diplomate", "diplomates"])
    #expect(try words(index, "la DIPLO", limit: 1) == ["la DIPLOMATIE"])
    #expect(try words(index, "Diplomates") == ["Diplomates"])
    #expect(try words(index, "l'évén") == ["l'événement"])
    #expect(try Set(words(index, "evene")) == ["événement", "évènement"])
    #expect(try words(index, "công tác đo").sorted() == ["công tác đoi"] || !words(index, "công tác đo").isEmpty)
    #expect(try Set(words(index, "đố")) == ["đối"])
    #expect(try Set(words(index, "doi")) == ["đối", "đội", "đời", "đổi"])
    #expect(try words(index, "doi").first == "đối", "the most frequent first")
    #expect(try words(index, "xyz").isEmpty)
    #expect(try words(index, "la ").isEmpty)
    #expect(try words(index, "").isEmpty)
    #expect(try words(index, "diplo", limit: 0).isEmpty)
  }

  @Test(arguments: [1, 3])
  func completionsCountTheDocumentsOfAllSegments(segments: Int) throws {
    let index = try index(french + vietnamese, segments: segments)
    let found = try SearchIndex(index.path).completions(of: "diplo")
    #expect(found.map(\.word) == ["diplomatie", "diplomate", "diplomates"])
    #expect(found.map(\.documents) == [2, 1, 1])
  }

  private func correction(_ index: TestIndex, _ text: String) throws -> String? {
    try SearchIndex(index.path).correction(of: text)?.text
  }

  @Test func unknownWordsBecomeTheNearest() throws {
    let index = try index(french + vietnamese)
    #expect(try correction(index, "la diplomtie populaire") == "la diplomatie populaire")
    #expect(try correction(index, "Diplomatei") == "Diplomatie", "two letters swapped")
    #expect(try correction(index, "dipolmtie") == "diplomatie", "two letters")
    #expect(try correction(index, "xdipolmtie") == nil, "two letters, and another first one")
    #expect(try correction(index, "évènemant !") == "évènement !")
    #expect(try correction(index, "qqqqqqqq") == nil)
    #expect(try correction(index, "la diplomatie") == nil)
    #expect(try correction(index, "?!") == nil)
    #expect(try correction(index, "") == nil)
    let change = try SearchIndex(index.path).correction(of: "la diplomtie, populare")
    #expect(
      change?.words == [.init(typed: "diplomtie", meant: "diplomatie"), .init(typed: "populare", meant: "populaire")])
  }

  @Test func correctionsHaveTheirApostrophes() throws {
    let index = try index(["C'est l'homme d'aujourd'hui, il est aux prud'hommes et à l'école."])
    for (typed, meant) in [
      ("cest", "c'est"), ("Cest lhomme", "C'est l'homme"), ("daujourdhui", "d'aujourd'hui"), ("lecole", "l'ecole"),
      ("aujourdui", "aujourd'hui"), ("l'école", nil), ("lécole", "l'école"), ("zecole", "ecole"),
    ] {
      let found = try correction(index, typed)
      #expect(found == meant, "\(typed): \(found ?? "nothing")")
    }
  }

  @Test func diacriticsOfVietnameseAreRestored() throws {
    let index = try index(french + vietnamese)
    #expect(try correction(index, "doi ngoai") == "đối ngoại")
    #expect(try correction(index, "Doi Ngoai nhan dan") == "Đối Ngoại nhân dân")
    #expect(try correction(index, "nuoc ngoai") == "nước ngoài", "another pair, another spelling")
    #expect(try correction(index, "doi") == nil, "one syllable may be any")
    #expect(try correction(index, "đối ngoại") == nil)
    #expect(try correction(index, "ddoois ngoaji") == "đối ngoại" || correction(index, "ddoois ngoaji") == nil)
  }

  /// Beside words that documents hold only near ones are taken; short words and stop words are left alone.
  @Test func correctionsLeaveWordsAlone() throws {
    let index = try index(["Le gouvernement de la France.", "La photographie, une option."])
    for (typed, meant) in [
      ("gouvrenemant", "gouvernement"), ("le gouvrenemant", "le gouvernement"), ("phtographei", "photographie"),
      ("gouvrenemant france", nil), ("gouvernemant france", "gouvernement france"), ("unz", nil),
      ("une optoin", "une option"),
      ("pour gouvernement", nil),
    ] {
      let found = try correction(index, typed)
      #expect(found == meant, "\(typed): \(found ?? "nothing")")
    }
  }

  /// All syllables get their diacritics or none, also where texts without diacritics hold some side by side, or another segment does.
  @Test func allDiacriticsAreRestoredOrNone() throws {
    let folded = (0..<8).map { "Chinh sach doi ngoai moi, so \($0)" }
    let accented = (0..<3).map { "Chính sách đối ngoại mới, số \($0)" }
    let others = (0..<8).map { "Cuộc chiến tranh lạnh \($0)" }
    let mixed = try index(folded + accented + others)
    #expect(try correction(mixed, "doi ngoai chien tranh") == nil)
    #expect(try correction(mixed, "chien tranh") == "chiến tranh")
    let parts = try TestIndex()
    try parts.build(accented.enumerated().map { Document(key: "a\($0.offset)", body: $0.element) })
    let writer = try IndexWriter(appendingTo: parts.path)
    for (number, body) in others.prefix(2).enumerated() { try writer.add(Document(key: "b\(number)", body: body)) }
    try writer.commit()
    #expect(try correction(parts, "doi ngoai chien tranh") == nil)
    #expect(try correction(parts, "doi ngoai") == "đối ngoại")
  }

  /// The tone mark is where the texts have it.
  @Test(arguments: [("hòa bình, Thúy và Ủy ban", true), ("hoà bình, Thuý và Uỷ ban", false)])
  func toneMarksStandWhereTextsHaveThem(text: String, isOld: Bool) throws {
    for body in [text, text.decomposedStringWithCanonicalMapping] {
      let index = try index(["Hội nghị \(body) nhân dân nước ta.", "Các nước \(body) của thế giới."], segments: 2)
      let (peace, name, committee) = isOld ? ("hòa", "Thúy", "ủy") : ("hoà", "Thuý", "uỷ")
      for typed in ["hòa", "hoà", "hoa"] { #expect(try words(index, typed) == [peace], "\(typed)") }
      #expect(try words(index, "Thu") == [name])
      #expect(try correction(index, "hoa binh") == peace + " bình")
      #expect(try correction(index, "uy ban nhan dan") == committee + " ban nhân dân")
      #expect(try correction(index, "hoaf binhf") == peace + " bình")
    }
    let withoutTexts = try self.index(["Hội nghị \(text)"], options: IndexOptions(storedFields: []))
    #expect(try words(withoutTexts, "hoa") == ["hoà"])
  }

  @Test func theFoldingPresetHasSuggestionsToo() throws {
    let index = try index(french + vietnamese, options: IndexOptions(analyzer: AnalyzerOptions(preset: .folding)))
    #expect(try words(index, "diplo").first == "diplomatie")
    #expect(try correction(index, "diplomtie") == "diplomatie")
    #expect(try correction(index, "doi ngoai") == nil)
  }

  /// The most frequent first, against all words of the index counted one by one.
  @Test(arguments: [1, 3])
  func completionsAreWordsByFrequency(segments: Int) throws {
    var random = SeededRandom(seed: 72)
    let syllables = ["pa", "pe", "pé", "ro", "rô", "ti", "tê"]
    func word() -> String { (0..<random.integer(1...4)).map { _ in random.pick(syllables) }.joined() }
    let vocabulary = (0..<300).map { _ in word() }
    let bodies = (0..<120).map { _ in (0..<30).map { _ in random.pick(vocabulary) }.joined(separator: " ") }
    let index = try index(bodies, segments: segments)
    let search = try SearchIndex(index.path)
    var counts: [[UInt8]: UInt64] = [:]
    try Vocabulary(segments: search.segments).forEach(foldedPrefix: []) { _, _, form, documents in
      counts[Array(form), default: 0] += documents
      return .next
    }
    let words = counts.sorted { a, b in a.value != b.value ? a.value > b.value : a.key.lexicographicallyPrecedes(b.key)
    }
    for typed in ["p", "pe", "pé", "r", "rô", "tiro", "titê", "x"] {
      let letters = Letters(form: typed.utf8)
      let expected = words.filter { word in
        let other = Letters(form: word.key)
        return other.folded.starts(with: letters.folded)
          && zip(letters.folded, zip(letters.written, other.written)).allSatisfy { folded, pair in
            Letters.agree(pair.0, folded: folded, pair.1, .contained)
          }
      }
      // As many as no segment leaves out.
      let found = try search.completions(of: typed, limit: 400)
      #expect(found.map(\.word) == expected.prefix(400).map { String(decoding: $0.key, as: UTF8.self) }, "\(typed)")
      #expect(found.map(\.documents) == expected.prefix(400).map(\.value))
      let few = try search.completions(of: typed, limit: 3)
      if segments == 1 { #expect(few == Array(found.prefix(3)), "\(typed)") }
    }
  }

  /// What a walk that skips finds, against the distances of all words.
  @Test func similarWordsAreAllFound() throws {
    var random = SeededRandom(seed: 71)
    let letters = Array("abcdelnrstéèđơ")
    func word() -> String { String((0..<random.integer(1...9)).map { _ in random.pick(letters) }) }
    let vocabulary = (0..<3000).map { _ in word() }
    let index = try index(vocabulary.split(by: 100).map { $0.joined(separator: " ") })
    let search = try SearchIndex(index.path)
    let expansion = WordExpansion(
      vocabulary: Vocabulary(segments: search.segments), options: search.options, reading: ReadingOptions())
    for distance in 1...2 {
      for _ in 0..<40 {
        let typed = Array(word().utf8)
        let letters = Letters(form: typed)
        var expected: Set<Vocabulary.Word> = []
        try expansion.vocabulary.forEach(foldedPrefix: []) { kind, folded, form, _ in
          var measure = EditDistance(letters.folded, limit: distance)
          if measure.distance(Letters.scalars(Array(folded))) != nil {
            expected.insert(Vocabulary.Word(kind: kind, folded: Array(folded), form: Array(form)))
          }
          return .next
        }
        let similar = try expansion.similarWords(to: typed, distance: distance)
        let found = Set(similar.map(\.word))
        if distance == 1, letters.folded[0] &- 0x61 < 26 {
          let near = try expansion.nearWords(to: typed)
          #expect(near.map(\.word) == similar.map(\.word) && near.map(\.documents) == similar.map(\.documents))
        }
        for shared in 0...1 {
          let first = Letters.bytes(letters.folded.prefix(shared))
          #expect(
            try expansion.nearestWord(to: typed, distance: distance, shared: shared)?.word
              == similar.first { $0.word.folded.starts(with: first) }?.word)
        }
        #expect(found.isSubset(of: expected))
        // Those left out differ by diacritics that distinguish Vietnamese words.
        #expect(
          expected.subtracting(found).allSatisfy { $0.kind == .vietnamese }, "\(String(decoding: typed, as: UTF8.self))"
        )
      }
    }
  }
}

extension Array {
  fileprivate func split(by count: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
  }
}
