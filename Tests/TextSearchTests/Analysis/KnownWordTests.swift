import TestSupport
import Testing

@testable import TextSearch

/// The fast path for known words beside the general way, which reads every word alike.
@Suite struct KnownWordTests {
  private static let words = [
    "le", "La", "de", "DE", "diplomatie", "Été", "été", "œuvre", "ÇA", "anticonstitutionnellement", "l'", "L’", "qu'",
    "jusqu'", "aujourd'hui", "Vie", "vie", "XIXe", "xixe", "IVème", "vivre", "Ier", "mixe", "d'", "t'", "a-t-il", "đối",
    "Nguyễn", "người", "Ớt", "O.N.U.", "É.", "a.", "fin.", "x", "t", "naïveté", "нет", "ΐ", "ﬁn", "2e", "B2", "b_c",
    "e\u{301}te\u{301}", "n'\u{302}", "中", "internationales", "internationale", "abcdefgh", "abcdefghi", "éabcdefg",
    "éabcdefgh", "abcdefghijklmno", "abcdefghijklmnop", "abcdefghijklmnopq", "ệệệệệ", "ệệệệệa", "ệệệệệab",
    "Về", "Vệ", "XIXè", "XIXe\u{300}", "LIÉ", "lié", "ª", "xº", "x₂", "É.a", "e\u{301}", "カタ", "カa", "ａｂ", "１２", "가나",
    "ab\u{AD}c", "T", "ţ", "entr'", "N'", "x²", "km²", "CO₂", "10³", "mots¹", "Xe", "XE", "xe", "Ire", "ier", "siècle",
    "République", "Louis", "et", "PowerPoint", "powerpoint", "POWERPOINT", "motClé", "đổiMới", "HTMLElement", "C", "c",
    "F",
    "mot2Clé", "CadreUnifiéAnnuel",
  ]
  private static let gaps = [
    " ", " ", " ", "  ", ", ", ". ", ".", "\n", "-", "'", "’", "' ", "’\u{200B}", "-\n", "\u{2010} \r\n ", "\u{AD}\n",
    "\u{AC}\n", "\u{2032}", "\u{2B9}", "…", "\u{A0}", "\u{202F}", "« ", " »", "(", ")", "! ",
    "\"", ":", ";", "\u{AD}", "\u{200D}", "😀", "_", "/", "", "++", "#", "+", "€", " € ", "🇫🇷", "❤️",
  ]

  private struct Result: Equatable {
    var tokens: [String] = []
    var sentences: [String] = []
    var signs: [String] = []
  }

  private func read(_ bytes: [UInt8], _ analyzer: inout Analyzer, plainly: Bool) -> Result {
    var tokens = TokenBuffer()
    if plainly {
      analyzer.findWordsWithoutFastPath(bytes.span, into: &tokens)
    } else {
      analyzer.findWords(bytes.span, into: &tokens)
    }
    var result = Result()
    for index in 0..<tokens.count {
      result.tokens.append("\(tokens[index]) \(analyzer.forms.form(tokens.form(index)))")
    }
    for index in 0..<tokens.signs.count { result.signs.append("\(tokens.signs[index])") }
    for index in 0..<tokens.sentences.count { result.sentences.append("\(tokens.sentences[index])") }
    return result
  }

