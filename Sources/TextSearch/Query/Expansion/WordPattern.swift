/// A typed pattern of one word: letters, `*` and `?`.
struct WordPattern: Sendable, Hashable {
  private enum Element: Hashable {
    case letter(folded: UInt32, written: UInt32)
    /// `?`
    case one
    /// `*`
    case many
  }

  private let elements: [Element]
  /// What all words that fit begin with, folded.
  let prefix: [UInt8]
  /// Nothing but the beginning is given.
  let isPrefix: Bool

  /// - Parameter text: letters, `*` and `?`.
  init(_ text: some Collection<Unicode.Scalar>) {
    var elements: [Element] = []
    for run in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "*" || $0 == "?" }) {
      let letters = Letters(form: Letters.lowered(run))
      for (folded, written) in zip(letters.folded, letters.written) {
        elements.append(.letter(folded: folded, written: written))
      }
      guard run.endIndex != text.endIndex else { break }
      elements.append(text[run.endIndex] == "*" ? .many : .one)
    }
    self.elements = elements
    let fixed = elements.prefix { if case .letter = $0 { true } else { false } }
    prefix = Letters.bytes(
      fixed.compactMap { if case .letter(let folded, _) = $0 { folded } else { nil } })
    isPrefix = elements.count == fixed.count + 1 && elements.last == .many
  }

  /// Some letter has a mark.
  var hasDiacritics: Bool {
    elements.contains { if case .letter(let folded, let written) = $0 { folded != written } else { false } }
  }

  /// Whether a word with this beginning fits, marks aside.
  func fits(folded: [UInt8]) -> Bool {
    if isPrefix { return true }
    let scalars = Letters.scalars(folded)
    return fits(scalars, scalars, .ignored)
  }

  /// Whether a word fits with its marks.
  func fits(_ letters: Letters, _ rule: Letters.DiacriticRule) -> Bool { fits(letters.folded, letters.written, rule) }

  /// Two pointers and the last star to come back to: time in the product of the lengths at most.
  private func fits(_ folded: [UInt32], _ written: [UInt32], _ rule: Letters.DiacriticRule) -> Bool {
    var (offset, element) = (0, 0)
    var star: (element: Int, offset: Int)?
    while offset < folded.count {
      if element < elements.count, elements[element] == .many {
        star = (element, offset)
        element += 1
      } else if element < elements.count,
        agrees(elements[element], folded: folded[offset], written: written[offset], rule)
      {
        element += 1
        offset += 1
      } else if let last = star {
        star = (last.element, last.offset + 1)
        element = last.element + 1
        offset = last.offset + 1
      } else {
        return false
      }
    }
    return elements[element...].allSatisfy { $0 == .many }
  }

  private func agrees(_ element: Element, folded: UInt32, written: UInt32, _ rule: Letters.DiacriticRule) -> Bool {
    switch element {
    case .one: true
    case .many: false
    case .letter(let own, let typed): own == folded && Letters.agree(typed, folded: own, written, rule)
    }
  }
}
