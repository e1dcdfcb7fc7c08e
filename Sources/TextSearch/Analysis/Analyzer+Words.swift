/// Finding the words: boundaries, elision, folding, in one pass over the bytes.
extension Analyzer {
  mutating func scan(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    var index = 0
    var joined = false
    var isFirst = true
    while index < text.count {
      let (scalar, count) = Scalars.decode(text, at: index)
      let kind = table[scalar].characterClass
      if kind.startsWord {
        let before = tokens.count
        var marks: TokenBuffer.Marks = isFirst ? .first : []
        if joined { marks.insert(.joined) }
        index = scanWord(text, from: index, marks: marks, into: &tokens)
        if tokens.count > before {
          isFirst = false
          joined = true
        }
        continue
      }
      switch kind {
      case .space, .hyphen, .vanishing, .format, .zwj: break
      case .newline:
        endRun(&tokens)
        isFirst = true
        joined = false
      case .sentenceEnd, .midNumLet:
        joined = false
        if isBlank(text, at: index + count) {
          endRun(&tokens)
          isFirst = true
        }
      default: joined = false
      }
      index += count
    }
  }

  private func endRun(_ tokens: inout TokenBuffer) {
    guard let last = tokens.runs.last, last.first < tokens.count else { return }
    tokens.runs.append(TokenBuffer.Run(first: tokens.count))
  }

  private func isBlank(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard index < text.count else { return true }
    let kind = table[Scalars.decode(text, at: index).scalar].characterClass
    return kind == .space || kind == .newline
  }

  /// Reads the word that begins at `first`; gives the place after it.
  private mutating func scanWord(
    _ text: Span<UInt8>, from first: Int, marks: TokenBuffer.Marks, into tokens: inout TokenBuffer
  ) -> Int {
    word.clear()
    var start = first
    var end = first
    var index = first
    var isUpper = false
    var hasText = false
    var afterDigit = false
    /// Letters since the last full stop: acronyms have one.
    var letters = 0
    reading: while index < text.count {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      switch entry.characterClass {
      case .letter, .numeric, .hebrewLetter, .katakana, .extendNumLet, .extend:
        if index == start { isUpper = entry.isUpper }
        append(entry, text, index, count)
        let kind = entry.characterClass
        afterDigit = kind == .numeric
        if afterDigit { word.hasDigit = true }
        if kind != .extendNumLet, kind != .extend {
          hasText = true
          letters += 1
        }
        index += count
        end = index
      case .vanishing, .format, .zwj:
        index += count
      case .ideograph:
        guard index == start else { break reading }
        append(entry, text, index, count)
        index += count
        end = index
        hasText = true
        index = takeMarks(text, from: index)
        end = index
        break reading
      case .apostrophe:
        guard let next = entryOfLetter(text, at: index + count) else { break reading }
        if elides(before: next) {
          word.clear()
          index += count
          start = index
          letters = 0
        } else if isWhole(text, after: index + count) {
          index += count
        } else {
          break reading
        }
      case .midNum, .midNumLet:
        if afterDigit, isDigit(text, at: index + count) {
          append(entry, text, index, count)
        } else if entry.characterClass != .midNumLet || letters != 1 || !isInitial(text, at: index + count) {
          break reading
        }
        letters = 0
        index += count
      default:
        break reading
      }
    }
    if hasText, !word.isEmpty {
      finishWord(start, end, isUpper ? marks.union(.capitalised) : marks, &tokens)
    }
    return max(index, first + 1)
  }

  /// Interns the word and counts its evidence for the language of its run.
  @inline(__always)
  private mutating func finishWord(_ start: Int, _ end: Int, _ marks: TokenBuffer.Marks, _ tokens: inout TokenBuffer) {
    if word.needsNormalising { normaliseWord() }
    guard !word.isEmpty else { return }
    let id = forms.intern(word)
    tokens.append(form: id, start: start, end: end, marks: marks)
    let entry = forms.entries[Int(id)]
    let last = tokens.runs.count - 1
    var run = tokens.runs[last]
    // Capitalised words inside a sentence are often names of the other language: half the weight.
    let isName = marks.contains(.capitalised) && !marks.contains(.first)
    run.evidence += isName ? Int(entry.evidence) / 2 : Int(entry.evidence)
    if entry.traits.contains(.syllable) {
      run.syllables += 1
      if entry.traits.contains(.marked) { run.isMarked = true }
    }
    tokens.runs[last] = run
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

  /// Takes the marks that follow an ideograph or a letter of a script without spaces.
  private mutating func takeMarks(_ text: Span<UInt8>, from index: Int) -> Int {
    var index = index
    while index < text.count {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      guard entry.characterClass == .extend else { break }
      append(entry, text, index, count)
      index += count
    }
    return index
  }

  // MARK: Looking ahead

  private func entryOfLetter(_ text: Span<UInt8>, at index: Int) -> CharacterTable.Entry? {
    guard index < text.count else { return nil }
    let entry = table[Scalars.decode(text, at: index).scalar]
    return entry.characterClass == .letter ? entry : nil
  }

  private func isDigit(_ text: Span<UInt8>, at index: Int) -> Bool {
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
    guard options.recipe == .frenchVietnamese, word.keyCount <= 6 else { return false }
    switch UInt8(truncatingIfNeeded: next.key) {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79, 0x68: break
    default: return false
    }
    if word.keyCount == 1 { return Analyzer.isElidedLetter(word.keyByte(0)) }
    return FrenchWords.elided.contains(String(decoding: word.key, as: UTF8.self))
  }

  private static func isElidedLetter(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x63, 0x64, 0x6A, 0x6C, 0x6D, 0x6E, 0x73, 0x74: true
    default: false
    }
  }

  /// Whether the apostrophe is part of the word: aujourd'hui, prud'homme.
  private func isWhole(_ text: Span<UInt8>, after index: Int) -> Bool {
    guard options.recipe == .frenchVietnamese, word.keyCount == 7 || word.keyCount == 4 else { return false }
    let before = String(decoding: word.key, as: UTF8.self)
    return FrenchWords.whole.contains { $0.before == before && follows($0.after, text, at: index) }
  }

  private func follows(_ expected: String, _ text: Span<UInt8>, at index: Int) -> Bool {
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

extension GrowableBuffer {
  var last: Element? { isEmpty ? nil : self[count - 1] }
}
