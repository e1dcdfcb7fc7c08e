/// The general path of the analyzer: word boundaries, elision and folding, in one pass over the bytes.
extension Analyzer {
  /// Appends the words of `text` and, for the preset `frenchVietnamese`, its sentences.
  ///
  /// - Parameter usesFastPath: whether known words are found without decoding (`Analyzer+KnownWords`).
  mutating func scan(_ text: Span<UInt8>, into tokens: inout TokenBuffer, usesFastPath: Bool = true) {
    // The helpers of the loop are static, because a method of a borrowed self would copy the analyzer at each call.
    let table = self.table
    let usesFastPath = usesFastPath && text.count >= SurfaceForm.window
    var index = 0
    var sentenceStart = 0
    // Only the decision on languages needs sentences; the preset that folds has no signs either.
    let hasSentences = options.preset == .frenchVietnamese
    var nextFlags: TokenBuffer.Flags = .first
    while index < text.count {
      let byte = text[index]
      if byte == 0x20 {
        index &+= 1
        continue
      }
      // ASCII letters and all bytes of other scalars are above @.
      if usesFastPath, byte > 0x40 {
        let end = appendKnownWords(text, from: index, &nextFlags, into: &tokens)
        if end > index {
          index = end
          continue
        }
      }
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      let kind = entry.characterClass
      if kind.startsWord || kind == .scriptDigit && Analyzer.startsExponent(text, index) {
        let before = tokens.count
        index = scanWord(text, from: index, entry, flags: nextFlags, into: &tokens)
        if tokens.count > before { nextFlags = .joined }
        continue
      }
      index &+= count
      if kind.joinsWords { continue }
      if hasSentences, kind.isSign {
        index = takeSign(text, index &- count..<index, isFirst: nextFlags.contains(.first), into: &tokens)
      }
      if Analyzer.endsSentence(kind, text, before: index, table) {
        if hasSentences { tokens.endSentence(from: sentenceStart) }
        sentenceStart = tokens.count
        nextFlags = .first
      } else {
        nextFlags.remove(.joined)
      }
    }
    if hasSentences { tokens.endSentence(from: sentenceStart) }
    tokens.endSigns()
  }

  /// Whether a scalar ends the sentence: a newline, or a full stop and its like before a space.
  @inline(__always)
  private static func endsSentence(
    _ kind: CharacterClass, _ text: Span<UInt8>, before index: Int, _ table: CharacterTable
  ) -> Bool {
    switch kind {
    case .newline: true
    case .sentenceEnd, .midNumLet: isBlank(text, at: index, table)
    default: false
    }
  }

  /// Whether a space, a newline or the end of the text is at `index`.
  private static func isBlank(_ text: Span<UInt8>, at index: Int, _ table: CharacterTable) -> Bool {
    guard index < text.count else { return true }
    let kind = table[Scalars.decode(text, at: index).scalar].characterClass
    return kind == .space || kind == .newline
  }

