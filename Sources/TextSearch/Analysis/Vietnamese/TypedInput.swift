/// Decodes the raw keys of one syllable, as typed for an input method that was not there: `ddoois`, `d9o61i` -> `đối`.
///
/// Telex and VNI are the two typing conventions that the Vietnamese standards and input methods share: a letter is
/// followed by keys for its mark and for the tone of the syllable.
///
/// | | tones: sắc huyền hỏi ngã nặng | circumflex | horn | breve | đ |
/// |---|---|---|---|---|---|
/// | Telex | s f r x j | aa ee oo | ow uw, w alone = ư | aw | dd |
/// | VNI | 1 2 3 4 5 | 6 | 7 | 8 | 9 |
///
/// Tone keys stand anywhere after a vowel, and mark keys anywhere after their letter. A key that can be read in
/// several ways (`thuowr` = thuở, `thuowngf` = thường) is tried in each; the first reading that is a syllable counts.
enum TypedInput {
  /// Keys of the longest syllable: `nghieeengf` and a spare mark or two.
  private static let maximumKeys = 14

  /// The composed lower-case form, in canonical spelling, of a syllable typed in Telex or VNI.
  ///
  /// Nil if no key is a tone or a mark, or if no reading of the keys is a Vietnamese syllable.
  static func decode(_ keys: [UInt8]) -> [UInt8]? {
    read(keys) { word in
      guard word.isDecoded else { return nil }
      let form = word.composed
      return VietnameseSyllable.shared.accepts(form) ? form : nil
    }
  }

  /// The letter that the keys of one letter give, tone included: `aws` -> `ắ`, `a` -> `a`; nil for all else.
  static func decodeLetter(_ keys: [UInt8]) -> [UInt8]? { read(keys) { $0.letters.count == 1 ? $0.composed : nil } }

  private static func read(_ keys: [UInt8], _ accept: (TypedSyllable) -> [UInt8]?) -> [UInt8]? {
    guard !keys.isEmpty, keys.count <= maximumKeys else { return nil }
    var lower: [UInt8] = []
    for key in keys {
      switch key {
      case 0x41...0x5A: lower.append(key + 0x20)
      case 0x61...0x7A, 0x31...0x39: lower.append(key)
      default: return nil
      }
    }
    let isVNI = lower.contains { $0 <= 0x39 }
    return read(lower[...], TypedSyllable(), isVNI: isVNI, accept)
  }

  /// Tries the readings of the first key, best first, each with all that follows.
  private static func read(
    _ keys: ArraySlice<UInt8>, _ word: TypedSyllable, isVNI: Bool, _ accept: (TypedSyllable) -> [UInt8]?
  ) -> [UInt8]? {
    guard let key = keys.first else { return accept(word) }
    for next in isVNI ? word.readingsVNI(of: key) : word.readingsTelex(of: key) {
      // Bounds the search: no rhyme has more vowels, no syllable more letters (nghiêng).
      guard next.letters.count <= 7, next.vowels.count <= 3 else { continue }
      if let found = read(keys.dropFirst(), next, isVNI: isVNI, accept) { return found }
    }
    return nil
  }
}

/// The letters and the tone of a syllable while its keys are read.
private struct TypedSyllable {
  enum Mark {
    case none, circumflex, horn, breve, stroke
  }

  struct Letter {
    let base: Unicode.Scalar
    var mark = Mark.none
  }

  private(set) var letters: [Letter] = []
  private var tone = Tone.none
  /// Some key was read as a mark or a tone.
  private(set) var isDecoded = false

  /// Places of the vowels.
  var vowels: [Int] { letters.indices.filter { TypedSyllable.isVowel(letters[$0].base) } }

  private static func isVowel(_ letter: Unicode.Scalar) -> Bool {
    switch letter {
    case "a", "e", "i", "o", "u", "y": true
    default: false
    }
  }

  // MARK: Readings of a key

  func readingsTelex(of key: UInt8) -> [TypedSyllable] {
    let letter = Unicode.Scalar(key)
    switch letter {
    case "s", "f", "r", "x", "j":
      // Before the vowel s, r, x are onsets; after it no rhyme has one of the five.
      return vowels.isEmpty ? [adding(letter)] : adding(TypedSyllable.telexTone(letter))
    case "d": return crossing() + [adding(letter)]
    case "a", "e", "o": return doubling(letter)
    case "w": return hooking(horn: true, breve: true) + [adding("u", .horn)]
    default: return [adding(letter)]
    }
  }

  func readingsVNI(of key: UInt8) -> [TypedSyllable] {
    switch key {
    case 0x31...0x35: adding(TypedSyllable.vniTones[Int(key - 0x31)])
    case 0x36: marking(["a", "e", "o"], .circumflex)
    case 0x37: hooking(horn: true, breve: false)
    case 0x38: hooking(horn: false, breve: true)
    case 0x39: crossing()
    default: [adding(Unicode.Scalar(key))]
    }
  }

  private static let vniTones: [Tone] = [.sac, .huyen, .hoi, .nga, .nang]

