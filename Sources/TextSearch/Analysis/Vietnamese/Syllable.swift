/// Recognises Vietnamese syllables: onset, rhyme and tone, by the tables of the written grammar.
///
/// A form is split into letters without tone and the tone. The toneless rest must be an onset followed by a rhyme;
/// k gh ngh stand before e ê i y, c g ng before the others; rhymes in p t c ch take only sắc or nặng when any
/// mark is written. Bare words (no marks at all) are matched against the bare rhymes.
struct VietnameseSyllable: Sendable {
  static let shared = VietnameseSyllable()

  /// Bare and marked rhymes, each with "ends in p t c ch".
  private let markedRhymes: Set<String>
  private let bareRhymes: Set<String>

  private static let rhymes = """
    a e ê i o ô ơ u ư y ia ua ưa uơ oa oe uê uy uya ai ao au ay âu ây eo êu iu oi ôi ơi ui ưi ưu iêu yêu uôi ươi ươu \
    oai oay oao oeo uây uyu uêu \
    am ăm âm em êm im om ôm ơm um iêm yêm uôm ươm oam oăm oem uym \
    an ăn ân en ên in on ôn ơn un ưn iên yên uôn ươn oan oăn oen uân uyn uyên \
    ang ăng âng eng ong ông ung ưng iêng yêng uông ương oang oăng oeng oong ôông uâng \
    anh ênh inh oanh uênh uynh \
    ap ăp âp ep êp ip op ôp ơp up iêp ươp oap oăp oep uyp \
    at ăt ât et êt it ot ôt ơt ut ưt iêt yêt uôt ươt oat oăt oet uât uyt uyêt \
    ac ăc âc ec oc ôc uc ưc iêc uôc ươc oac oăc ooc \
    ach êch ich oach uêch uych
    """
  /// Longest first, so that `ngh` is tried before `ng` and `n`.
  private static let onsets = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n",
    "p",
    "r", "s", "t", "v", "x", "",
  ]

  private init() {
    let rhymes = VietnameseSyllable.rhymes.split(separator: " ").map(String.init)
    markedRhymes = Set(rhymes)
    bareRhymes = Set(rhymes.map { String(decoding: VietnameseSyllable.bare(Array($0.utf8)), as: UTF8.self) })
  }

  /// Whether a lower-case composed form is a syllable as it is written.
  ///
  /// - Parameter mayLackMarks: a form without any marks counts too if some marks make it a syllable.
  func accepts(_ form: [UInt8], mayLackMarks: Bool = false) -> Bool {
    guard form.count >= 1, form.count <= 14 else { return false }
    guard let (letters, tone) = ToneMarks.split(form) else { return false }
    let isBare = mayLackMarks && tone == .none && letters.allSatisfy { $0 < 0x80 }
    let rest = String(decoding: letters, as: UTF8.self)
    return VietnameseSyllable.onsets.contains { onset in
      rest.hasPrefix(onset)
        && isSyllable(onset: onset, rhyme: String(rest.dropFirst(onset.count)), isBare: isBare, tone: tone)
    }
  }

  private func isSyllable(onset: String, rhyme: String, isBare: Bool, tone: Tone) -> Bool {
    if onset == "gi" {
      // gi + i writes one i: gì, gìn; giêng is gi + iêng.
      if rhyme.isEmpty || isRhyme("i" + rhyme, isBare: isBare) {
        return hasPossibleTone(rhyme, isBare: isBare, tone: tone)
      }
    }
    if onset == "qu" {
      // The glide is in the onset: quý = qu + y, quốc = qu + ốc; but quỳnh = q + uỳnh.
      let isGlided = isRhyme("u" + rhyme, isBare: isBare)
      guard !rhyme.isEmpty, isGlided || isRhyme(rhyme, isBare: isBare) else { return false }
      return hasPossibleTone(rhyme, isBare: isBare, tone: tone)
    }
    guard isRhyme(rhyme, isBare: isBare), agrees(onset, with: rhyme) else { return false }
    return hasPossibleTone(rhyme, isBare: isBare, tone: tone)
  }

  private func isRhyme(_ rhyme: String, isBare: Bool) -> Bool {
    isBare ? bareRhymes.contains(rhyme) : markedRhymes.contains(rhyme)
  }

  /// k gh ngh before e ê i y; c g ng before the others.
  private func agrees(_ onset: String, with rhyme: String) -> Bool {
    guard let first = rhyme.unicodeScalars.first else { return false }
    let isFront = first == "e" || first == "ê" || first == "i" || first == "y"
    switch onset {
    case "k", "gh", "ngh": return isFront
    case "c", "g", "ng": return !isFront
    default: return true
    }
  }

  private func hasPossibleTone(_ rhyme: String, isBare: Bool, tone: Tone) -> Bool {
    let isStopped = rhyme.hasSuffix("p") || rhyme.hasSuffix("t") || rhyme.hasSuffix("c") || rhyme.hasSuffix("ch")
    return !isStopped || isBare || tone == .sac || tone == .nang
  }

  private static func bare(_ form: [UInt8]) -> [UInt8] { Folding.key(of: form) }
}
