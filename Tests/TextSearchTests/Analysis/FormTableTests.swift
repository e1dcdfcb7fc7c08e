import TestSupport
import Testing

@testable import TextSearch

/// Interning of forms, the word buffer, and what a form alone says.
@Suite struct FormTableTests {
  private func word(_ text: String) -> WordBuffer {
    var word = WordBuffer()
    word.append(form: Array(text.utf8), key: Folding.key(of: Array(text.utf8)))
    word.finish()
    return word
  }

  @Test func equalFormsShareAnId() {
    var random = SeededRandom(seed: 61)
    var table = FormTable()
    var known: [String: UInt32] = [:]
    for _ in 0..<20_000 {
      let text = (0..<random.integer(1...6)).map { _ in random.pick(Array("abcdeéđốn").map(String.init)) }.joined()
      let id = table.intern(word(text)).id
      if let old = known[text] {
        #expect(id == old, "seed 61, \(text)")
      } else {
        #expect(Int(id) == known.count, "seed 61, \(text)")
        known[text] = id
      }
    }
    // Far more than the first slots hold: the table has grown.
    #expect(table.count == known.count && table.count > 4096)
    for (text, id) in known {
      #expect(table.form(id) == Array(text.utf8))
      #expect(table.key(id) == Folding.key(of: Array(text.utf8)))
    }
  }

  @Test func resetForgetsEverything() {
    var table = FormTable()
    for number in 0..<5000 { _ = table.intern(word("w\(number)")) }
    let before = table.byteCount
    table.reset()
    let after = table.byteCount
    #expect(table.count == 0)
    #expect(after < before)
    let id = table.intern(word("w42")).id
    #expect(id == 0)
  }

  @Test func traitsOfForms() {
    let analyzer = TestAnalyzer()
    func traits(_ text: String) -> FormTable.Traits {
      var table = FormTable()
      var buffer = WordBuffer()
      for scalar in text.unicodeScalars { buffer.appendPacked(CharacterTable.shared[scalar.value]) }
      buffer.finish()
      let id = table.intern(buffer).id
      return table.entries[Int(id)].traits
    }
    #expect(traits("đối") == [.syllable, .vietnameseDiacritics, .diacritics, .latin])
    #expect(traits("thé") == [.syllable, .diacritics, .latin, .shared])
    #expect(traits("ça") == [.frenchDiacritics, .diacritics, .latin])
    #expect(traits("le") == [.syllable, .frenchFunction, .latin, .shared])
    #expect(traits("être") == [.frenchFunction, .diacritics, .latin])
    #expect(analyzer.forms("LE") == ["le"])
  }

  @Test func wordsPastTheLimitAreCutAtALetter() {
    for letter in ["x", "é", "ế", "中"] {
      var word = WordBuffer()
      let bytes = Array(letter.utf8)
      for _ in 0..<500 { word.append(form: bytes, key: bytes) }
      let (count, form) = (word.formCount, word.form)
      #expect(count <= WordBuffer.limit && count > WordBuffer.limit - 4)
      #expect(String(decoding: form, as: UTF8.self).allSatisfy { String($0) == letter })
    }
  }

  @Test func packedAppendingStaysInBounds() {
    var word = WordBuffer()
    for _ in 0..<1000 { word.appendPacked(CharacterTable.shared[0x1EBF]) }
    let (formCount, keyCount) = (word.formCount, word.keyCount)
    #expect(formCount <= WordBuffer.limit + 3)
    #expect(keyCount <= WordBuffer.limit + 3)
    #expect(formCount == 3 * keyCount)
  }

  @Test func clearingForgetsTheWord() {
    var word = WordBuffer()
    word.appendPacked(CharacterTable.shared[0xE9])
    word.hasDigit = true
    word.clear()
    let (isEmpty, formCount, hasDiacritics, hasDigit) = (
      word.isEmpty, word.formCount, word.hasDiacritics, word.hasDigit
    )
    #expect(isEmpty && formCount == 0 && !hasDiacritics && !hasDigit)
  }

  @Test func readingPlainLettersTogetherIsReadingThemOneByOne() {
    var random = SeededRandom(seed: 62)
    let table = CharacterTable.shared
    let pieces = ["a", "b", "Zz", "diplomatie", "é", "đ", "ế", "Œ", " ", "1", "{", "@", "[", "`", "\u{301}", "中"]
    for _ in 0..<2000 {
      let text = (0..<random.integer(0...16)).map { _ in random.pick(pieces) }.joined()
      let bytes = Array(text.utf8)
      var fast = WordBuffer()
      var slow = WordBuffer()
      let (end, letters) = fast.appendLetters(bytes.span, from: 0, table)
      var (index, count) = (0, 0)
      while index < bytes.count {
        let (scalar, width) = Scalars.decode(bytes.span, at: index)
        guard table[scalar].isPlainLetter else { break }
        slow.appendPacked(table[scalar])
        index += width
        count += 1
      }
      let (a, b) = ((fast.form, fast.key), (slow.form, slow.key))
      #expect(a == b && end == index && letters == count, "seed 62, \(text)")
      let (hasDiacritics, expected) = (fast.hasDiacritics, slow.hasDiacritics)
      #expect(hasDiacritics == expected, "seed 62, \(text)")
    }
  }

  @Test func addressesSortByLanguageKeyAndSpelling() {
    let ordered = [
      TermAddress(.none, key: Array("z".utf8)), TermAddress(.french, key: Array("a".utf8)),
      TermAddress(.vietnamese, key: Array("doi".utf8)),
      TermAddress(.vietnamese, key: Array("doi".utf8), spelling: Array("doi".utf8)),
      TermAddress(.vietnamese, key: Array("doi".utf8), spelling: Array("đối".utf8)),
      TermAddress(.vietnamese, key: Array("doia".utf8)),
    ]
    #expect(ordered.sorted() == ordered)
    #expect(ordered[4].language == .vietnamese)
    #expect(Array(ordered[4].key) == Array("doi".utf8))
    #expect(Array(ordered[4].spelling) == Array("đối".utf8))
    #expect(ordered[2].spelling.isEmpty)
  }
}
