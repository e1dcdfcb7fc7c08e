/// A decoder of the raw keys of one syllable, typed without an input method: `ddoois`, `d9o61i` -> `đối`.
///
/// Telex and VNI are the typing conventions of Vietnamese standards and input methods: a letter is followed by keys for
/// its diacritic and for the tone of the syllable.
///
/// | | tones: sắc huyền hỏi ngã nặng | circumflex | horn | breve | đ |
/// |---|---|---|---|---|---|
/// | Telex | s f r x j | aa ee oo | ow uw, w alone = ư | aw | dd |
/// | VNI | 1 2 3 4 5 | 6 | 7 | 8 | 9 |
///
/// A tone key may be anywhere after a vowel, and the key of a diacritic anywhere after its letter. If a key has several
/// readings (`thuowr` = thuở, `thuowngf` = thường), all are tried; the first reading that is a syllable is the result.
enum TypedInput {
  /// Maximum number of keys of a syllable: `nghieeengf` and some redundant keys.
  private static let maximumKeys = 14

  /// Returns the composed lower-case form, in canonical spelling, of a syllable typed in Telex or VNI.
  ///
  /// - Returns: nil if no key stands for a tone or a diacritic, or if no reading of the keys is a Vietnamese syllable.
  /// - Complexity: exponential in the number of keys with several readings; the keys are at most `maximumKeys`.
  static func decode(_ keys: [UInt8]) -> [UInt8]? {
    read(keys) { word in
      guard word.isDecoded else { return nil }
      let form = word.composed
      return VietnameseSyllable.shared.accepts(form) ? form : nil
    }
  }

  /// Returns the letter, tone included, that the keys of one letter stand for: `aws` -> `ắ`, `a` -> `a`; nil for other
  /// keys.
  static func decodeLetter(_ keys: [UInt8]) -> [UInt8]? { read(keys) { $0.letters.count == 1 ? $0.composed : nil } }

  /// Returns the first reading of the keys for which `accept` does not return nil.
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

  /// Tries the readings of the first key, best first, each with all readings of the remaining keys.
  private static func read(
    _ keys: ArraySlice<UInt8>, _ word: TypedSyllable, isVNI: Bool, _ accept: (TypedSyllable) -> [UInt8]?
  ) -> [UInt8]? {
    guard let key = keys.first else { return accept(word) }
    for next in isVNI ? word.readingsVNI(of: key) : word.readingsTelex(of: key) {
      // Bounds the search: no rhyme has more vowels and no syllable has more letters (nghiêng).
      guard next.letters.count <= 7, next.vowels.count <= 3 else { continue }
      if let found = read(keys.dropFirst(), next, isVNI: isVNI, accept) { return found }
    }
    return nil
  }
}

/// The letters and the tone of a syllable whose keys are being read.
private struct TypedSyllable {
  /// The diacritic of a letter, tone marks aside.
  enum Diacritic {
    case none, circumflex, horn, breve, stroke
  }

  /// A letter: its ASCII base and its diacritic.
  struct Letter {
    let base: Unicode.Scalar
    var diacritic = Diacritic.none
  }

  private(set) var letters: [Letter] = []
  private var tone = Tone.none
  /// Whether some key was read as a diacritic or a tone.
  private(set) var isDecoded = false

  /// Indices of the vowels.
  var vowels: [Int] { letters.indices.filter { TypedSyllable.isVowel(letters[$0].base) } }

  private static func isVowel(_ letter: Unicode.Scalar) -> Bool {
    switch letter {
    case "a", "e", "i", "o", "u", "y": true
    default: false
    }
  }

  // MARK: Readings of a key

  /// Returns the readings of a Telex key, best first.
  func readingsTelex(of key: UInt8) -> [TypedSyllable] {
    let letter = Unicode.Scalar(key)
    switch letter {
    case "s", "f", "r", "x", "j":
      // Before the vowel s, r and x are onsets; no rhyme contains one of the five.
      return vowels.isEmpty ? [adding(letter)] : adding(TypedSyllable.telexTone(letter))
    case "d": return crossing() + [adding(letter)]
    case "a", "e", "o": return doubling(letter)
    case "w": return hooking(horn: true, breve: true) + [adding("u", .horn)]
    default: return [adding(letter)]
    }
  }

