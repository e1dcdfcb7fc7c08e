/// Words that are cut at the end of a line, as in texts from PDF files and scans: `commis-` and `sion`.
extension Analyzer {
  /// Reads a hyphen, soft hyphen or ¬ of `count` bytes and the line end after it, if the word goes on in the next line.
  ///
  /// The next line then begins with a small Latin letter. After a soft hyphen or ¬ the word always goes on; after a
  /// hyphen it may be a compound (`porte-parole`) instead.
  ///
  /// - Returns: false if the word ends before the hyphen.
  mutating func takeCut(_ scalar: UInt32, of text: Span<UInt8>, count: Int, _ reading: inout Reading) -> Bool {
    guard options.preset == .frenchVietnamese, reading.letters > 0, !word.hasDigit, word.isLatin,
      let start = Analyzer.nextLine(text, after: reading.index + count),
      let next = entryOfLetter(text, at: start), !next.isUpper, UInt8(truncatingIfNeeded: next.key) &- 0x61 < 26
    else { return false }
    switch scalar {
    case 0xAC, 0xAD: break
    case 0x2D, 0x2010: guard goesOn(text, reading, at: start) else { return false }
    default: return false
    }
    reading.index = start
    return true
  }

  /// Whether the word so far and the letters at `start`, which a hyphen and a line end separate, are one word.
  private mutating func goesOn(_ text: Span<UInt8>, _ reading: Reading, at start: Int) -> Bool {
    if word.needsNormalising { normaliseWord() }
    // Vietnamese syllables are not cut.
    guard !word.hasVietnameseDiacritics, let (end, next) = keyOfEnd(text, at: start), end.count > 1 else {
      return false
    }
    let (before, after) = (String(decoding: word.key, as: UTF8.self), String(decoding: end, as: UTF8.self))
    if Compounds.lineClitics.contains(after), before + after != "celui" { return false }
    if Compounds.beginnings.contains(before) { return false }
    if Compounds.links.contains(after), next < text.count, text[next] == 0x2D { return false }
    return !(Compounds.links.contains(before) && reading.start > 0 && text[reading.start - 1] == 0x2D)
  }

  /// Returns the folded letters at `start` and the offset after them; nil if one of them is used in Vietnamese only.
  private func keyOfEnd(_ text: Span<UInt8>, at start: Int) -> (key: [UInt8], end: Int)? {
    var scalars: [UInt32] = []
    var index = start
    letters: while index < text.count, scalars.count < WordBuffer.limit {
      let (scalar, count) = Scalars.decode(text, at: index)
      switch table[scalar].characterClass {
      case .letter, .extend: scalars.append(scalar)
      case .vanishing: break
      default: break letters
      }
      index += count
    }
    var key: [UInt8] = []
    for scalar in Normalizer.shared.composed(scalars) {
      let entry = table[scalar]
      if entry.bits & CharacterTable.Flag.vietnamese != 0 { return nil }
      key.append(UInt8(truncatingIfNeeded: entry.key))
    }
    return (key, index)
  }

  /// Returns the offset after the line end at `index` and the blanks around it; nil if there is none, or more than one.
  static func nextLine(_ text: Span<UInt8>, after index: Int) -> Int? {
    var index = afterBlanks(text, index)
    if index < text.count, text[index] == 0x0D { index += 1 }
    guard index < text.count, text[index] == 0x0A else { return nil }
    index = afterBlanks(text, index + 1)
    return index < text.count && text[index] != 0x0A && text[index] != 0x0D ? index : nil
  }

  /// Returns the offset after the spaces, tabs and no-break spaces at `index`.
  private static func afterBlanks(_ text: Span<UInt8>, _ index: Int) -> Int {
    var index = index
    while index < text.count {
      if text[index] == 0x20 || text[index] == 0x09 {
        index += 1
      } else if text[index] == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0 {
        index += 2
      } else {
        break
      }
    }
    return index
  }
}
