/// Writes the keys of a `Collation`; one writer for many texts, as its buffer stays allocated.
///
/// A key is the weights of each level, the levels ended by a zero byte, then the text. Weights are not zero where one may end, so the
/// shorter of two levels comes first; weights of what is not there are left out at the end of a level.
struct CollationKeyWriter {
  private let skipsArticles: Bool
  private let table: CollationTable
  private var elements: [PackedElement] = []
  /// Latin letters at the end of the word that is read.
  private var run = 0

  private static let capital: UInt8 = 2

  init(_ collation: Collation) {
    skipsArticles = collation.skipsArticles
    table = collation.alphabet == .vietnamese ? .vietnamese : .common
  }

  /// Appends the key of a composed text in UTF-8.
  mutating func append(_ text: [UInt8], to key: inout [UInt8]) {
    elements.removeAll(keepingCapacity: true)
    run = 0
    if skipsArticles, let article = LeadingArticle.range(in: text) {
      read(text, 0..<article.lowerBound)
      read(text, article.upperBound..<text.count)
    } else {
      read(text, 0..<text.count)
    }
    endWord()
    appendLevels(to: &key)
    key += text
  }

  // MARK: Reading

  private mutating func read(_ text: [UInt8], _ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, count) = Scalars.decode(text.span, at: index)
      index += count
      let usual = table.usual(scalar)
      if usual.isUnusual {
        for element in table.elements(scalar) { add(element) }
      } else {
        add(usual)
      }
    }
  }

  @inline(__always)
  private mutating func add(_ element: PackedElement) {
    if element.isLetter, element.primary < 256 {
      run += 1
    } else if element.primary == CollationElement.mark {
      return addMark(element)
    } else if element.isLetter {
      run = 0
    } else {
      endWord()
    }
    elements.append(element)
  }

  /// Adds a mark that no letter is composed with.
  private mutating func addMark(_ mark: PackedElement) {
    guard var last = elements.popLast() else { return }
    if last.tone == CollationElement.none { last.tone = mark.tone }
    if last.letter == CollationElement.none { last.letter = mark.letter }
    elements.append(last)
  }

  private static let (a, e, o, u, y) = (
    CollationElement.primary("a"), CollationElement.primary("e"), CollationElement.primary("o"),
    CollationElement.primary("u"), CollationElement.primary("y")
  )

  /// Moves the tone of the open rhymes oa, oe and uy to the last letter, as `ToneMarks.canonical` does.
  private mutating func endWord() {
    defer { run = 0 }
    guard run >= 2 else { return }
    let last = elements.count - 1
    let (glide, vowel) = (elements[last - 1], elements[last])
    guard glide.tone != CollationElement.none, vowel.tone == CollationElement.none,
      glide.letter == CollationElement.none, vowel.letter == CollationElement.none
    else { return }
    let isOpen =
      glide.primary == Self.o
      ? vowel.primary == Self.a || vowel.primary == Self.e : glide.primary == Self.u && vowel.primary == Self.y
    guard isOpen else { return }
    elements[last].tone = glide.tone
    elements[last - 1].tone = CollationElement.none
  }

  // MARK: Writing

  /// Appends the levels before the bytes of the text.
  private func appendLevels(to key: inout [UInt8]) {
    // Ends of the levels: behind the last weight of what is there.
    var (letters, tones, cases) = (0, 0, 0)
    for index in elements.indices {
      let element = elements[index]
      if element.primary < 256 {
        key.append(UInt8(truncatingIfNeeded: element.primary))
      } else {
        for shift in [24, 16, 8, 0] as [UInt32] { key.append(UInt8(truncatingIfNeeded: element.primary &>> shift)) }
      }
      if element.letter != CollationElement.none { letters = index + 1 }
      if element.tone != CollationElement.none { tones = index + 1 }
      if element.isUpper { cases = index + 1 }
    }
    key.append(0)
    for index in 0..<letters { key.append(elements[index].letter) }
    key.append(0)
    for index in 0..<tones { key.append(elements[index].tone) }
    key.append(0)
    for index in 0..<cases {
      key.append(elements[index].isUpper ? CollationKeyWriter.capital : CollationElement.none)
    }
    key.append(0)
  }
}
