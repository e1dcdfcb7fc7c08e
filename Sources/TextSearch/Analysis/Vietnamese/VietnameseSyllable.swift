/// A recogniser of Vietnamese syllables by the orthographic tables of onset, rhyme and tone.
///
/// A form is split into toneless letters and a tone. The toneless letters must be an onset followed by a rhyme: k, gh
/// and ngh precede e, ê, i and y; c, g and ng precede the other vowels. Rhymes in p, t, c and ch take only sắc or nặng,
/// unless the word has no diacritics at all. Such words are matched against the rhymes without diacritics.
struct VietnameseSyllable: Sendable {
  static let shared = VietnameseSyllable()

  private let rhymesWithDiacritics: Set<UInt64>
  private let rhymesWithoutDiacritics: Set<UInt64>
  private let onsets: [Onset]

  /// All rhymes, toneless.
  static let rhymes = """
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
  /// All onsets, longest first.
  static let onsetTexts = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n",
    "p",
    "r", "s", "t", "v", "x", "",
  ]

  /// An onset, in packed letters, and the rule for the rhymes that may follow it.
  private struct Onset {
    /// Which rhymes may follow an onset.
    enum Rule { case none, beforeFront, beforeBack, gi, qu }

    let letters: PackedLetters
    let rule: Rule

    init(_ text: String) {
      letters = PackedLetters(text)
      switch text {
      case "k", "gh", "ngh": rule = .beforeFront
      case "c", "g", "ng": rule = .beforeBack
      case "gi": rule = .gi
      case "qu": rule = .qu
      default: rule = .none
      }
    }
  }

  private init() {
    let rhymes = VietnameseSyllable.rhymes.split(separator: " ").map(String.init)
    rhymesWithDiacritics = Set(rhymes.map { PackedLetters($0).bits })
    rhymesWithoutDiacritics = Set(
      rhymes.map { PackedLetters(String(decoding: Folding.key(of: Array($0.utf8)), as: UTF8.self)).bits })
    onsets = VietnameseSyllable.onsetTexts.map(Onset.init)
  }

  /// Whether a lower-case composed form is a syllable.
  ///
  /// - Parameter mayLackDiacritics: also accepts a form without diacritics if it is a syllable with some diacritics.
  func accepts(_ form: [UInt8], mayLackDiacritics: Bool = false) -> Bool {
    guard form.count >= 1, form.count <= 14 else { return false }
    guard let (letters, tone) = ToneMarks.pack(form) else { return false }
    let lacksDiacritics = mayLackDiacritics && tone == .none && form.allSatisfy { $0 < 0x80 }
    return onsets.contains { onset in
      guard let rhyme = letters.dropping(onset.letters) else { return false }
      return isSyllable(onset.rule, rhyme, lacksDiacritics: lacksDiacritics)
        && hasPossibleTone(rhyme, lacksDiacritics: lacksDiacritics, tone: tone)
    }
  }

  /// Whether toneless letters without diacritics are a syllable with some diacritics.
  func acceptsWithoutDiacritics(_ letters: PackedLetters) -> Bool {
    onsets.contains { onset in
      letters.dropping(onset.letters).map { isSyllable(onset.rule, $0, lacksDiacritics: true) } ?? false
    }
  }

  /// Whether a rhyme may follow an onset with the given rule.
  private func isSyllable(_ rule: Onset.Rule, _ rhyme: PackedLetters, lacksDiacritics: Bool) -> Bool {
    let isFront = rhyme.first.map(PackedLetters.front.contains) ?? false
    switch rule {
    case .gi:
      // gi + i is written with one i: gì, gìn; giêng is gi + iêng.
      return rhyme.isEmpty || isRhyme(rhyme.following(PackedLetters.i), lacksDiacritics)
        || isRhyme(rhyme, lacksDiacritics)
    case .qu:
      // The glide is part of the onset: quý = qu + y, quốc = qu + ốc; but quỳnh = q + uỳnh.
      return !rhyme.isEmpty
        && (isRhyme(rhyme.following(PackedLetters.u), lacksDiacritics) || isRhyme(rhyme, lacksDiacritics))
    case .beforeFront: return isFront && isRhyme(rhyme, lacksDiacritics)
    case .beforeBack: return !isFront && isRhyme(rhyme, lacksDiacritics)
    case .none: return isRhyme(rhyme, lacksDiacritics)
    }
  }

  private func isRhyme(_ rhyme: PackedLetters, _ lacksDiacritics: Bool) -> Bool {
    lacksDiacritics ? rhymesWithoutDiacritics.contains(rhyme.bits) : rhymesWithDiacritics.contains(rhyme.bits)
  }

  /// Whether the rhyme can take the tone.
  private func hasPossibleTone(_ rhyme: PackedLetters, lacksDiacritics: Bool, tone: Tone) -> Bool {
    !rhyme.isStopped || lacksDiacritics || tone == .sac || tone == .nang
  }
}
