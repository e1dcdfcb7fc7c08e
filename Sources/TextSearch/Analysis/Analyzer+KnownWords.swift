/// The common words, without decoding: short, of letters alone, and seen before in the same writing.
extension Analyzer {
  /// Takes words from `start` on, as long as a space stands between them; gives the place of the first that the
  /// general way must read, or that behind the last.
  mutating func takeKnownWords(
    _ text: Span<UInt8>, from start: Int, _ surroundings: inout TokenBuffer.Marks, _ tokens: inout TokenBuffer
  ) -> Int {
    let table = self.table
    let isFrench = options.preset == .frenchVietnamese
    var first = start
    var start = start
    var marks = surroundings
    while true {
      let surfaceForm = SurfaceForm(text, at: start)
      guard surfaceForm.isWhole else { return first }
      let end = start &+ surfaceForm.count
      let isSpace = end < text.count && text[end] == 0x20
      var mayBeAcronym = false
      if !isSpace {
        switch Analyzer.ending(text, at: end, table) {
        case .hard: break
        case .fullStop: mayBeAcronym = true
        case .apostrophe(let width):
          if !isFrench { break }
          guard Analyzer.elides(surfaceForm), Analyzer.isVowelOrH(text, at: end &+ width, table) else { return first }
          start = end &+ width
          marks.insert(.elided)
          continue
        case .open: return first
        }
      }
      guard let known = forms.surfaceForms[surfaceForm], !(mayBeAcronym && known.isInitial) else { return first }
      tokens.append(known, start, end, marks)
      surroundings = .joined
      guard isSpace, end &+ 1 < text.count else { return end }
      marks = .joined
      start = end &+ 1
      first = start
    }
  }

  /// What stands behind a writing.
  private enum Ending {
    /// Ends every word of letters.
    case hard
    case apostrophe(width: Int)
    case fullStop
    /// The word may go on.
    case open
  }

  @inline(__always)
  private static func ending(_ text: Span<UInt8>, at index: Int, _ table: CharacterTable) -> Ending {
    guard index < text.count else { return .hard }
    let (scalar, width) = Scalars.decode(text, at: index)
    let kind = table[scalar].characterClass
    if kind.endsLetters { return .hard }
    if kind == .apostrophe { return .apostrophe(width: width) }
    return kind == .midNumLet ? .fullStop : .open
  }

  /// Whether the word loses its vowel before an apostrophe; of longer words only `qu`.
  @inline(__always)
  private static func elides(_ word: SurfaceForm) -> Bool {
    let lowered = word.head | 0x2020
    return word.count == 1
      ? Analyzer.isElidedLetter(UInt8(truncatingIfNeeded: lowered)) : word.count == 2 && lowered == 0x7571
  }

  @inline(__always)
  private static func isVowelOrH(_ text: Span<UInt8>, at index: Int, _ table: CharacterTable) -> Bool {
    guard index < text.count else { return false }
    let entry = table[Scalars.decode(text, at: index).scalar]
    return entry.characterClass == .letter && Analyzer.isVowelOrH(UInt8(truncatingIfNeeded: entry.key))
  }

  /// Keeps the writing of a word that the general way has read, if the letters alone decide what it is.
  ///
  /// Digits look at what follows them, and the t of `a-t-il` at what stands around it.
  mutating func remember(_ form: FormTable.Form, _ text: Span<UInt8>, _ reading: Reading) {
    guard text.count >= SurfaceForm.window, !word.hasDigit, !word.isT else { return }
    let surfaceForm = SurfaceForm(text, at: reading.start)
    guard surfaceForm.isWhole, reading.start + surfaceForm.count == reading.end else { return }
    var known = form.properties
    if reading.isUpper { known |= TokenBuffer.Token.bits(.capitalised) }
    if reading.letters == 1 { known |= SurfaceFormCache.initial }
    forms.surfaceForms.enter(surfaceForm, known)
  }
}
