import TestSupport
import Testing

@testable import TextSearch

/// The syllable grammar on packed letters against the grammar on strings.
@Suite struct PackedLettersTests {
  /// The grammar written plainly.
  private struct StringGrammar {
    let written = Set(VietnameseSyllable.rhymes.split(separator: " ").map(String.init))
    let folded: Set<String>

    init() { folded = Set(written.map { String(decoding: Folding.key(of: Array($0.utf8)), as: UTF8.self) }) }

    func accepts(_ form: [UInt8], mayLackDiacritics: Bool) -> Bool {
      guard form.count >= 1, form.count <= 14, let (letters, tone) = ToneMarks.split(form) else { return false }
      let rhymes = mayLackDiacritics && tone == .none && letters.allSatisfy { $0 < 0x80 } ? folded : written
      let isFree = rhymes == folded || tone == .sac || tone == .nang
      let tail = String(decoding: letters, as: UTF8.self)
      return VietnameseSyllable.onsetTexts.contains { onset in
        guard tail.hasPrefix(onset) else { return false }
        let rhyme = String(tail.dropFirst(onset.count))
        return isSyllable(onset, rhyme, rhymes) && (isFree || !["p", "t", "c", "ch"].contains(where: rhyme.hasSuffix))
      }
    }

    private func isSyllable(_ onset: String, _ rhyme: String, _ rhymes: Set<String>) -> Bool {
      if onset == "gi", rhyme.isEmpty || rhymes.contains("i" + rhyme) { return true }
      if onset == "qu", !rhyme.isEmpty, rhymes.contains("u" + rhyme) { return true }
      guard rhymes.contains(rhyme), let first = rhyme.first else { return false }
      let isFront = "eêiy".contains(first)
      switch onset {
      case "k", "gh", "ngh": return isFront
      case "c", "g", "ng": return !isFront
      default: return true
      }
    }
  }

  @Test(arguments: [UInt64(95), 96])
  func bothGrammarsAgree(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let grammar = StringGrammar()
    let rhymes = VietnameseSyllable.rhymes.split(separator: " ").map(String.init)
    let letters = PackedLetters.alphabet + Array("àáãảạềếờợứỵfjwzéß1".unicodeScalars)
    for _ in 0..<20_000 {
      var scalars = Array((random.pick(VietnameseSyllable.onsetTexts) + random.pick(rhymes)).unicodeScalars)
      if !scalars.isEmpty, random.integer(0...2) > 0 {
        let index = random.integer(0...scalars.count - 1)
        scalars[index] = ToneMarks.letter(scalars[index], with: Tone(rawValue: UInt8(random.integer(0...5))) ?? .none)
      }
      if random.integer(0...3) == 0 { scalars.insert(random.pick(letters), at: random.integer(0...scalars.count)) }
      var form: [UInt8] = []
      for scalar in scalars { Scalars.append(scalar.value, to: &form) }
      if random.integer(0...3) == 0 { form = Folding.key(of: form) }
      for mayLackDiacritics in [false, true] {
        let accepted = VietnameseSyllable.shared.accepts(form, mayLackDiacritics: mayLackDiacritics)
        #expect(
          accepted == grammar.accepts(form, mayLackDiacritics: mayLackDiacritics),
          "seed \(seed), \(String(decoding: form, as: UTF8.self))")
      }
    }
  }
}
