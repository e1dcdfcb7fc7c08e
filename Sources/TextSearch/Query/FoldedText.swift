/// A typed value of an attribute, and which texts it means: letter case and the place of a Vietnamese tone mark (*hoà*, *hòa*) do not
/// matter; diacritics do in the words that are typed with some, and in all words of an exact value.
struct FoldedText {
  /// The letters and signs, folded, in UTF-8.
  let letters: [UInt8]
  /// The words and what stands between them: canonical, lower-case, and whether they have diacritics.
  private let words: [Word]
  /// What the texts that are meant have in common, if the value is exact; nil for others.
  private let group: [UInt8]?

  private struct Word: Equatable {
    let folded: [UInt8]
    let written: [UInt8]
    var hasDiacritics: Bool { written != folded }
  }

  /// Reads a text, which need not be composed.
  ///
  /// - Parameter isExact: means its own `SpellingGroup` only.
  init(_ text: String, isExact: Bool = false) {
    words = FoldedText.words(Normalizer.shared.composed(text))
    letters = words.flatMap(\.folded)
    group = isExact ? SpellingGroup.key(of: text) : nil
  }

  /// Splits a text at the limits of its words.
  private static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var start = text.unicodeScalars.startIndex
    let scalars = text.unicodeScalars
    var wasLetter: Bool?
    for index in scalars.indices {
      let isLetter = isLetter(scalars[index])
      if let was = wasLetter, was != isLetter {
        words.append(word(scalars[start..<index]))
        start = index
      }
      wasLetter = isLetter
    }
    if start < scalars.endIndex { words.append(word(scalars[start...])) }
    return words
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    let kind = CharacterTable.shared[scalar.value].characterClass
    return kind == .letter || kind == .extend
  }

  private static func word(_ scalars: some Sequence<Unicode.Scalar>) -> Word {
    let form = ToneMarks.canonical(Folding.form(of: scalars))
    // A ligature is its letters.
    let written = String(decoding: form, as: UTF8.self).unicodeScalars.flatMap { scalar in
      let letters = folded(scalar)
      return letters.count > 1 ? letters : Array(String(scalar).utf8)
    }
    return Word(folded: Folding.key(of: form), written: written)
  }

  /// Whether the value means a text.
  func matches(_ text: [UInt8]) -> Bool {
    if let group { return SpellingGroup.key(of: String(decoding: text, as: UTF8.self)) == group }
    let others = FoldedText.words(String(decoding: text, as: UTF8.self))
    return others.count == words.count
      && zip(words, others).allSatisfy { word, other in
        word.folded == other.folded && (!word.hasDiacritics || word.written == other.written)
      }
  }

  /// Returns the folded letters of a scalar.
  static func folded(_ scalar: Unicode.Scalar) -> [UInt8] { Folding.key(of: Folding.form(of: [scalar])) }
}

extension AttributeDictionary {
  /// Returns the ordinals of the texts that a typed value means, ascending.
  ///
  /// The texts are sorted by their bytes. Beginning by beginning, only those are looked up that fold to the typed letters: the first
  /// text behind each beginning has the next scalar that follows it. The number of look-ups grows with the scalars that follow a
  /// beginning, not with the texts.
  ///
  /// - Parameter isPrefix: whether texts may go on behind the value.
  func ordinals(meantBy value: FoldedText, isPrefix: Bool) throws(SearchError) -> [Range<Int>] {
    var search = FoldedLookup(dictionary: self, value: value, isPrefix: isPrefix)
    try search.descend(from: [], value.letters[...])
    return search.found
  }
}

/// A search of the sorted texts of an attribute for those that a typed value means.
private struct FoldedLookup {
  let dictionary: AttributeDictionary
  let value: FoldedText
  let isPrefix: Bool
  private(set) var found: [Range<Int>] = []

  init(dictionary: AttributeDictionary, value: FoldedText, isPrefix: Bool) {
    self.dictionary = dictionary
    self.value = value
    self.isPrefix = isPrefix
  }

  /// Looks up the texts that begin with `start` and go on with scalars that fold to `letters`.
  mutating func descend(from start: [UInt8], _ letters: ArraySlice<UInt8>) throws(SearchError) {
    let ordinals = try texts(from: start)
    if letters.isEmpty {
      try add(ordinals, from: start)
      if isPrefix { return }
    }
    var next = ordinals.lowerBound
    while next < ordinals.upperBound {
      guard case .text(let text) = try dictionary.key(at: next) else { return }
      guard text.count > start.count else {
        // The text that is the beginning itself.
        next += 1
        continue
      }
      let (scalar, count) = Scalars.decode(text.span, at: start.count)
      let longer = Array(text[..<min(text.count, start.count + count)])
      let folded = Unicode.Scalar(scalar).map { FoldedText.folded($0) } ?? []
      if letters.starts(with: folded) { try descend(from: longer, letters.dropFirst(folded.count)) }
      next = max(next + 1, try texts(from: longer).upperBound)
    }
  }

  /// Adds the ordinals of texts that begin with `start`, which folds to the value, if the value means it: of all, or of the text that
  /// is `start` itself.
  private mutating func add(_ ordinals: Range<Int>, from start: [UInt8]) throws(SearchError) {
    guard !ordinals.isEmpty, value.matches(start) else { return }
    if isPrefix { return found.append(ordinals) }
    guard case .text(let first) = try dictionary.key(at: ordinals.lowerBound), first == start else { return }
    found.append(ordinals.lowerBound..<ordinals.lowerBound + 1)
  }

  /// Returns the ordinals of the texts that begin with some bytes.
  private func texts(from start: [UInt8]) throws(SearchError) -> Range<Int> {
    // No byte of UTF-8 is FF.
    try dictionary.ordinals(from: start, through: start + [0xFF])
  }
}