  private static func telexTone(_ key: Unicode.Scalar) -> Tone {
    switch key {
    case "s": .sac
    case "f": .huyen
    case "r": .hoi
    case "x": .nga
    default: .nang
    }
  }

  private func adding(_ base: Unicode.Scalar, _ mark: Mark = .none) -> TypedSyllable {
    var next = self
    next.letters.append(Letter(base: base, mark: mark))
    if mark != .none { next.isDecoded = true }
    return next
  }

  /// A syllable has one tone, and a vowel to carry it.
  private func adding(_ tone: Tone) -> [TypedSyllable] {
    guard self.tone == .none, !vowels.isEmpty else { return [] }
    var next = self
    next.tone = tone
    next.isDecoded = true
    return [next]
  }

  private func marking(_ places: [Int], _ mark: Mark) -> TypedSyllable {
    var next = self
    for place in places { next.letters[place].mark = mark }
    next.isDecoded = true
    return next
  }

  /// One reading for each plain letter of `bases`, the last one first.
  private func marking(_ bases: [Unicode.Scalar], _ mark: Mark) -> [TypedSyllable] {
    letters.indices.reversed().filter { letters[$0].mark == .none && bases.contains(letters[$0].base) }
      .map { marking([$0], mark) }
  }

  /// đ is always the onset, so the second d may stand anywhere behind the first.
  private func crossing() -> [TypedSyllable] {
    guard let first = letters.first, first.base == "d", first.mark == .none else { return [] }
    return [marking([0], .stroke)]
  }

  /// A second a, e, o puts the circumflex on the first; a third takes it off again (`booong` = boong).
  private func doubling(_ base: Unicode.Scalar) -> [TypedSyllable] {
    var readings: [TypedSyllable] = []
    if let last = letters.last, last.base == base {
      if last.mark == .none { readings.append(marking([letters.count - 1], .circumflex)) }
      if last.mark == .circumflex { readings.append(marking([letters.count - 1], .none).adding(base)) }
    }
    // `ngoaos` is ngoáo, not ngôá: the letter itself goes before the mark of a letter farther away.
    readings.append(adding(base))
    if let place = letters.dropLast().lastIndex(where: { $0.base == base && $0.mark == .none }) {
      readings.append(marking([place], .circumflex))
    }
    return readings
  }

  /// The horn on u and o, on both of uo first; the breve on a.
  private func hooking(horn: Bool, breve: Bool) -> [TypedSyllable] {
    var readings: [TypedSyllable] = []
    for place in letters.indices.dropLast()
    where horn && letters[place].base == "u" && letters[place + 1].base == "o"
      && letters[place].mark == .none && letters[place + 1].mark == .none
    {
      readings.append(marking([place, place + 1], .horn))
    }
    for place in letters.indices.reversed() where letters[place].mark == .none {
      switch letters[place].base {
      case "a" where breve: readings.append(marking([place], .breve))
      case "o" where horn, "u" where horn: readings.append(marking([place], .horn))
      default: break
      }
    }
    return readings
  }

  // MARK: SurfaceForm

  /// The form in lower-case composed letters, the tone on the vowel that carries it.
  var composed: [UInt8] {
    let carrier = tone == .none ? nil : tonePlace
    var form: [UInt8] = []
    for (place, letter) in letters.enumerated() {
      let scalar = TypedSyllable.scalar(letter)
      Scalars.append((place == carrier ? ToneMarks.letter(scalar, with: tone) : scalar).value, to: &form)
    }
    return form
  }

  /// On the (last) vowel with a mark of its own; else on the second of two before a coda and in oa, oe, uy, on the
  /// first of two elsewhere, on the middle one of three. The glides of qu and gi are no part of the rhyme.
  private var tonePlace: Int? {
    var vowels = self.vowels
    if vowels.count > 1, isGlide(vowels[0]) { vowels.removeFirst() }
    if let marked = vowels.last(where: { letters[$0].mark != .none }) { return marked }
    guard let last = vowels.last, vowels.count > 1 else { return vowels.last }
    if last < letters.count - 1 { return last }
    guard vowels.count == 2 else { return vowels[1] }
    switch (letters[vowels[0]].base, letters[last].base) {
    case ("o", "a"), ("o", "e"), ("u", "y"): return last
    default: return vowels[0]
    }
  }

  private func isGlide(_ place: Int) -> Bool {
    guard place == 1, letters[1].mark == .none else { return false }
    return letters[0].base == "q" && letters[1].base == "u" || letters[0].base == "g" && letters[1].base == "i"
  }

  private static func scalar(_ letter: Letter) -> Unicode.Scalar {
    switch (letter.base, letter.mark) {
    case ("a", .circumflex): "â"
    case ("a", .breve): "ă"
    case ("e", .circumflex): "ê"
    case ("o", .circumflex): "ô"
    case ("o", .horn): "ơ"
    case ("u", .horn): "ư"
    case ("d", .stroke): "đ"
    default: letter.base
    }
  }
}
