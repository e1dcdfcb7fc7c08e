/// Finding the words: boundaries, elision, folding, in one pass over the bytes.
extension Analyzer {
  mutating func scan(_ text: Span<UInt8>, into tokens: inout TokenBuffer, takesKnownWords: Bool = true) {
    // A method of a borrowed self would copy the analyzer at each call: the helpers of the loop are static.
    let table = self.table
    let takesKnownWords = takesKnownWords && text.count >= SurfaceForm.window
    var index = 0
    var runStart = 0
    // Runs are for the decision on languages alone.
    let makesRuns = options.preset == .frenchVietnamese
    var surroundings: TokenBuffer.Marks = .first
    while index < text.count {
      let byte = text[index]
      if byte == 0x20 {
        index &+= 1
        continue
      }
      // Letters and all that is not ASCII come after @.
      if takesKnownWords, byte > 0x40 {
        let end = takeKnownWords(text, from: index, &surroundings, &tokens)
        if end > index {
          index = end
          continue
        }
      }
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      let kind = entry.characterClass
      if kind.startsWord {
        let before = tokens.count
        index = scanWord(text, from: index, entry, marks: surroundings, into: &tokens)
        if tokens.count > before { surroundings = .joined }
        continue
      }
      index &+= count
      if kind.staysBeside { continue }
      if Analyzer.endsRun(kind, text, before: index, table) {
        if makesRuns { tokens.endRun(from: runStart) }
        runStart = tokens.count
        surroundings = .first
      } else {
        surroundings.remove(.joined)
      }
    }
    if makesRuns { tokens.endRun(from: runStart) }
  }

  /// A line's end, or a full stop and the like before a space.
  @inline(__always)
  private static func endsRun(
    _ kind: CharacterClass, _ text: Span<UInt8>, before index: Int, _ table: CharacterTable
  ) -> Bool {
    switch kind {
    case .newline: true
    case .sentenceEnd, .midNumLet: isBlank(text, at: index, table)
    default: false
    }
  }

  private static func isBlank(_ text: Span<UInt8>, at index: Int, _ table: CharacterTable) -> Bool {
    guard index < text.count else { return true }
    let kind = table[Scalars.decode(text, at: index).scalar].characterClass
    return kind == .space || kind == .newline
  }

  /// Reads the word that begins at `first`; gives the place after it.
  @inline(__always)
  private mutating func scanWord(
    _ text: Span<UInt8>, from first: Int, _ entry: CharacterTable.Entry, marks: TokenBuffer.Marks,
    into tokens: inout TokenBuffer
  ) -> Int {
    word.clear()
    var reading = Reading(start: first, isUpper: entry.isUpper)
    repeat {
      if !reading.isKatakana {
        let (end, letters) = word.appendLetters(text, from: reading.index, table)
        reading.takeLetters(letters, end: end)
      }
    } while reading.index < text.count && text[reading.index] > 0x20 && takeOther(text, &reading)
    if reading.hasText, !word.isEmpty {
      if isNumeral(reading.isUpper) { takeNumeral(text, &reading) }
      if word.keyCount != 1 || !isEuphonic(text, reading.start, reading.end) {
        var marks = marks
        if reading.isUpper { marks.insert(.capitalised) }
        if reading.isElided { marks.insert(.elided) }
        finishWord(text, reading, marks, &tokens)
      }
    }
    return max(reading.index, first + 1)
  }

  /// How far a word is read.
  struct Reading {
    var start: Int
    var end: Int
    var index: Int
    var isUpper: Bool
    /// Holds a letter or digit, not only joiners.
    var hasText = false
    var afterDigit = false
    /// Katakana is a word apart from the letters beside it.
    var isKatakana = false
    /// An underscore or the like joins whatever follows.
    var afterJoiner = false
    /// Letters since the last full stop: acronyms have one.
    var letters = 0
    /// An elided word stood before.
    var isElided = false

    init(start: Int, isUpper: Bool) {
      self.start = start
      end = start
      index = start
      self.isUpper = isUpper
    }

    @inline(__always)
    mutating func takeLetters(_ count: Int, end: Int) {
      guard count > 0 else { return }
      letters &+= count
      hasText = true
      afterDigit = false
      afterJoiner = false
      index = end
      self.end = end
    }

    mutating func take(_ count: Int) {
      index += count
      end = index
    }
  }

