/// Apostrophes: elided words before them are dropped, and two words contain one.
extension Analyzer {
  /// Reads an apostrophe: drops an elided word before it, or skips an apostrophe that is part of the word.
  ///
  /// Invisible characters and one space may follow it (`l' hôpital`), but not after a quoted letter ('d' est).
  ///
  /// - Returns: false if the apostrophe ends the word.
  mutating func takeApostrophe(_ text: Span<UInt8>, _ count: Int, _ reading: inout Reading) -> Bool {
    let (start, hasSpace) = afterApostrophe(text, reading.index + count)
    guard let next = entryOfLetter(text, at: start) else { return false }
    let (mayElide, isPart) = (elides(before: next), isPartOfWord(text, after: start))
    guard mayElide || isPart, !(hasSpace && isQuoted(text, reading.start)) else { return false }
    if mayElide {
      word.clear()
      reading = Reading(start: start, isUpper: next.isUpper)
      reading.isElided = true
    } else {
      reading.index = start
    }
    return true
  }

  /// Returns the offset after the invisible characters and at most one space at `index`, and whether there is a space.
  private func afterApostrophe(_ text: Span<UInt8>, _ index: Int) -> (index: Int, hasSpace: Bool) {
    var index = index
    var hasSpace = false
    while index < text.count {
      let (scalar, count) = Scalars.decode(text, at: index)
      switch table[scalar].characterClass {
      case .vanishing, .format, .zwj: break
      case .space where !hasSpace: hasSpace = true
      default: return (index, hasSpace)
      }
      index += count
    }
    return (index, hasSpace)
  }

  /// Whether an apostrophe precedes the word at `start`.
  private func isQuoted(_ text: Span<UInt8>, _ start: Int) -> Bool {
    scalarBefore(text, start).map { table[$0.scalar].characterClass == .apostrophe } ?? false
  }

  /// Returns the scalar that ends at `end` and its offset; nil at the start of the text or after a malformed sequence.
  func scalarBefore(_ text: Span<UInt8>, _ end: Int) -> (scalar: UInt32, start: Int)? {
    var start = end - 1
    while start > 0, end - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    guard start >= 0 else { return nil }
    let (scalar, count) = Scalars.decode(text, at: start)
    return start + count == end ? (scalar, start) : nil
  }

  /// Whether the word so far is an elided one before a word that begins with this letter, which must be a vowel or h.
  private func elides(before next: CharacterTable.Entry) -> Bool {
    guard options.preset == .frenchVietnamese, word.keyCount <= 6 else { return false }
    guard Analyzer.isVowelOrH(UInt8(truncatingIfNeeded: next.key)) else { return false }
    if word.keyCount == 1 { return Analyzer.isElidedLetter(word.keyByte(0)) }
    return FrenchWords.elided.contains(String(decoding: word.key, as: UTF8.self))
  }

  /// Whether a folded letter is a vowel or h.
  static func isVowelOrH(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79, 0x68: true
    default: false
    }
  }

  /// Whether a folded letter is an elided word by itself.
  static func isElidedLetter(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x63, 0x64, 0x6A, 0x6C, 0x6D, 0x6E, 0x73, 0x74: true
    default: false
    }
  }

  /// Whether the apostrophe is part of the word: aujourd'hui, prud'homme.
  private func isPartOfWord(_ text: Span<UInt8>, after index: Int) -> Bool {
    guard options.preset == .frenchVietnamese, word.keyCount == 7 || word.keyCount == 4 else { return false }
    let before = String(decoding: word.key, as: UTF8.self)
    return FrenchWords.withApostrophe.contains { $0.before == before && follows($0.after, text, at: index) }
  }

  /// Whether the folded text at `index` starts with ASCII letters.
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
