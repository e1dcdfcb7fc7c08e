/// Grouped numbers, ordinals, Roman centuries, raised and lowered digits: one key for all spellings of a number.
extension Analyzer {
  /// Whether the word just read may be a number or a Roman ordinal. Called for every word, therefore cheap.
  @inline(__always)
  func isNumeral(_ isCapital: Bool) -> Bool {
    guard options.preset == .frenchVietnamese else { return false }
    return word.hasDigit || word.mayBeRomanOrdinal
  }

  /// Reads the digit groups and the ordinal ending that belong to the number, and replaces the word by its canonical
  /// spelling.
  @inline(never)
  mutating func takeNumeral(_ text: Span<UInt8>, _ reading: inout Reading) {
    if word.hasDigit {
      if reading.start > 0, text[reading.start &- 1] == 0x2B, takeInternational(text, &reading) { return }
      takeGroups(text, &reading)
      takeOrdinalEnding(text, &reading)
      // The common case: neither an ordinal nor points between groups.
      if word.isDigits { return }
      if let number = Numerals.ordinal(word.key) ?? Numerals.withoutGroupPoints(word.key)
        ?? Numerals.withoutIdentifierPoints(word.key)
      {
        replaceWord(number)
      }
    } else if let number = romanOrdinal(text, &reading) {
      replaceWord(Array("\(number)e".utf8))
    }
  }

  /// Reads groups of three digits after a space of any width: 1 234 567,89 is one number.
  private mutating func takeGroups(_ text: Span<UInt8>, _ reading: inout Reading) {
    guard word.keyCount <= 3 || word.keyCount == 4 && word.keyByte(0) == 0x30,
      isAllDigits(text, reading.start..<reading.end)
    else { return }
    if word.keyByte(0) == 0x30, takeTelephone(text, &reading) || takeVietnameseTelephone(text, &reading) { return }
    guard word.keyCount <= 3 else { return }
    while let group = groupStart(text, after: reading.end) {
      takeDigits(text, from: group, count: 3, &reading)
    }
    if word.keyCount > 3, !takeEstablishment(text, &reading) { takeFraction(text, &reading) }
  }

  /// Reads the last five digits of a SIRET number (123 456 789 00012) after its three groups.
  private mutating func takeEstablishment(_ text: Span<UInt8>, _ reading: inout Reading) -> Bool {
    guard word.keyCount == 9, reading.end - reading.start > 9, let start = afterSpace(text, reading.end),
      (start..<start + 5).allSatisfy({ isASCIIDigit(text, $0) }), !isASCIIDigit(text, start + 5),
      entryOfLetter(text, at: start + 5) == nil
    else { return false }
    takeDigits(text, from: start, count: 5, &reading)
    return true
  }

  /// Appends ASCII digits, which belong to the number.
  mutating func takeDigits(_ text: Span<UInt8>, from start: Int, count: Int, _ reading: inout Reading) {
    for index in start..<start + count { word.appendPacked(table[ascii: text[index]]) }
    reading.index = start + count
    reading.end = reading.index
  }

  /// Reads the decimal comma and the decimals after the last group.
  private mutating func takeFraction(_ text: Span<UInt8>, _ reading: inout Reading) {
    guard word.keyCount > 3, reading.end + 1 < text.count, text[reading.end] == 0x2C,
      isASCIIDigit(text, reading.end + 1)
    else { return }
    var index = reading.end
    repeat {
      word.appendPacked(table[ascii: text[index]])
      index += 1
    } while isASCIIDigit(text, index)
    reading.index = index
    reading.end = index
  }

  /// Returns the offset of exactly three digits after one space at `index`; nil if there is no such group.
  private func groupStart(_ text: Span<UInt8>, after index: Int) -> Int? {
    guard let start = afterSpace(text, index), (start..<start + 3).allSatisfy({ isASCIIDigit(text, $0) }),
      !isASCIIDigit(text, start + 3)
    else { return nil }
    // 12 345e, 12 345km: the digits belong to the following letters.
    guard start + 3 < text.count else { return start }
    let next = table[Scalars.decode(text, at: start + 3).scalar].characterClass
    return next == .letter ? nil : start
  }

