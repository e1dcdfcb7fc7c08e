/// A word of one to sixteen bytes of form, read into registers: plain letters only.
///
/// It has no key: a form that is known brings its own, and a new one is read again by the general way.
struct ShortWord: BitwiseCopyable {
  /// Bytes 0 to 7 and 8 to 15 of the form, low ones first, zeroes behind the end.
  private(set) var head: UInt64 = 0
  private(set) var tail: UInt64 = 0
  private(set) var count = 0

  /// Bytes that reading looks at, at most, from the place where a letter begins.
  static let lookAhead = 12

  @inline(__always)
  init(_ letters: UInt64, count: Int) {
    head = letters
    self.count = count
  }

  /// Appends up to eight bytes; false if they do not fit.
  @inline(__always)
  mutating func append(_ bytes: UInt64, count added: Int) -> Bool {
    let end = count &+ added
    guard end <= 16 else { return false }
    let shift = UInt64(truncatingIfNeeded: 8 &* count)
    if count < 8 {
      head |= bytes &<< shift
      // In two steps: a shift by 64 would be one by nothing.
      tail = (bytes &>> 1) &>> (63 &- shift)
    } else {
      tail |= bytes &<< (shift &- 64)
    }
    count = end
    return true
  }

  @inline(__always) var first: UInt8 { UInt8(truncatingIfNeeded: head) }
  @inline(__always) var second: UInt8 { UInt8(truncatingIfNeeded: head &>> 8) }

  /// Whether the word could be a Roman ordinal, in capitals or in small letters; some that are none are let through.
  ///
  /// Only i, v and x stand alone before the ending, and in small letters there are at least two of them
  /// (`Numerals.romanOrdinal`).
  @inline(__always)
  func mayBeRomanOrdinal(_ isUpper: Bool) -> Bool {
    guard isUpper ? Self.isRoman(first) : Self.isSmallRoman(first) && Self.isSmallRoman(second) else { return false }
    guard Self.isRoman(second) || Self.isSmallRoman(first) else { return false }
    let last =
      count <= 8
      ? head &>> UInt64(truncatingIfNeeded: 8 &* count &- 8)
      : tail &>> UInt64(truncatingIfNeeded: 8 &* count &- 72)
    return last == 0x65 || last == 0x72
  }

  /// c d i l m v x, as bits from a.
  @inline(__always)
  private static func isRoman(_ byte: UInt8) -> Bool { isOne(of: 0xA0_190C, byte) }

  /// i v x.
  @inline(__always)
  private static func isSmallRoman(_ byte: UInt8) -> Bool { isOne(of: 0xA0_0100, byte) }

  @inline(__always)
  private static func isOne(of letters: UInt32, _ byte: UInt8) -> Bool {
    let letter = byte &- 0x61
    return letter < 26 && letters &>> UInt32(letter) & 1 != 0
  }
}

/// The common words, without the word buffer: short, of plain letters, and seen before.
extension Analyzer {
  /// Takes the word at `start` and gives the place after it; nil if the general way must read it.
  @inline(__always)
  mutating func takeShortWord(
    _ text: Span<UInt8>, from start: Int, _ surroundings: TokenBuffer.Marks, _ tokens: inout TokenBuffer
  ) -> Int? {
    let table = self.table
    let isFrench = options.recipe == .frenchVietnamese
    var start = start
    var surroundings = surroundings
    while true {
      guard let (word, end, next, width) = Analyzer.readShortWord(text, from: start, table) else { return nil }
      // Safe because: the word was read, so `start` is inside the text.
      let isUpper = Analyzer.isUpper(unsafe text[unchecked: start], text, start, table)
      switch next.characterClass {
      case .apostrophe:
        guard isFrench, Analyzer.elides(word), Analyzer.isVowelOrH(text, at: end &+ width, table) else { return nil }
        start = end &+ width
        surroundings.insert(.elided)
        continue
      case .midNumLet:
        // After one letter it may be the point of an acronym.
        guard word.count > 3 else { return nil }
      case let kind:
        guard kind.endsLetters else { return nil }
      }
      if isFrench {
        // The t of `a-t-il`, and XIXe.
        guard word.head != 0x74, !word.mayBeRomanOrdinal(isUpper) else { return nil }
      }
      guard let form = forms.known(word) else { return nil }
      tokens.append(form, start, end, isUpper ? surroundings.union(.capitalised) : surroundings)
      return end
    }
  }

  /// The letters at `start`, the place after them, and the entry and length of the scalar there.
  ///
  /// nil if the word is long, near the end of the text or holds anything but plain letters.
  @inline(__always)
  private static func readShortWord(
    _ text: Span<UInt8>, from start: Int, _ table: CharacterTable
  ) -> (word: ShortWord, end: Int, next: CharacterTable.Entry, width: Int)? {
    guard start &+ ShortWord.lookAhead <= text.count else { return nil }
    let (run, lowered) = WordBuffer.asciiLetters(text, at: start)
    var index = start &+ run
    var word = ShortWord(lowered & (UInt64.max >> UInt64(truncatingIfNeeded: 64 &- 8 &* run)), count: run)
    if run < 8 {
      // Safe because: `lookAhead` bytes follow the first.
      let byte = unsafe text[unchecked: index]
      if byte < 0x80 { return run == 0 ? nil : (word, index, table[ascii: byte], 1) }
    }
    while index &+ ShortWord.lookAhead <= text.count {
      // Safe because: `lookAhead` bytes follow.
      guard let (scalar, width) = Scalars.decodeShort(unsafe Scalars.load(text, at: index)) else { return nil }
      let entry = table[scalar]
      if entry.isPlainLetter {
        guard word.append(UInt64(entry.form), count: entry.formCount) else { return nil }
        index &+= width
      } else {
        return word.count == 0 ? nil : (word, index, entry, width)
      }
      let (run, lowered) = WordBuffer.asciiLetters(text, at: index)
      if run == 0 { continue }
      let letters = lowered & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* run))
      guard word.append(letters, count: run) else { return nil }
      index &+= run
    }
    return nil
  }

  @inline(__always)
  private static func isUpper(_ byte: UInt8, _ text: Span<UInt8>, _ start: Int, _ table: CharacterTable) -> Bool {
    if byte < 0x80 { return byte & 0x20 == 0 }
    return table[Scalars.decode(text, at: start).scalar].isUpper
  }

  /// Whether the word loses its vowel before an apostrophe; of longer words only `qu`.
  @inline(__always)
  private static func elides(_ word: ShortWord) -> Bool {
    word.count == 1 ? Analyzer.isElidedLetter(word.first) : word.count == 2 && word.head == 0x7571
  }

  @inline(__always)
  private static func isVowelOrH(_ text: Span<UInt8>, at index: Int, _ table: CharacterTable) -> Bool {
    guard index < text.count else { return false }
    let entry = table[Scalars.decode(text, at: index).scalar]
    return entry.characterClass == .letter && Analyzer.isVowelOrH(UInt8(truncatingIfNeeded: entry.key))
  }
}
