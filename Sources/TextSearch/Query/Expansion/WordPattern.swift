/// A typed pattern of one word: letters, `*` and `?`.
struct WordPattern: Sendable, Hashable {
  private enum Element: Hashable {
    case letter(folded: UInt32, written: UInt32)
    /// `?`: any letter.
    case one
    /// `*`: any letters or none.
    case many
  }

  private let elements: [Element]
  /// The elements with the canonical place of tone marks, if it is another one.
  private let canonical: [Element]?
  /// The letters before the first wildcard, folded: every word that matches begins with them.
  let prefix: [UInt8]
  /// Whether the pattern is letters and one `*` at the end.
  let isPrefix: Bool

  /// - Parameter text: letters, `*` and `?`.
  init(_ text: some Collection<Unicode.Scalar>) {
    let elements = WordPattern.elements(text) { $0 }
    self.elements = elements
    let canonical = WordPattern.elements(text, ToneMarks.canonical)
    self.canonical = canonical == elements ? nil : canonical
    let fixed = elements.prefix { if case .letter = $0 { true } else { false } }
    prefix = Letters.bytes(
      fixed.compactMap { if case .letter(let folded, _) = $0 { folded } else { nil } })
    isPrefix = elements.count == fixed.count + 1 && elements.last == .many
  }

  /// Returns the elements of a pattern.
  ///
  /// - Parameter spelled: returns the spelling of a run of letters.
  private static func elements(
    _ text: some Collection<Unicode.Scalar>, _ spelled: ([UInt8]) -> [UInt8]
  ) -> [Element] {
    var elements: [Element] = []
    for run in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "*" || $0 == "?" }) {
      let letters = Letters(form: spelled(Letters.lowered(run)))
      for (folded, written) in zip(letters.folded, letters.written) {
        elements.append(.letter(folded: folded, written: written))
      }
      guard run.endIndex != text.endIndex else { break }
      elements.append(text[run.endIndex] == "*" ? .many : .one)
    }
    return elements
  }

  /// Whether a letter of the pattern has diacritics.
  var hasDiacritics: Bool {
    elements.contains { if case .letter(let folded, let written) = $0 { folded != written } else { false } }
  }

  /// Whether a folded word, which begins with `prefix`, matches without regard to diacritics.
  func fits(folded: [UInt8]) -> Bool {
    if isPrefix { return true }
    let scalars = Letters.scalars(folded)
    return WordPattern.fits(elements, folded: scalars, written: scalars, .ignored)
  }

  /// Whether a Vietnamese word in its canonical spelling matches, wherever word and pattern have the tone marks of open rhymes.
  func fits(spelling: [UInt8], _ rule: Letters.DiacriticRule) -> Bool {
    let letters = Letters(form: spelling)
    if fits(letters, rule) { return true }
    if let canonical, WordPattern.fits(canonical, folded: letters.folded, written: letters.written, rule) {
      return true
    }
    return ToneMarks.withToneOnGlide(spelling).map { fits(Letters(form: $0), rule) } ?? false
  }

  /// Whether a word matches, with its diacritics judged by `rule`.
  func fits(_ letters: Letters, _ rule: Letters.DiacriticRule) -> Bool {
    WordPattern.fits(elements, folded: letters.folded, written: letters.written, rule)
  }

  /// Matches greedily and backtracks to the last star only. The time is at most the product of the lengths.
  private static func fits(
    _ elements: [Element], folded: [UInt32], written: [UInt32], _ rule: Letters.DiacriticRule
  ) -> Bool {
    var (index, element) = (0, 0)
    var star: (element: Int, index: Int)?
    while index < folded.count {
      if element < elements.count, elements[element] == .many {
        star = (element, index)
        element += 1
      } else if element < elements.count,
        matches(elements[element], folded: folded[index], written: written[index], rule)
      {
        element += 1
        index += 1
      } else if let last = star {
        star = (last.element, last.index + 1)
        element = last.element + 1
        index = last.index + 1
      } else {
        return false
      }
    }
    return elements[element...].allSatisfy { $0 == .many }
  }

  /// Whether an element matches the letter `written`, which folds to `folded`.
  private static func matches(
    _ element: Element, folded: UInt32, written: UInt32, _ rule: Letters.DiacriticRule
  ) -> Bool {
    switch element {
    case .one: true
    case .many: false
    case .letter(let own, let typed): own == folded && Letters.agree(typed, folded: own, written, rule)
    }
  }
}