  /// Returns the offset after the space at `index`, of any width; nil if there is none.
  func afterSpace(_ text: Span<UInt8>, _ index: Int) -> Int? {
    guard index < text.count else { return nil }
    let (scalar, count) = Scalars.decode(text, at: index)
    return scalar == 0x20 || scalar == 0xA0 || scalar == 0x202F || scalar == 0x2009 ? index + count : nil
  }

  /// Whether an e, an i or a letter beyond ASCII is at `index`.
  private func mayStartEnding(_ text: Span<UInt8>, _ index: Int) -> Bool {
    guard index < text.count else { return false }
    let letter = text[index] | 0x20
    return letter == 0x65 || letter == 0x69 || letter >= 0x80
  }

  /// Reads the ending of an ordinal after a space of any width: `13 ème`.
  private mutating func takeOrdinalEnding(_ text: Span<UInt8>, _ reading: inout Reading) {
    guard word.keyCount <= 4, let start = afterSpace(text, reading.end), mayStartEnding(text, start),
      isAllDigits(text, reading.start..<reading.end)
    else { return }
    var index = start
    var ending: [UInt8] = []
    while index < text.count, ending.count <= 4 {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      if entry.isPlainLetter {
        let letter = UInt8(truncatingIfNeeded: entry.key)
        if ending.isEmpty, letter != 0x65, letter != 0x69 { return }
        ending.append(letter)
      } else if ending.isEmpty || entry.characterClass != .extend {
        break
      }
      index += count
    }
    guard ending == Array("eme".utf8) || ending == Array("ieme".utf8) else { return }
    word.append(form: ending, key: ending)
    reading.index = index
    reading.end = index
  }

  // MARK: Raised and lowered digits

  /// Reads a raised or lowered digit, if it belongs to the word: a lowered one after a letter (H₂O), a raised one after
  /// at most two letters (m², 20km²). After more letters it is the mark of a note.
  ///
  /// - Returns: false if the word ends before the digit (10³ are two numbers) or behind it.
  mutating func takeScriptDigit(
    _ scalar: UInt32, of text: Span<UInt8>, count: Int, _ reading: inout Reading
  ) -> Bool {
    if reading.scriptEnd == reading.index {
      // H₂²⁺: the charge is no part of the formula.
      let before = scalarBefore(text, reading.index)?.scalar ?? scalar
      guard Analyzer.isLowered(before) == Analyzer.isLowered(scalar) else { return false }
    } else if reading.hasText {
      guard !reading.afterDigit, Analyzer.isLowered(scalar) || endsInUnit else { return false }
    }
    word.appendPacked(table[scalar])
    word.hasDigit = true
    reading.hasText = true
    reading.afterDigit = true
    reading.letters += 1
    reading.take(count)
    reading.scriptEnd = reading.end
    // 10³km: an exponent is a number of its own.
    return !word.isDigits || entryOfLetter(text, at: reading.index) == nil
  }

  /// Whether a raised or lowered digit at `index` is a number of its own: after a digit, or where the text begins.
  static func startsExponent(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index == 0 || text[index - 1] &- 0x30 < 10
  }

  private static func isLowered(_ scalar: UInt32) -> Bool { scalar >= 0x2080 }

  /// Whether the word ends in one or two letters after its digits, like a unit of length.
  private var endsInUnit: Bool {
    var letters = 0
    while letters < word.keyCount, word.keyByte(word.keyCount - 1 - letters) &- 0x30 >= 10 { letters += 1 }
    return letters <= 2
  }

  // MARK: Digits

  /// Whether the range holds ASCII digits only and lies inside the text.
  func isAllDigits(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.allSatisfy { isASCIIDigit(text, $0) }
  }

  /// Whether an ASCII digit is at `index`; false past the end of the text.
  func isASCIIDigit(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index < text.count && text[index] &- 0x30 < 10
  }

  /// Replaces form and key of the word.
  mutating func replaceWord(_ text: [UInt8]) {
    word.clear()
    word.hasDigit = true
    word.append(form: text, key: text)
  }
}
