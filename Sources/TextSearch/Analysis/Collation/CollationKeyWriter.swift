/// Writes the keys of a `Collation`; one writer for many texts, as its buffers stay allocated.
///
/// A key is the weights of each level, the levels ended by a zero byte, then the text. Weights are not zero where one may end, so the
/// shorter of two levels comes first; weights of what is not there are left out at the end of a level.
struct CollationKeyWriter {
  private let alphabet: Collation.Alphabet
  private let skipsArticles: Bool
  private let table: CollationTable
  private var primaries: [UInt8] = []
  private var letters: [UInt8] = []
  private var tones: [UInt8] = []
  private var cases: [UInt8] = []
  /// Latin letters at the end of the word that is read.
  private var run = 0

  private static let capital: UInt8 = 2

  init(_ collation: Collation) {
    alphabet = collation.alphabet
    skipsArticles = collation.skipsArticles
    table = collation.alphabet == .vietnamese ? .vietnamese : .common
  }

  /// Appends the key of a composed text in UTF-8.
  mutating func append(_ text: [UInt8], to key: inout [UInt8]) {
    primaries.removeAll(keepingCapacity: true)
    letters.removeAll(keepingCapacity: true)
    tones.removeAll(keepingCapacity: true)
    cases.removeAll(keepingCapacity: true)
    run = 0
    let article = skipsArticles ? LeadingArticle.range(in: text) : nil
    var index = 0
    while index < text.count {
      if let article, index == article.lowerBound {
        index = article.upperBound
        continue
      }
      let (scalar, count) = Scalars.decode(text.span, at: index)
      add(scalar)
      index += count
    }
    endWord()
    append(to: &key)
    key += text
  }

  /// Appends the levels before the bytes of the text.
  private func append(to key: inout [UInt8]) {
    key += primaries
    key.append(0)
    for level in [letters, tones, cases] {
      let last = level.lastIndex { $0 != CollationElement.none } ?? -1
      key += level[...last]
      key.append(0)
    }
  }

  private mutating func add(_ scalar: UInt32) {
    table.forEachElement(of: scalar) { element, isUpper in add(element, isUpper: isUpper) }
  }

  private mutating func add(_ element: CollationElement, isUpper: Bool) {
    guard element.primary != CollationElement.mark else { return addMark(element) }
    if element.primary < 256 {
      if !element.isLetter { endWord() }
      primaries.append(UInt8(truncatingIfNeeded: element.primary))
      run = element.isLetter ? run + 1 : 0
    } else {
      if element.isLetter { run = 0 } else { endWord() }
      for shift in [24, 16, 8, 0] as [UInt32] {
        primaries.append(UInt8(truncatingIfNeeded: element.primary >> shift))
      }
    }
    letters.append(element.letter)
    tones.append(element.tone)
    cases.append(isUpper ? CollationKeyWriter.capital : CollationElement.none)
  }

  /// Adds a mark that no letter is composed with.
  private mutating func addMark(_ mark: CollationElement) {
    guard let letter = letters.last, let tone = tones.last else { return }
    if tone == CollationElement.none { tones[tones.count - 1] = mark.tone }
    if letter == CollationElement.none { letters[letters.count - 1] = mark.letter }
  }

  /// Moves the tone of the open rhymes oa, oe and uy to the last letter, as `ToneMarks.canonical` does.
  private mutating func endWord() {
    defer { run = 0 }
    let last = tones.count - 1
    guard run >= 2, tones[last - 1] != CollationElement.none, tones[last] == CollationElement.none,
      letters[last - 1] == CollationElement.none, letters[last] == CollationElement.none
    else { return }
    let glide = UInt32(primaries[primaries.count - 2])
    let vowel = UInt32(primaries[primaries.count - 1])
    let isOpen =
      glide == CollationElement.primary("o")
      ? vowel == CollationElement.primary("a") || vowel == CollationElement.primary("e")
      : glide == CollationElement.primary("u") && vowel == CollationElement.primary("y")
    if isOpen { tones.swapAt(last - 1, last) }
  }
}
