/// Telephone numbers of France and Viet Nam: one number, however it is grouped, with or without the code of the country.
extension Analyzer {
  /// Reads the pairs of digits of a French telephone number after its first pair, which begins with 0: 01 23 45 67 89.
  ///
  /// One sign separates all pairs: a space of any width or a hyphen. More pairs than five are a list.
  mutating func takeTelephone(_ text: Span<UInt8>, _ reading: inout Reading) -> Bool {
    guard word.keyCount == 2, word.keyByte(1) != 0x30, reading.end < text.count else { return false }
    let (sign, count) = Scalars.decode(text, at: reading.end)
    guard sign == 0x2D || afterSpace(text, reading.end) != nil else { return false }
    var pairs: [Int] = []
    var end = reading.end
    while pairs.count < 5, end < text.count, Scalars.decode(text, at: end).scalar == sign,
      isASCIIDigit(text, end + count),
      isASCIIDigit(text, end + count + 1), !isASCIIDigit(text, end + count + 2)
    {
      pairs.append(end + count)
      end += count + 2
    }
    guard pairs.count == 4, entryOfLetter(text, at: end) == nil, !followsDigit(text, reading.start, sign) else {
      return false
    }
    for pair in pairs { takeDigits(text, from: pair, count: 2, &reading) }
    return true
  }

  /// Reads the groups of a Vietnamese telephone number after its first group: 0912 345 678, (028) 3822 1234.
  ///
  /// One sign separates all groups: a space of any width or a hyphen.
  mutating func takeVietnameseTelephone(_ text: Span<UInt8>, _ reading: inout Reading) -> Bool {
    guard word.keyCount >= 3, reading.end < text.count else { return false }
    let hasParentheses = text[reading.end] == 0x29 && reading.start > 0 && text[reading.start - 1] == 0x28
    let groups = digitGroups(text, after: hasParentheses ? reading.end + 1 : reading.end)
    guard let last = groups.last, Numerals.isVietnameseTelephone(word.key, [word.keyCount] + groups.map(\.count)),
      entryOfLetter(text, at: last.upperBound) == nil
    else { return false }
    let (sign, _) = Scalars.decode(text, at: groups[0].lowerBound - 1)
    guard !followsDigit(text, reading.start, sign) else { return false }
    for group in groups { takeDigits(text, from: group.lowerBound, count: group.count, &reading) }
    return true
  }

  /// Reads a number after a + and the code of France or Viet Nam: it is the number with 0 for the code.
  mutating func takeInternational(_ text: Span<UInt8>, _ reading: inout Reading) -> Bool {
    guard word.key.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2E })
    else { return false }
    var digits = word.key.filter { $0 != 0x2E }
    var end = reading.end
    if digits.count == 2 {
      let start = afterTrunkZero(text, end)
      var groups = digitGroups(text, after: start ?? end)
      if let start, isASCIIDigit(text, start) {
        let first = start..<(start..<text.count).prefix { isASCIIDigit(text, $0) }.endIndex
        groups = [first] + digitGroups(text, after: first.upperBound)
      }
      for group in groups { digits += group.map { text[$0] } }
      end = groups.last?.upperBound ?? end
    }
    guard let number = Numerals.nationalTelephone(digits), entryOfLetter(text, at: end) == nil else { return false }
    replaceWord(number)
    reading.index = end
    reading.end = end
    return true
  }

  /// Returns the offset after the zero that is not dialled after the code of a country, +33 (0)1; nil if there is none.
  private func afterTrunkZero(_ text: Span<UInt8>, _ end: Int) -> Int? {
    let start = afterSpace(text, end) ?? end
    guard start + 2 < text.count, text[start] == 0x28, text[start + 1] == 0x30, text[start + 2] == 0x29 else {
      return nil
    }
    return afterSpace(text, start + 3) ?? start + 3
  }

  /// Returns the ranges of the groups of one to five digits that follow, each after one sign: a space of any width or a
  /// hyphen.
  private func digitGroups(_ text: Span<UInt8>, after end: Int) -> [Range<Int>] {
    guard end < text.count else { return [] }
    let (sign, count) = Scalars.decode(text, at: end)
    guard sign == 0x2D || afterSpace(text, end) != nil else { return [] }
    var groups: [Range<Int>] = []
    var end = end
    while groups.count < 6, end < text.count, Scalars.decode(text, at: end).scalar == sign {
      var last = end + count
      while last - end - count < 6, isASCIIDigit(text, last) { last += 1 }
      guard last > end + count else { break }
      groups.append(end + count..<last)
      end = last
    }
    return groups
  }

  /// Whether a digit and a sign precede the word at `start`.
  private func followsDigit(_ text: Span<UInt8>, _ start: Int, _ sign: UInt32) -> Bool {
    guard let before = scalarBefore(text, start), before.scalar == sign, before.start > 0 else { return false }
    return isASCIIDigit(text, before.start - 1)
  }
}
