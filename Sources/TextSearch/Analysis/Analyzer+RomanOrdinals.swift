/// Roman ordinals: XIXe is 19e, and beside *siècle* so are xixe and XIXE.
///
/// Vietnamese words look like ordinals in capitals or in small letters (xe, XE), and so do French ones (vie, CIE).
/// These are ordinals only beside a French word that says so, in documents and queries alike.
extension Analyzer {
  /// The words that follow an ordinal.
  private static let countedNouns = [
    "siecle", "siecles", "arrondissement", "arrondissements", "republique", "republiques",
  ].map(packed)
  /// The names of kings, which an ordinal follows.
  private static let kings = [
    "charles", "clotaire", "dagobert", "edouard", "francois", "frederic", "georges", "guillaume", "henri", "jacques",
    "jean", "louis", "napoleon", "philippe",
  ].map(packed)
  /// The words between two ordinals of one noun: *du Xe au XIe siècle*.
  private static let conjunctions = ["et", "ou", "au", "aux", "a", "le", "la", "du", "des", "les"].map(packed)
  /// Maximum number of words from an ordinal to its noun.
  private static let maximumDistance = 8

  /// Returns the number of the word just read, if it is a Roman ordinal.
  ///
  /// Sets `dependsOnNeighbours` of a reading whose neighbours decide.
  func romanOrdinal(_ text: Span<UInt8>, _ reading: inout Reading) -> Int? {
    let key = word.key
    let (capitals, others, total) = countCapitals(text, reading)
    if capitals > 0, others == 0, capitals < total, let number = Numerals.romanOrdinal(key, letters: capitals) {
      guard isWithoutDiacritics(numeral: capitals) else { return nil }
      // XIXe, Vème, Ier.
      if capitals > 1 || key.count > 2 { return number }
      return isConfirmed(text, &reading, byKing: true) ? number : nil
    }
    let isUniform = capitals == total || others == 0 && capitals <= 1
    let letters = Numerals.romanLetters(key)
    guard isUniform, Numerals.isSmall(key.prefix(letters)), let number = Numerals.romanOrdinal(key, letters: letters),
      isWithoutDiacritics(numeral: letters)
    else { return nil }
    // Vie and, in small letters, xe are words.
    let mayFollowKing = (capitals > 0 || key.count > 2) && key != Array("vie".utf8)
    return isConfirmed(text, &reading, byKing: mayFollowKing) ? number : nil
  }

  /// Returns the number of capitals that the word begins with, of those after other letters, and of all letters.
  private func countCapitals(_ text: Span<UInt8>, _ reading: Reading) -> (first: Int, others: Int, total: Int) {
    var (first, others, total) = (0, 0, 0)
    var index = reading.start
    while index < reading.end {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      if entry.characterClass == .letter {
        if entry.isUpper, first == total {
          first += 1
        } else if entry.isUpper {
          others += 1
        }
        total += 1
      }
      index += count
    }
    return (first, others, total)
  }

  /// Whether the letters of the numeral have no diacritics, and neither has an ending of a single e: Về and LIÉ are
  /// words.
  ///
  /// XIXè, a common misspelling, is an ordinal.
  private func isWithoutDiacritics(numeral letters: Int) -> Bool {
    let ending = word.form.dropFirst(letters)
    guard word.form.starts(with: word.key.prefix(letters)), !ending.starts(with: [0xCC]) else { return false }
    if word.keyCount > letters + 1 || ending.elementsEqual("e".utf8) { return true }
    // The word may not be composed yet.
    return letters > 1 && ["è", "e\u{300}"].contains { ending.elementsEqual($0.utf8) }
  }

  /// Whether a word beside the ordinal confirms it: a noun after it or the name of a king before it.
  private func isConfirmed(_ text: Span<UInt8>, _ reading: inout Reading, byKing: Bool) -> Bool {
    reading.dependsOnNeighbours = true
    return isBeforeNoun(text, reading.end) || byKing && isAfterKing(text, reading.start)
  }

  // MARK: Neighbours

  /// Whether a noun follows that is counted by ordinals, possibly after more ordinals.
  private func isBeforeNoun(_ text: Span<UInt8>, _ end: Int) -> Bool {
    var index = end
    var afterOrdinal = true
    for _ in 0..<Analyzer.maximumDistance {
      guard let start = nextLetter(text, index) else { return false }
      let word = packedWord(text, start, &index)
      if afterOrdinal, Analyzer.countedNouns.contains(word) { return true }
      afterOrdinal = Analyzer.isOrdinal(word)
      guard afterOrdinal || Analyzer.conjunctions.contains(word) else { return false }
    }
    return false
  }

  /// Returns the offset of the letter after the spaces, commas, dashes and at most one line end at `index`; nil if
  /// anything else follows.
  private func nextLetter(_ text: Span<UInt8>, _ index: Int) -> Int? {
    var index = index
    var hasLineEnd = false
    while index < text.count {
      let (scalar, count) = Scalars.decode(text, at: index)
      let kind = table[scalar].characterClass
      if kind == .letter { return index }
      switch scalar {
      case 0x0A where !hasLineEnd: hasLineEnd = true
      case 0x0D, 0x2C, 0x2F, 0x2013, 0x28, 0x29: break
      default: guard kind == .space || kind == .hyphen || kind == .vanishing else { return nil }
      }
      index += count
    }
    return nil
  }

  /// Returns the first sixteen folded letters of the word at `start`, packed, and sets `index` to their end.
  private func packedWord(_ text: Span<UInt8>, _ start: Int, _ index: inout Int) -> UInt128 {
    var (word, letters) = (UInt128(0), UInt128(0))
    index = start
    while index < text.count, letters < 16 {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      if entry.characterClass == .letter {
        word |= UInt128(entry.key & 0xFF) << (8 * letters)
        letters += 1
      } else if entry.characterClass != .extend, entry.characterClass != .vanishing {
        break
      }
      index += count
    }
    return word
  }

  /// Whether a packed word is an ordinal of the numerals i, v and x.
  private static func isOrdinal(_ word: UInt128) -> Bool {
    guard Numerals.isSmall(CollectionOfOne(UInt8(truncatingIfNeeded: word))) else { return false }
    let key = (0..<16).map { UInt8(truncatingIfNeeded: word >> (8 * UInt128($0))) }.filter { $0 > 0 }
    return Numerals.romanOrdinal(key, letters: Numerals.romanLetters(key)) != nil
  }

  /// Returns ASCII letters as one number, the first in the low byte.
  private static func packed(_ word: String) -> UInt128 { word.utf8.reversed().reduce(0) { $0 << 8 | UInt128($1) } }

  /// Whether the name of a king and a space precede the ordinal at `start`.
  private func isAfterKing(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard let space = scalarBefore(text, start), table[space.scalar].characterClass == .space else { return false }
    var index = space.start
    var name = UInt128(0)
    while name >> 120 == 0, let before = scalarBefore(text, index) {
      let entry = table[before.scalar]
      if entry.characterClass == .letter {
        name = name << 8 | UInt128(entry.key & 0xFF)
      } else if entry.characterClass != .extend {
        break
      }
      index = before.start
    }
    return Analyzer.kings.contains(name)
  }
}