  /// Takes what is no plain letter, if it belongs to the word; false at the word's end.
  private mutating func takeOther(_ text: Span<UInt8>, _ reading: inout Reading) -> Bool {
    let (scalar, count) = Scalars.decode(text, at: reading.index)
    let entry = table[scalar]
    switch entry.characterClass {
    case .letter, .numeric, .hebrewLetter:
      if reading.isKatakana { return false }
      takeUnusual(entry, text, count, &reading)
    case .katakana:
      if reading.hasText, !reading.isKatakana, !reading.afterJoiner { return false }
      takeUnusual(entry, text, count, &reading)
    case .extendNumLet, .extend:
      takeUnusual(entry, text, count, &reading)
    case .vanishing, .format, .zwj: reading.index += count
    case .ideograph:
      if reading.index == reading.start { takeIdeograph(entry, text, count, &reading) }
      return false
    case .apostrophe: return takeApostrophe(text, count, &reading)
    case .midNum, .midNumLet: return takeSeparator(entry, text, count, &reading)
    default: return false
    }
    return true
  }

  private mutating func takeUnusual(
    _ entry: CharacterTable.Entry, _ text: Span<UInt8>, _ count: Int, _ reading: inout Reading
  ) {
    append(entry, text, reading.index, count)
    let kind = entry.characterClass
    if kind == .numeric { word.hasDigit = true }
    if kind != .extend {
      reading.afterDigit = kind == .numeric
      reading.isKatakana = kind == .katakana
      reading.afterJoiner = kind == .extendNumLet
      if kind != .extendNumLet {
        reading.hasText = true
        reading.letters += 1
      }
    }
    reading.take(count)
  }

  /// A letter of a script without spaces is a word of its own, with the marks that follow it.
  private mutating func takeIdeograph(
    _ entry: CharacterTable.Entry, _ text: Span<UInt8>, _ count: Int, _ reading: inout Reading
  ) {
    append(entry, text, reading.index, count)
    reading.hasText = true
    reading.take(count)
    while reading.index < text.count {
      let (scalar, count) = Scalars.decode(text, at: reading.index)
      let entry = table[scalar]
      guard entry.characterClass == .extend else { return }
      append(entry, text, reading.index, count)
      reading.take(count)
    }
  }

  /// An elided word goes, an apostrophe that is part of a word is passed over; any other ends the word.
  private mutating func takeApostrophe(_ text: Span<UInt8>, _ count: Int, _ reading: inout Reading) -> Bool {
    guard let next = entryOfLetter(text, at: reading.index + count) else { return false }
    if elides(before: next) {
      word.clear()
      reading = Reading(start: reading.index + count, isUpper: next.isUpper)
      reading.isElided = true
      return true
    }
    guard isWhole(text, after: reading.index + count) else { return false }
    reading.index += count
    return true
  }

  /// A point or comma between digits, and the points of an acronym.
  private mutating func takeSeparator(
    _ entry: CharacterTable.Entry, _ text: Span<UInt8>, _ count: Int, _ reading: inout Reading
  ) -> Bool {
    let next = afterMarks(text, reading.index + count)
    if reading.afterDigit, isDigit(text, at: next) {
      append(entry, text, reading.index, count)
      reading.index = next - count
    } else if entry.characterClass != .midNumLet || reading.letters != 1
      || !isInitial(text, at: reading.index + count)
    {
      return false
    }
    reading.letters = 0
    reading.index += count
    return true
  }

  /// Interns the word and appends its token.
  @inline(__always)
  private mutating func finishWord(
    _ text: Span<UInt8>, _ reading: Reading, _ marks: TokenBuffer.Marks, _ tokens: inout TokenBuffer
  ) {
    if word.needsNormalising { normaliseWord() }
    guard !word.isEmpty else { return }
    word.finish()
    let form = forms.intern(word)
    tokens.append(form, reading.start, reading.end, marks)
    remember(form, text, reading)
  }

  /// Appends a scalar's form and key to the word.
  @inline(__always)
  private mutating func append(_ entry: CharacterTable.Entry, _ text: Span<UInt8>, _ index: Int, _ count: Int) {
    if entry.isPlain {
      word.appendPacked(entry)
    } else {
      appendUnusual(entry, text, index, count)
    }
  }

  @inline(never)
  private mutating func appendUnusual(_ entry: CharacterTable.Entry, _ text: Span<UInt8>, _ index: Int, _ count: Int) {
    if entry.needsNormalising { word.needsNormalising = true }
    if entry.isLong {
      let (form, key) = table.longTexts(of: entry)
      word.append(form: form, key: key)
    } else if entry.isIdentity {
      let bytes = (index..<index + count).map { text[$0] }
      word.append(form: bytes, key: bytes)
    } else {
      word.appendPacked(entry)
    }
  }