  @Test(arguments: [(AnalyzerOptions.Preset.frenchVietnamese, UInt64(91)), (.folding, 92), (.frenchVietnamese, 93)])
  func bothWaysReadTheSame(preset: AnalyzerOptions.Preset, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var analyzer = Analyzer(AnalyzerOptions(preset: preset))
    for number in 0..<4000 {
      var bytes: [UInt8]
      if number % 4 == 0 {
        bytes = RandomText.damagedBytes(&random, maximum: 30)
      } else {
        bytes = []
        for _ in 0..<random.integer(0...20) {
          bytes += Array((random.pick(Self.words) + random.pick(Self.gaps)).utf8)
        }
      }
      // The general way first: it makes the forms known, which the fast path needs.
      let slow = read(bytes, &analyzer, plainly: true)
      let fast = read(bytes, &analyzer, plainly: false)
      #expect(fast == slow, "seed \(seed), \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func aFreshAnalyzerReadsAsOneThatHasSeenTheWords() {
    var random = SeededRandom(seed: 94)
    var old = Analyzer()
    for _ in 0..<2000 {
      let pieces = (0..<random.integer(1...12)).map { _ in random.pick(Self.words) + random.pick(Self.gaps) }
      let bytes = Array(pieces.joined().utf8)
      var fresh = Analyzer()
      let (known, new) = (forms(bytes, &old), forms(bytes, &fresh))
      #expect(known == new, "seed 94, \(pieces)")
    }
  }

  private func forms(_ bytes: [UInt8], _ analyzer: inout Analyzer) -> [String] {
    var tokens = TokenBuffer()
    analyzer.analyze(bytes.span, into: &tokens)
    return (0..<tokens.count).map { index in
      let form = String(decoding: analyzer.forms.form(tokens.form(index)), as: UTF8.self)
      return "\(form) \(tokens.range(index)) \(tokens.kind(index)) \(tokens[index].flags)"
    }
  }

  @Test func removingTheFormsRemovesTheSurfaceForms() {
    var analyzer = Analyzer()
    let before = forms(Array("un deux trois quatre cinq".utf8), &analyzer)
    analyzer.forms.reset()
    let after = forms(Array("cinq quatre trois deux un".utf8), &analyzer)
    #expect(before.count == 5 && after.first?.hasPrefix("cinq ") == true && after.last?.hasPrefix("un ") == true)
    let count = analyzer.forms.count
    #expect(count == 5)
  }
}

/// Surface forms and their cache.
@Suite struct SurfaceFormTests {
  /// Letters up to the first byte that is none, read one by one.
  private func plainly(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Array(
      bytes.prefix(16).prefix { byte in
        byte >= 0x80 ? byte != 0xC2 && byte != 0xE2 : byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
      })
  }

  @Test func everyByteEndsASurfaceFormOrNot() {
    for byte in UInt8.min ... .max {
      for index in 0..<16 {
        var bytes = [UInt8](repeating: 0x61, count: 16)
        bytes[index] = byte
        let surfaceForm = SurfaceForm(bytes.span, at: 0)
        #expect(surfaceForm.count == plainly(bytes[...]).count, "byte \(byte) at \(index)")
      }
    }
  }

  @Test func surfaceFormsAreTheBytesOneByOne() {
    var random = SeededRandom(seed: 95)
    for _ in 0..<5000 {
      let alphabet: [UInt8] = [
        0x61, 0x7A, 0x41, 0x5A, 0xC3, 0xA9, 0xE1, 0xBB, 0x87, 0x20, 0xC2, 0xE2, 0x7B, 0x40, 0, 0xFF,
      ]
      let few = random.integer(1...16)
      let bytes = (0..<random.integer(16...40)).map { _ in alphabet[random.integer(0...few - 1)] }
      let start = random.integer(0...bytes.count - 1)
      let surfaceForm = SurfaceForm(bytes.span, at: start)
      let expected = plainly(bytes[start...])
      var packed = UInt128(0)
      for (index, byte) in expected.enumerated() { packed |= UInt128(byte) << UInt128(8 * index) }
      #expect(UInt128(surfaceForm.tail) << 64 | UInt128(surfaceForm.head) == packed, "seed 95, \(bytes), \(start)")
      #expect(surfaceForm.count == expected.count && surfaceForm.isComplete == (1...15).contains(expected.count))
    }
  }

  @Test func theCacheReturnsWhatWasEnteredOrNothing() {
    var random = SeededRandom(seed: 96)
    var cache = SurfaceFormCache()
    var entered: [UInt64: UInt64] = [:]
    for number in 1...100_000 {
      let surfaceForm = SurfaceForm(head: UInt64(random.integer(1...60_000)), tail: UInt64(number & 1))
      let key = surfaceForm.head << 1 | surfaceForm.tail
      let before = cache[surfaceForm]?.bits
      #expect(before == nil || before == entered[key], "seed 96, \(key)")
      if before == nil {
        cache.insert(surfaceForm, UInt64(number))
        entered[key] = UInt64(number)
      }
      let after = cache[surfaceForm]?.bits
      #expect(after == entered[key], "seed 96, \(key)")
    }
    var kept = 0
    for key in entered.keys where cache[SurfaceForm(head: key >> 1, tail: key & 1)] != nil { kept += 1 }
    // It has grown, and most surface forms that were evicted came again.
    #expect(kept * 10 > entered.count * 8, "\(kept) of \(entered.count)")
    let grown = cache.byteCount
    cache.reset()
    let left = cache.byteCount
    #expect(left < grown)
    for key in entered.keys.prefix(100) {
      let known = cache[SurfaceForm(head: key >> 1, tail: key & 1)]?.bits
      #expect(known == nil)
    }
  }
}
