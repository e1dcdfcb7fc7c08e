/// The ways in which a word written as one can be cut into Vietnamese syllables: *hanoi* into *ha noi* and *han oi*.
struct SyllableCuts {
  /// Letters of a word that is cut, and syllables of a cut.
  private static let (wordLetters, syllables) = (4...20, 2...4)
  /// Letters of a syllable: those of one letter are no parts of names, and *nghieng* is the longest.
  private static let syllableLetters = 2...7
  /// Minimum mean number of letters of three syllables and more: *setanta* is no *se tan ta*.
  private static let meanLetters = 3
  /// The number of each letter from a to z in `PackedLetters`; 0 where it is in no Vietnamese word.
  private static let numbers = (UInt8(0x61)...0x7A).map { PackedLetters.number(Unicode.Scalar($0)) }

  private let letters: [UInt8]
  private var found: [[Int]] = []

  /// Returns the cuts of a folded word; none if it has other letters than those of Vietnamese words without diacritics.
  static func of(_ key: [UInt8]) -> [[[UInt8]]] {
    guard wordLetters.contains(key.count), mayBeSyllables(key) else { return [] }
    var cuts = SyllableCuts(letters: key.map { $0 &- 0x61 < 26 ? numbers[Int($0 - 0x61)] : 0 })
    if cuts.letters.contains(0) { return [] }
    cuts.extend([0])
    return cuts.found.map { ends in zip(ends, ends.dropFirst()).map { Array(key[$0..<$1]) } }
  }

  /// Letters that begin a syllable and are followed by its vowels, but for kh.
  private static let beforeVowels = mask("bdklqrsvx")
  private static let vowels = mask("aeiouy")

  /// A bit for each letter.
  private static func mask(_ letters: String) -> UInt32 { letters.utf8.reduce(0) { $0 | 1 << UInt32($1 & 31) } }

  private static func contains(_ mask: UInt32, _ letter: UInt8) -> Bool { mask >> UInt32(letter & 31) & 1 == 1 }

  /// Whether a word ends and goes on as syllables do: most words of other languages do not.
  private static func mayBeSyllables(_ key: [UInt8]) -> Bool {
    guard let last = key.last, !contains(beforeVowels, last) else { return false }
    for index in key.indices.dropLast() where contains(beforeVowels, key[index]) {
      let isKh = key[index] == 0x6B && key[index + 1] == 0x68
      guard contains(vowels, key[index + 1]) || isKh else { return false }
    }
    return true
  }

  private init(letters: [UInt8]) { self.letters = letters }

  /// Finds the cuts that begin with syllables between some ends.
  private mutating func extend(_ ends: [Int]) {
    let start = ends[ends.count - 1]
    if start == letters.count {
      let count = ends.count - 1
      let isLong = count == 2 || letters.count >= SyllableCuts.meanLetters * count
      if SyllableCuts.syllables.contains(count), isLong { found.append(ends) }
      return
    }
    guard ends.count <= SyllableCuts.syllables.upperBound else { return }
    var syllable = PackedLetters()
    for end in start..<min(letters.count, start + SyllableCuts.syllableLetters.upperBound) {
      syllable.append(letters[end])
      guard syllable.count >= SyllableCuts.syllableLetters.lowerBound,
        VietnameseSyllable.shared.acceptsWithoutDiacritics(syllable)
      else { continue }
      extend(ends + [end + 1])
    }
  }
}