  /// Returns the readings of a VNI key, best first.
  func readingsVNI(of key: UInt8) -> [TypedSyllable] {
    switch key {
    case 0x31...0x35: adding(TypedSyllable.vniTones[Int(key - 0x31)])
    case 0x36: applying(.circumflex, to: ["a", "e", "o"])
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

  /// Returns the syllable with one more letter.
  private func adding(_ base: Unicode.Scalar, _ diacritic: Diacritic = .none) -> TypedSyllable {
    var next = self
    next.letters.append(Letter(base: base, diacritic: diacritic))
    if diacritic != .none { next.isDecoded = true }
    return next
  }

  /// Returns the syllable with a tone; nothing if it has a tone already or no vowel.
  private func adding(_ tone: Tone) -> [TypedSyllable] {
    guard self.tone == .none, !vowels.isEmpty else { return [] }
    var next = self
    next.tone = tone
    next.isDecoded = true
    return [next]
  }

  /// Returns the syllable with a diacritic on the letters at `indices`.
  private func applying(_ diacritic: Diacritic, at indices: [Int]) -> TypedSyllable {
    var next = self
    for index in indices { next.letters[index].diacritic = diacritic }
    next.isDecoded = true
    return next
  }

  /// Returns one reading for each letter of `bases` without a diacritic, the last letter first.
  private func applying(_ diacritic: Diacritic, to bases: [Unicode.Scalar]) -> [TypedSyllable] {
    letters.indices.reversed().filter { letters[$0].diacritic == .none && bases.contains(letters[$0].base) }
      .map { applying(diacritic, at: [$0]) }
  }

  /// Returns the reading of the key for đ, which is always the onset: the key may be anywhere after the first d.
  private func crossing() -> [TypedSyllable] {
    guard let first = letters.first, first.base == "d", first.diacritic == .none else { return [] }
    return [applying(.stroke, at: [0])]
  }

  /// Returns the readings of a, e or o: a second one adds the circumflex to the first, a third one removes it
  /// (`booong` = boong).
  private func doubling(_ base: Unicode.Scalar) -> [TypedSyllable] {
    var readings: [TypedSyllable] = []
    if let last = letters.last, last.base == base {
      if last.diacritic == .none { readings.append(applying(.circumflex, at: [letters.count - 1])) }
      if last.diacritic == .circumflex { readings.append(applying(.none, at: [letters.count - 1]).adding(base)) }
    }
    // `ngoaos` is ngoáo, not ngôá: a letter of its own is preferred to the diacritic of a letter that is not adjacent.
    readings.append(adding(base))
    if let index = letters.dropLast().lastIndex(where: { $0.base == base && $0.diacritic == .none }) {
      readings.append(applying(.circumflex, at: [index]))
    }
    return readings
  }

  /// Returns the readings of the key for horn or breve: the horn on both letters of uo first, then on u or o, the breve
  /// on a.
  private func hooking(horn: Bool, breve: Bool) -> [TypedSyllable] {
    var readings: [TypedSyllable] = []
    for index in letters.indices.dropLast()
    where horn && letters[index].base == "u" && letters[index + 1].base == "o"
      && letters[index].diacritic == .none && letters[index + 1].diacritic == .none
    {
      readings.append(applying(.horn, at: [index, index + 1]))
    }
    for index in letters.indices.reversed() where letters[index].diacritic == .none {
      switch letters[index].base {
      case "a" where breve: readings.append(applying(.breve, at: [index]))
      case "o" where horn, "u" where horn: readings.append(applying(.horn, at: [index]))
      default: break
      }
    }
    return readings
  }

  // MARK: Composition

  /// The form in lower-case composed letters, with the tone mark on the vowel at `toneIndex`.
  var composed: [UInt8] {
    let carrier = tone == .none ? nil : toneIndex
    var form: [UInt8] = []
    for (index, letter) in letters.enumerated() {
      let scalar = TypedSyllable.scalar(letter)
      Scalars.append((index == carrier ? ToneMarks.letter(scalar, with: tone) : scalar).value, to: &form)
    }
    return form
  }

  /// The index of the vowel with the tone mark; nil if there is no vowel.
  ///
  /// It is the last vowel with a diacritic. Without one it is, of two vowels, the second before a coda and in oa, oe,
  /// uy, else the first; of three vowels the middle one, or the last before a coda. The glides of qu and gi are not
  /// part of the rhyme.
  private var toneIndex: Int? {
    var vowels = self.vowels
    if vowels.count > 1, isGlide(vowels[0]) { vowels.removeFirst() }
    if let last = vowels.last(where: { letters[$0].diacritic != .none }) { return last }
    guard let last = vowels.last, vowels.count > 1 else { return vowels.last }
    if last < letters.count - 1 { return last }
    guard vowels.count == 2 else { return vowels[1] }
    switch (letters[vowels[0]].base, letters[last].base) {
    case ("o", "a"), ("o", "e"), ("u", "y"): return last
    default: return vowels[0]
    }
  }

  /// Whether the vowel at `index` is the glide of qu or gi.
  private func isGlide(_ index: Int) -> Bool {
    guard index == 1, letters[1].diacritic == .none else { return false }
    return letters[0].base == "q" && letters[1].base == "u" || letters[0].base == "g" && letters[1].base == "i"
  }

  /// Returns the composed letter, without tone.
  private static func scalar(_ letter: Letter) -> Unicode.Scalar {
    switch (letter.base, letter.diacritic) {
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
