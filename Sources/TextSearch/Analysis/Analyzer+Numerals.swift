/// Numbers in groups, ordinals, Roman centuries: one key for all writings.
extension Analyzer {
  /// Whether the word just read may be a number or a Roman ordinal: asked for every word, so kept cheap.
  @inline(__always)
  func isNumeral(_ isCapital: Bool) -> Bool {
    guard options.preset == .frenchVietnamese else { return false }
    return word.hasDigit || word.mayBeRomanOrdinal
  }

  /// Takes the groups and endings that belong to a number, and gives the word its one writing.
  @inline(never)
  mutating func takeNumeral(_ text: Span<UInt8>, _ reading: inout Reading) {
    if word.hasDigit {
      takeGroups(text, &reading)
      takeOrdinalEnding(text, &reading)
      // Most numbers: no ordinal, no points.
      if word.isDigits { return }
      if let number = Numerals.ordinal(word.key) ?? Numerals.withoutGroupPoints(word.key) { replaceWord(number) }
    } else if let number = Numerals.romanOrdinal(word.key, isCapital: isCapital(text, reading)), hasBareNumeral {
      replaceWord(number)
    }
  }

  /// Groups of three digits after a space of any width: 1 234 567,89 is one number.
  private mutating func takeGroups(_ text: Span<UInt8>, _ reading: inout Reading) {
    guard word.keyCount <= 3, isAllDigits(text, reading.start..<reading.end) else { return }
    while let group = groupStart(text, after: reading.end) {
      for index in group..<group + 3 { word.appendPacked(table[ascii: text[index]]) }
      reading.index = group + 3
      reading.end = group + 3
    }
    takeFraction(text, &reading)
  }

  /// The decimals after the last group.
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

  /// Where three digits, and no fourth, begin after one space.
  private func groupStart(_ text: Span<UInt8>, after index: Int) -> Int? {
    guard index < text.count else { return nil }
    let (scalar, count) = Scalars.decode(text, at: index)
    guard scalar == 0x20 || scalar == 0xA0 || scalar == 0x202F || scalar == 0x2009 else { return nil }
    let start = index + count
    guard (start..<start + 3).allSatisfy({ isASCIIDigit(text, $0) }), !isASCIIDigit(text, start + 3) else { return nil }
    // 12 345e, 12 345km: the digits belong to what follows.
    guard start + 3 < text.count else { return start }
    let next = table[Scalars.decode(text, at: start + 3).scalar].characterClass
    return next == .letter || next == .extendNumLet ? nil : start
  }

  /// `13 ème`: the ending of an ordinal that was written apart.
  private mutating func takeOrdinalEnding(_ text: Span<UInt8>, _ reading: inout Reading) {
    guard reading.end + 1 < text.count, text[reading.end] == 0x20, word.keyCount <= 4,
      isAllDigits(text, reading.start..<reading.end)
    else { return }
    var index = reading.end + 1
    var ending: [UInt8] = []
    while index < text.count, ending.count <= 4 {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      guard entry.isPlainLetter else { break }
      let letter = UInt8(truncatingIfNeeded: entry.key)
      if ending.isEmpty, letter != 0x65, letter != 0x69 { return }
      ending.append(letter)
      index += count
    }
    guard ending == Array("eme".utf8) || ending == Array("ieme".utf8) else { return }
    word.append(form: ending, key: ending)
    reading.index = index
    reading.end = index
  }

  /// Whether the letters of the numeral carry no marks, nor an e that is the whole ending: Về and LIÉ are words.
  ///
  /// XIXè, a common slip, is an ordinal.
  private var hasBareNumeral: Bool {
    let numeral = word.key.prefix { "ivxlcdm".utf8.contains($0) }
    let ending = word.form.dropFirst(numeral.count)
    guard word.form.starts(with: numeral), !ending.starts(with: [0xCC]) else { return false }
    if word.keyCount > numeral.count + 1 || ending.elementsEqual("e".utf8) { return true }
    // The word may still be decomposed.
    return numeral.count > 1 && ["è", "e\u{300}"].contains { ending.elementsEqual($0.utf8) }
  }

  /// Whether the numeral of a Roman ordinal is written in capitals (its ending never is).
  private func isCapital(_ text: Span<UInt8>, _ reading: Reading) -> Bool {
    let letters = word.key.prefix { "ivxlcdm".utf8.contains($0) }.count
    for index in reading.start..<min(reading.start + letters, text.count) where text[index] &- 0x41 >= 26 {
      return false
    }
    return true
  }

  private func isAllDigits(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.allSatisfy { isASCIIDigit(text, $0) }
  }

  private func isASCIIDigit(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index < text.count && text[index] &- 0x30 < 10
  }

  private mutating func replaceWord(_ text: [UInt8]) {
    word.clear()
    word.hasDigit = true
    word.append(form: text, key: text)
  }
}
