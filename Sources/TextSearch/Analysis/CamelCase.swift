/// Words in camel case (`CadreUnifie`, `motClé`), which are posted as a whole, like all words, and once more under each of
/// their parts, at the position of the whole (`Compounds`).
///
/// A part begins at an upper-case letter after a lower-case one, at the last of several upper-case letters before lower-case
/// ones (HTMLElement), and after digits, which are no part themselves. All parts have two letters or more: iPhone and LaTeX
/// are not split.
enum CamelCase {
  /// Minimum number of letters of a part.
  static let minimumLetters = 2
  /// Maximum number of parts; longer words are codes.
  static let maximumParts = 8

  /// Whether the word just read may be split by its length and first letter: most words that the general path reads again
  /// and again are numbers.
  @inline(__always)
  static func mayBeSplit(_ text: Span<UInt8>, _ reading: Analyzer.Reading) -> Bool {
    reading.end &- reading.start >= 2 * minimumLetters && text[reading.start] &- 0x30 >= 10
  }

  /// Whether the word just read is split.
  @inline(never)
  static func isSplit(_ text: Span<UInt8>, _ reading: Analyzer.Reading, _ table: CharacterTable) -> Bool {
    guard mayHaveUpper(text, reading.start + 1..<reading.end) else { return false }
    var (index, uppers, lowers) = (reading.start, 0, 0)
    while index < reading.end {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      if entry.isUpper {
        uppers &+= index > reading.start ? 1 : 0
      } else if entry.characterClass == .letter {
        lowers &+= 1
      }
      index &+= count
    }
    guard uppers > 0, lowers > 0 else { return false }
    return !parts(of: text, reading.start..<reading.end, table).isEmpty
  }

  /// Whether some bytes are upper-case letters of ASCII or may be other upper-case letters.
  @inline(__always)
  private static func mayHaveUpper(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.contains { text[$0] &- 0x41 < 26 || text[$0] > 0x7F }
  }

  /// Returns the ranges of the parts of a word; none if it is not split.
  static func parts(of text: Span<UInt8>, _ range: Range<Int>, _ table: CharacterTable) -> [Range<Int>] {
    let letters = letters(text, range, table)
    var parts: [Range<Int>] = []
    var counts: [Int] = []
    var isCamel = false
    for (number, letter) in letters.enumerated() {
      let before = number > 0 ? letters[number - 1] : nil
      let isAdjacent = before.map { $0.range.upperBound == letter.range.lowerBound } ?? false
      let isRise = isAdjacent && letter.isUpper && before?.isUpper == false
      let begins = isRise || isAdjacent && endsAcronym(letters, at: number)
      if begins { isCamel = true }
      if isAdjacent, !begins {
        parts[parts.count - 1] = parts[parts.count - 1].lowerBound..<letter.range.upperBound
        counts[counts.count - 1] += 1
      } else {
        parts.append(letter.range)
        counts.append(1)
      }
    }
    let isSplit = isCamel && (2...maximumParts).contains(parts.count) && counts.allSatisfy { $0 >= minimumLetters }
    return isSplit ? parts : []
  }

  /// Whether the upper-case letter `number` begins a part after an acronym: two lower-case letters follow it (HTMLElement,
  /// not ONGs).
  private static func endsAcronym(_ letters: [Letter], at number: Int) -> Bool {
    guard letters[number].isUpper, letters[number - 1].isUpper, number + 2 < letters.count else { return false }
    return !letters[number + 1].isUpper && !letters[number + 2].isUpper
  }

  /// A letter with its combining marks.
  private struct Letter {
    var range: Range<Int>
    let isUpper: Bool
  }

  /// Returns the letters of a word; other scalars than combining marks and invisible ones separate them.
  private static func letters(_ text: Span<UInt8>, _ range: Range<Int>, _ table: CharacterTable) -> [Letter] {
    var letters: [Letter] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, count) = Scalars.decode(text, at: index)
      let entry = table[scalar]
      switch entry.characterClass {
      case .letter: letters.append(Letter(range: index..<index + count, isUpper: entry.isUpper))
      case .extend, .vanishing, .format, .zwj:
        if let last = letters.last, last.range.upperBound == index {
          letters[letters.count - 1].range = last.range.lowerBound..<index + count
        }
      default: break
      }
      index += count
    }
    return letters
  }

  /// Returns the folded parts of a word, each once; none if it is not split.
  static func keys(of text: Span<UInt8>, _ range: Range<Int>) -> [[UInt8]] {
    var keys: [[UInt8]] = []
    for part in parts(of: text, range, CharacterTable.shared) {
      let bytes = part.map { text[$0] }
      let key = Folding.key(of: Folding.form(of: String(decoding: bytes, as: UTF8.self).unicodeScalars))
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }
}
