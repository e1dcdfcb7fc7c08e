/// The fast path of the analyzer: known words, which are short, consist of letters only and have occurred before with
/// the same bytes, are found without decoding.
extension Analyzer {
  /// Appends known words from `start` on while single spaces separate them.
  ///
  /// - Parameter nextFlags: the flags of the next word that depend on the text before it.
  /// - Returns: the offset of the first word that the general path must read, or the end of the last known word.
  mutating func appendKnownWords(
    _ text: Span<UInt8>, from start: Int, _ nextFlags: inout TokenBuffer.Flags, into tokens: inout TokenBuffer
  ) -> Int {
    let table = self.table
    let isFrench = options.preset == .frenchVietnamese
    var first = start
    var start = start
    var flags = nextFlags
    while true {
      let surfaceForm = SurfaceForm(text, at: start)
      guard surfaceForm.isComplete else { return first }
      let end = start &+ surfaceForm.count
      let isSpace = end < text.count && text[end] == 0x20
      var continuesInitial = false
      if !isSpace {
        switch Analyzer.ending(text, at: end, table) {
        case .hard: break
        case .afterInitial: continuesInitial = true
        case .apostrophe(let width):
          if !isFrench { break }
          guard Analyzer.elides(surfaceForm), Analyzer.isVowelOrH(text, at: end &+ width, table) else { return first }
          start = end &+ width
          flags.insert(.elided)
          continue
        case .open: return first
        }
      }
      guard let known = forms.surfaceForms[surfaceForm], !(continuesInitial && known.isInitial) else { return first }
      tokens.append(known, from: start, to: end, flags)
      nextFlags = .joined
      guard isSpace, end &+ 1 < text.count else { return end }
      flags = .joined
      start = end &+ 1
      first = start
    }
  }

  /// What follows a surface form.
  private enum Ending {
    /// A scalar that ends every word of letters, or the end of the text.
    case hard
    /// An apostrophe of `width` bytes.
    case apostrophe(width: Int)
    /// A scalar that may continue a word of a single letter: O.N.U., C++.
    case afterInitial
    /// A scalar that may continue the word.
    case open
  }

  /// Returns the ending at `index`.
  @inline(__always)
  private static func ending(_ text: Span<UInt8>, at index: Int, _ table: CharacterTable) -> Ending {
    guard index < text.count else { return .hard }
    let (scalar, width) = Scalars.decode(text, at: index)
    let kind = table[scalar].characterClass
    if kind.endsLetters {
      // The word may go on in the next line.
      return kind == .hyphen && Analyzer.nextLine(text, after: index &+ width) != nil ? .open : .hard
    }
    if kind == .apostrophe { return .apostrophe(width: width) }
    return kind == .midNumLet || kind == .suffix ? .afterInitial : .open
  }

  /// Whether the word is an elided one: one of the single letters, or `qu`. The general path reads longer ones.
  @inline(__always)
  private static func elides(_ word: SurfaceForm) -> Bool {
    let lowered = word.head | 0x2020
    return word.count == 1
      ? Analyzer.isElidedLetter(UInt8(truncatingIfNeeded: lowered)) : word.count == 2 && lowered == 0x7571
  }

  /// Whether the scalar at `index` is a vowel or h.
  @inline(__always)
  private static func isVowelOrH(_ text: Span<UInt8>, at index: Int, _ table: CharacterTable) -> Bool {
    guard index < text.count else { return false }
    let entry = table[Scalars.decode(text, at: index).scalar]
    return entry.characterClass == .letter && Analyzer.isVowelOrH(UInt8(truncatingIfNeeded: entry.key))
  }

  /// Caches a word that the general path has read, unless its neighbours influence its form.
  ///
  /// Words with digits may continue in the text that follows, and the t of `a-t-il` and small or single Roman numerals
  /// depend on the text around them.
  mutating func cache(_ form: FormTable.Form, _ text: Span<UInt8>, _ reading: Reading, isCamelCase: Bool) {
    guard text.count >= SurfaceForm.window, !word.hasDigit, !word.isT, !reading.dependsOnNeighbours else { return }
    let surfaceForm = SurfaceForm(text, at: reading.start)
    guard surfaceForm.isComplete, reading.start + surfaceForm.count == reading.end else { return }
    var known = form.properties
    if reading.isUpper { known |= TokenBuffer.Token.bits(.capitalised) }
    if reading.letters == 1 { known |= SurfaceFormCache.initial }
    if isCamelCase { known |= TokenBuffer.Token.camelCase }
    forms.surfaceForms.insert(surfaceForm, known)
  }
}