  /// Reads the word at `first` and appends its token.
  ///
  /// - Parameter entry: the entry of the word's first scalar.
  /// - Parameter flags: the flags of the word that depend on the text before it.
  /// - Returns: the offset after the word.
  @inline(__always)
  private mutating func scanWord(
    _ text: Span<UInt8>, from first: Int, _ entry: CharacterTable.Entry, flags: TokenBuffer.Flags,
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
        var flags = flags
        if reading.isUpper { flags.insert(.capitalised) }
        if reading.isElided { flags.insert(.elided) }
        finishWord(text, reading, flags, into: &tokens)
      }
    }
    return max(reading.index, first + 1)
  }

  /// The state of reading one word.
  struct Reading {
    /// Offset of the word's first byte.
    var start: Int
    /// Offset after the last byte that belongs to the word.
    var end: Int
    /// Offset of the next byte to read.
    var index: Int
    /// Whether the first letter is upper-case.
    var isUpper: Bool
    /// Whether the word has a letter or digit.
    var hasText = false
    /// Whether the last scalar is a digit.
    var afterDigit = false
    /// Whether the last scalar is Katakana, which is not joined with other letters.
    var isKatakana = false
    /// Number of letters since the last full stop: acronyms have one.
    var letters = 0
    /// Whether an elided word precedes.
    var isElided = false
    /// Offset after the last raised or lowered digit.
    var scriptEnd = -1
    /// Whether the words around this one decide on its form.
    var dependsOnNeighbours = false

    init(start: Int, isUpper: Bool) {
      self.start = start
      end = start
      index = start
      self.isUpper = isUpper
    }

    /// Advances past plain letters to the offset `end`.
    @inline(__always)
    mutating func takeLetters(_ count: Int, end: Int) {
      guard count > 0 else { return }
      letters &+= count
      hasText = true
      afterDigit = false
      index = end
      self.end = end
    }

    /// Advances past `count` bytes that belong to the word.
    mutating func take(_ count: Int) {
      index += count
      end = index
    }
  }

  /// Reads a scalar that is not a plain letter, if it belongs to the word.
  ///
  /// - Returns: false at the end of the word.
  private mutating func takeOther(_ text: Span<UInt8>, _ reading: inout Reading) -> Bool {
    let (scalar, count) = Scalars.decode(text, at: reading.index)
    let entry = table[scalar]
    switch entry.characterClass {
    case .letter, .numeric, .hebrewLetter:
      if reading.isKatakana { return false }
      takeUnusual(entry, of: text, count: count, &reading)
    case .katakana:
      if reading.hasText, !reading.isKatakana { return false }
      takeUnusual(entry, of: text, count: count, &reading)
    case .extend:
      takeUnusual(entry, of: text, count: count, &reading)
    case .hyphen: return takeCut(scalar, of: text, count: count, &reading)
    case .vanishing, .format, .zwj:
      if scalar != 0xAD || !takeCut(scalar, of: text, count: count, &reading) { reading.index += count }
    case .ideograph:
      if reading.index == reading.start { takeIdeograph(entry, of: text, count: count, &reading) }
      return false
    case .scriptDigit: return takeScriptDigit(scalar, of: text, count: count, &reading)
    case .apostrophe: return takeApostrophe(text, count, &reading)
    case .suffix:
      takeSuffix(scalar, of: text, count: count, &reading)
      return false
    case .midNum, .midNumLet: return takeSeparator(entry, of: text, count: count, &reading)
    default: return false
    }
    return true
  }

  /// Appends the scalar of `count` bytes at `reading.index` and records its class.
  private mutating func takeUnusual(
    _ entry: CharacterTable.Entry, of text: Span<UInt8>, count: Int, _ reading: inout Reading
  ) {
    append(entry, of: text, at: reading.index, count: count)
    let kind = entry.characterClass
    if kind == .numeric { word.hasDigit = true }
    if kind != .extend {
      reading.afterDigit = kind == .numeric
      reading.isKatakana = kind == .katakana
      reading.hasText = true
      reading.letters += 1
    }
    reading.take(count)
  }

  /// Reads a letter of a script without spaces, which is a word of its own, and the combining marks that follow it.
  private mutating func takeIdeograph(
    _ entry: CharacterTable.Entry, of text: Span<UInt8>, count: Int, _ reading: inout Reading
  ) {
    append(entry, of: text, at: reading.index, count: count)
    reading.hasText = true
    reading.take(count)
    while reading.index < text.count {
      let (scalar, count) = Scalars.decode(text, at: reading.index)
      let entry = table[scalar]
      guard entry.characterClass == .extend else { return }
      append(entry, of: text, at: reading.index, count: count)
      reading.take(count)
    }
  }

  /// Reads a point or comma between digits, or a point of an acronym.
  ///
  /// - Returns: false if the scalar ends the word.
  private mutating func takeSeparator(
    _ entry: CharacterTable.Entry, of text: Span<UInt8>, count: Int, _ reading: inout Reading
  ) -> Bool {
    let next = afterCombiningMarks(text, reading.index + count)
    if reading.afterDigit, isDigit(text, at: next) {
      append(entry, of: text, at: reading.index, count: count)
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

  /// Interns the word, appends its token and caches its surface form.
  @inline(__always)
  private mutating func finishWord(
    _ text: Span<UInt8>, _ reading: Reading, _ flags: TokenBuffer.Flags, into tokens: inout TokenBuffer
  ) {
    if word.needsNormalising { normaliseWord() }
    guard !word.isEmpty else { return }
    word.finish()
    let form = forms.intern(word)
    let isCamelCase = CamelCase.mayBeSplit(text, reading) && CamelCase.isSplit(text, reading, table)
    tokens.append(form, from: reading.start, to: reading.end, flags, isCamelCase: isCamelCase)
    cache(form, text, reading, isCamelCase: isCamelCase)
  }

  /// Appends form and key of the scalar of `count` bytes at `index`.
  @inline(__always)
  private mutating func append(_ entry: CharacterTable.Entry, of text: Span<UInt8>, at index: Int, count: Int) {
    if entry.isPlain {
      word.appendPacked(entry)
    } else {
      appendUnusual(entry, of: text, at: index, count: count)
    }
  }

  /// Appends form and key of a scalar whose entry is not plain.
  @inline(never)
  private mutating func appendUnusual(_ entry: CharacterTable.Entry, of text: Span<UInt8>, at index: Int, count: Int) {
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

  /// Composes a word with combining marks and derives its key from the result.
  mutating func normaliseWord() {
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

  // MARK: Lookahead

  /// Returns the offset after the combining marks and format characters at `index`, which do not separate the scalars
  /// around them.
  func afterCombiningMarks(_ text: Span<UInt8>, _ index: Int) -> Int {
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

  /// Whether the word is the t of `a-t-il`: between two hyphens and before il, elle or on.
  private func isEuphonic(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard word.keyByte(0) == 0x74, options.preset == .frenchVietnamese else { return false }
    guard start > 0, text[start - 1] == 0x2D, end < text.count, text[end] == 0x2D else { return false }
    let next = Analyzer.nextLine(text, after: end + 1) ?? end + 1
    return ["il", "ils", "elle", "elles", "on"].contains { pronoun in
      follows(pronoun, text, at: next) && entryOfLetter(text, at: next + pronoun.utf8.count) == nil
    }
  }

  /// Returns the entry of the scalar at `index`; nil if it is not a letter.
  func entryOfLetter(_ text: Span<UInt8>, at index: Int) -> CharacterTable.Entry? {
    guard index < text.count else { return nil }
    let entry = table[Scalars.decode(text, at: index).scalar]
    return entry.characterClass == .letter ? entry : nil
  }

  /// Whether a digit is at `index`; false past the end of the text.
  func isDigit(_ text: Span<UInt8>, at index: Int) -> Bool {
    index < text.count && table[Scalars.decode(text, at: index).scalar].characterClass == .numeric
  }

  /// Whether one letter, followed by neither letter nor digit, is at `index`: the next initial of an acronym
  /// (`O.N.U.`).
  private func isInitial(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard index < text.count else { return false }
    let (scalar, count) = Scalars.decode(text, at: index)
    guard table[scalar].characterClass == .letter else { return false }
    var end = index + count
    while end < text.count {
      let (scalar, count) = Scalars.decode(text, at: end)
      let next = table[scalar].characterClass
      // Combining marks belong to the letter, so that decomposed text has the same acronyms as composed text.
      guard next == .extend else { return next != .letter && next != .numeric }
      end += count
    }
    return true
  }
}
