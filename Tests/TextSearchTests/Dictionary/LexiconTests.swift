import TestSupport
import Testing

@testable import TextSearch

/// The lexicon against a sorted array.
@Suite struct LexiconTests {
  private struct Word: Equatable {
    var folded: String
    var form: String
    var documents: UInt64
  }

  private func lexicon(_ words: [Word]) throws -> Lexicon {
    var writer = LexiconWriter()
    for word in words {
      writer.add(Lexicon.order(folded: Array(word.folded.utf8), form: Array(word.form.utf8)), documents: word.documents)
    }
    return try Lexicon(words: try MappedBytes.region(writer.words), index: try MappedBytes.region(writer.index()))
  }

  private func found(_ lexicon: Lexicon, _ prefix: String, limit: Int = .max) throws -> [Word] {
    var found: [Word] = []
    try lexicon.forEach(foldedPrefix: Array(prefix.utf8)) { folded, form, documents in
      found.append(
        Word(
          folded: String(decoding: folded, as: UTF8.self), form: String(decoding: form, as: UTF8.self),
          documents: documents))
      return found.count < limit ? .next : .stop
    }
    return found
  }

  private func words(_ count: Int, _ random: inout SeededRandom) -> [Word] {
    var seen: Set<String> = []
    var words: [Word] = []
    while words.count < count {
      let folded = String((0..<random.integer(1...7)).map { _ in random.pick(Array("aeprst")) })
      let form = random.integer(0...2) == 0 ? folded.replacing("e", with: "é") : folded
      if seen.insert(form).inserted {
        words.append(Word(folded: folded, form: form, documents: UInt64(random.integer(1...1000))))
      }
    }
    return words.sorted { a, b in
      Lexicon.order(folded: Array(a.folded.utf8), form: Array(a.form.utf8)).lexicographicallyPrecedes(
        Lexicon.order(folded: Array(b.folded.utf8), form: Array(b.form.utf8)))
    }
  }

  /// Whatever is skipped, nothing else is missing.
  @Test(arguments: [33, 2000])
  func skippedPrefixesAreNotVisited(count: Int) throws {
    var random = SeededRandom(seed: UInt64(360 + count))
    let words = words(count, &random)
    let lexicon = try lexicon(words)
    for _ in 0..<50 {
      let skippedPrefix = Set(
        (0..<4).map { _ in words[random.integer(0...count - 1)].folded.prefix(random.integer(1...3)) })
      func skipped(_ folded: String) -> Int? { skippedPrefix.filter(folded.hasPrefix).map(\.count).min() }
      var found: [String] = []
      var seen = 0
      try lexicon.forEach(foldedPrefix: []) { folded, form, _ in
        seen += 1
        if let length = skipped(String(decoding: folded, as: UTF8.self)) { return .skip(length) }
        found.append(String(decoding: form, as: UTF8.self))
        return .next
      }
      #expect(found == words.filter { skipped($0.folded) == nil }.map(\.form), "\(skippedPrefix)")
      #expect(seen <= found.count + skippedPrefix.count, "each prefix is met once")
    }
  }

  @Test(arguments: [0, 1, 31, 32, 33, 500])
  func everyPrefixFindsItsWords(count: Int) throws {
    var random = SeededRandom(seed: UInt64(330 + count))
    let words = words(count, &random)
    let lexicon = try lexicon(words)
    #expect(try found(lexicon, "") == words)
    for prefix in ["a", "p", "es", "tre", "z", "at", "eee"] + words.prefix(40).map(\.folded) {
      #expect(try found(lexicon, prefix) == words.filter { $0.folded.hasPrefix(prefix) }, "\(prefix)")
    }
    #expect(try found(lexicon, "", limit: 3) == Array(words.prefix(3)))
  }

  @Test func damagedLexiconsNeverTrap() throws {
    var random = SeededRandom(seed: 339)
    var writer = LexiconWriter()
    for word in words(100, &random) {
      writer.add(Lexicon.order(folded: Array(word.folded.utf8), form: Array(word.form.utf8)), documents: word.documents)
    }
    let parts = [MappedBytes.array(writer.words), MappedBytes.array(writer.index())]
    var outcomes = 0
    for _ in 0..<400 {
      var damaged = parts
      let part = random.integer(0...1)
      damaged[part][random.integer(0...damaged[part].count - 1)] ^= UInt8(random.integer(1...255))
      do {
        let lexicon = try Lexicon(
          words: try MappedBytes.region(damaged[0]), index: try MappedBytes.region(damaged[1]))
        outcomes += try found(lexicon, "a").count >= 0 ? 1 : 0
      } catch is SearchError { outcomes += 1 }
    }
    #expect(outcomes == 400)
  }

  @Test(arguments: [UInt64(361), 362]) func runsMakeTheLexiconThatOneSortMakes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let entries = (0..<random.integer(0...900)).map { _ in
      let form = (0..<random.integer(1...11)).map { _ in UInt8(random.integer(97...99)) }
      return LexiconEntry(folded: form, form: form, documents: UInt64(random.integer(1...300)))
    }
    func lexicon(_ sorter: consuming LexiconSorter) throws -> [[UInt8]] {
      var sorter = sorter
      for entry in entries { try sorter.add(entry) }
      var words = ByteWriter()
      let index = try sorter.finish(to: &words)
      return [MappedBytes.array(words), MappedBytes.array(index)]
    }
    let whole = try lexicon(LexiconSorter())
    for runBytes in [1, 500, 5000] {
      let spool = SpoolFile(path: folder.path + "/spool", bufferBytes: 64)
      let merged = try lexicon(LexiconSorter(spool, runBytes: runBytes))
      #expect(merged == whole, "seed \(seed), \(runBytes)")
    }
    #expect(try SystemCalls.names(in: folder.path) == [])
  }
}