  /// Composes a word with combining marks and takes its key from the result.
  private mutating func normaliseWord() {
    let scalars = Normalizer.shared.composed(String(decoding: word.form, as: UTF8.self).unicodeScalars.map(\.value))
    let hasDigit = word.hasDigit
    word.clear()
    word.hasDigit = hasDigit
    for scalar in scalars {
      let entry = table[scalar]
      if entry.isIdentity {
        var bytes: [UInt8] = []
        Scalars.append(scalar, to: &bytes)
        word.append(form: bytes, key: bytes)
      } else if entry.isLong {
        let (form, key) = table.longTexts(of: entry)
        word.append(form: form, key: key)
      } else {
        word.appendPacked(entry)
      }
    }
  }

  // MARK: Looking ahead

  /// The place after the marks and format characters at `index`, which do not part what stands around them.
  private func afterMarks(_ text: Span<UInt8>, _ index: Int) -> Int {
    var index = index
    while index < text.count {
      let (scalar, count) = Scalars.decode(text, at: index)
      switch table[scalar].characterClass {
      case .extend, .format, .zwj, .vanishing: index += count
      default: return index
      }
    }
    return index
  }

  /// The t of `a-t-il`: between two hyphens, before il, elle, on.
  private func isEuphonic(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard word.keyByte(0) == 0x74, options.preset == .frenchVietnamese else { return false }
    guard start > 0, text[start - 1] == 0x2D, end < text.count, text[end] == 0x2D else { return false }
    return ["il", "ils", "elle", "elles", "on"].contains { pronoun in
      follows(pronoun, text, at: end + 1) && entryOfLetter(text, at: end + 1 + pronoun.utf8.count) == nil
    }
  }

  private func entryOfLetter(_ text: Span<UInt8>, at index: Int) -> CharacterTable.Entry? {
    guard index < text.count else { return nil }
    let entry = table[Scalars.decode(text, at: index).scalar]
    return entry.characterClass == .letter ? entry : nil
  }

  func isDigit(_ text: Span<UInt8>, at index: Int) -> Bool {
    index < text.count && table[Scalars.decode(text, at: index).scalar].characterClass == .numeric
  }

  /// One letter followed by no letter: the next initial of an acronym (`O.N.U.`).
  private func isInitial(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard index < text.count else { return false }
    let (scalar, count) = Scalars.decode(text, at: index)
    guard table[scalar].characterClass == .letter else { return false }
    var end = index + count
    while end < text.count {
      let (scalar, count) = Scalars.decode(text, at: end)
      let next = table[scalar].characterClass
      // The letter may be written with combining marks: decomposed text has the acronyms of composed text.
      guard next == .extend else { return next != .letter && next != .numeric }
      end += count
    }
    return true
  }

  /// Whether the word so far loses its vowel before a word that begins with this letter: a vowel or h.
  private func elides(before next: CharacterTable.Entry) -> Bool {
    guard options.preset == .frenchVietnamese, word.keyCount <= 6 else { return false }
    guard Analyzer.isVowelOrH(UInt8(truncatingIfNeeded: next.key)) else { return false }
    if word.keyCount == 1 { return Analyzer.isElidedLetter(word.keyByte(0)) }
    return FrenchWords.elided.contains(String(decoding: word.key, as: UTF8.self))
  }

  static func isVowelOrH(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79, 0x68: true
    default: false
    }
  }

  static func isElidedLetter(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x63, 0x64, 0x6A, 0x6C, 0x6D, 0x6E, 0x73, 0x74: true
    default: false
    }
  }

  /// Whether the apostrophe is part of the word: aujourd'hui, prud'homme.
  private func isWhole(_ text: Span<UInt8>, after index: Int) -> Bool {
    guard options.preset == .frenchVietnamese, word.keyCount == 7 || word.keyCount == 4 else { return false }
    let before = String(decoding: word.key, as: UTF8.self)
    return FrenchWords.whole.contains { $0.before == before && follows($0.after, text, at: index) }
  }

  func follows(_ expected: String, _ text: Span<UInt8>, at index: Int) -> Bool {
    var index = index
    for byte in expected.utf8 {
      guard index < text.count else { return false }
      let (scalar, count) = Scalars.decode(text, at: index)
      guard UInt8(truncatingIfNeeded: table[scalar].key) == byte else { return false }
      index += count
    }
    return true
  }
}
