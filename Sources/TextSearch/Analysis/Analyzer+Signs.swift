/// Signs that are words: emoji, currency signs, §, and the + and # of C++ and C#.
extension Analyzer {
  /// Appends the sign at `first`, which belongs to the word before it in its sentence, else to the next one.
  ///
  /// Two regional indicators are one flag. Variation selectors, skin tones and joiners after a sign are no part of it, so
  /// a sequence of joined emoji is its parts.
  ///
  /// - Parameters:
  ///   - first: the range of the sign's first scalar.
  ///   - isFirst: whether no word precedes it in its sentence.
  /// - Returns: the offset after the sign.
  @inline(never)
  mutating func takeSign(
    _ text: Span<UInt8>, _ first: Range<Int>, isFirst: Bool, into tokens: inout TokenBuffer
  ) -> Int {
    word.clear()
    let entry = table[Scalars.decode(text, at: first.lowerBound).scalar]
    var end = first.upperBound
    appendSign(entry, text, first)
    if entry.characterClass == .regionalIndicator, end < text.count {
      let (scalar, width) = Scalars.decode(text, at: end)
      if table[scalar].characterClass == .regionalIndicator {
        appendSign(table[scalar], text, end..<end + width)
        end += width
      }
    }
    word.finish()
    tokens.appendSign(forms.intern(word), from: first.lowerBound, to: end, isFirst: isFirst)
    return afterCombiningMarks(text, end)
  }

  private mutating func appendSign(_ entry: CharacterTable.Entry, _ text: Span<UInt8>, _ range: Range<Int>) {
    if entry.isPlain {
      word.appendPacked(entry)
    } else {
      let bytes = range.map { text[$0] }
      word.append(form: bytes, key: bytes)
    }
  }

  /// Reads the `++` or `#` behind a single letter, which end the word: C++, C#, F#.
  mutating func takeSuffix(_ scalar: UInt32, of text: Span<UInt8>, count: Int, _ reading: inout Reading) {
    guard options.preset == .frenchVietnamese, reading.letters == 1, word.keyCount == 1, word.isLatin, !word.hasDigit
    else { return }
    let next = reading.index + count
    if table[scalar].key == 0x23 {
      guard entryOfLetter(text, at: next) == nil else { return }
    } else {
      guard next < text.count else { return }
      let (second, width) = Scalars.decode(text, at: next)
      guard table[second].characterClass == .suffix, table[second].key == 0x2B else { return }
      word.appendPacked(table[second])
      reading.take(width)
    }
    word.appendPacked(table[scalar])
    reading.take(count)
  }
}
