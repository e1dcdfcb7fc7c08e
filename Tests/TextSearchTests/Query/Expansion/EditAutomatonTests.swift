import TestSupport
import Testing

@testable import TextSearch

/// The automaton of near words against the table of distances.
@Suite struct EditAutomatonTests {
  /// Sorted words of few letters, ASCII and not, some of them far longer than a machine word has bits.
  private func words(_ count: Int, _ random: inout SeededRandom) -> [[UInt8]] {
    let letters = Array("abcжд")
    let stems = (0..<5).map { _ in String((0..<random.integer(60...80)).map { _ in random.pick(letters) }) }
    var words: Set<String> = []
    while words.count < count {
      var word = random.integer(0...4) == 0 ? random.pick(stems) : ""
      for _ in 0..<random.integer(0...7) { word.append(random.pick(letters)) }
      if !word.isEmpty, random.integer(0...3) == 0 { word.remove(at: word.startIndex) }
      words.insert(word)
    }
    return words.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func shared(_ a: [UInt8], _ b: [UInt8]) -> Int { zip(a, b).prefix { $0 == $1 }.count }

  @Test(arguments: 0...2)
  func rowsSayWhatTheTableSays(limit: Int) throws {
    var random = SeededRandom(seed: UInt64(910 + limit))
    let words = words(400, &random)
    var near = 0
    for typed in words.indices.filter({ $0 % 7 == 0 }).map({ words[$0] }) + [[]] {
      let letters = Letters.scalars(typed)
      var rows = EditAutomaton(letters, limit: limit)
      var before: [UInt8] = []
      for word in words {
        var table = EditDistance(letters, limit: limit)
        let expected = table.distance(Letters.scalars(word))
        let skippedPrefix = rows.read(word, to: word.count, shared: shared(before, word))
        #expect((skippedPrefix == nil ? rows.edits : nil) == expected, "\(typed) \(word)")
        if let skippedPrefix {
          expectSkipped(Array(word.prefix(skippedPrefix)), typed: letters, limit: limit, words: words)
        }
        near += expected == nil ? 0 : 1
        before = word
      }
    }
    #expect(near > 50)
  }

  /// No word with a skipped prefix is near.
  private func expectSkipped(_ prefix: [UInt8], typed: [UInt32], limit: Int, words: [[UInt8]]) {
    for word in words where word.starts(with: prefix) {
      var table = EditDistance(typed, limit: limit)
      #expect(table.distance(Letters.scalars(word)) == nil, "\(prefix) \(word)")
    }
  }

  /// Bytes that are no text have some distance or none.
  @Test func anyBytesAreRead() {
    var random = SeededRandom(seed: 919)
    var rows = EditAutomaton(Letters.scalars(Array("đối".utf8)), limit: 2, head: 1)
    var before: [UInt8] = [0]
    for _ in 0..<2000 {
      let kept = random.integer(1...before.count)
      let word = before.prefix(kept) + (0..<random.integer(0...5)).map { _ in UInt8(random.integer(0...255)) }
      let skippedPrefix = rows.read(Array(word), to: word.count, shared: kept)
      #expect(skippedPrefix.map { $0 > 1 && $0 <= word.count } ?? true)
      before = Array(word)
    }
  }
}
