/// The last word of a text, possibly incomplete.
struct LastWord {
  /// The text before the word.
  let before: String
  /// The word in lower case, composed; empty if the text does not end with a word.
  let form: [UInt8]
  /// Whether the word has more than one letter and all are capitals.
  let isUpper: Bool
  /// Whether the first letter is a capital and `isUpper` is false.
  let isCapitalised: Bool

  init(_ text: String) {
    var scalars = Array(text.unicodeScalars)[...]
    var word: [Unicode.Scalar] = []
    while let last = scalars.last, LastWord.isPart(last) {
      word.append(last)
      scalars.removeLast()
    }
    word.reverse()
    before = String(String.UnicodeScalarView(scalars))
    form = Letters.lowered(word)
    let capitals = word.count { $0.properties.isUppercase }
    isUpper = capitals > 1 && capitals == word.count { $0.properties.isCased }
    isCapitalised = !isUpper && word.first?.properties.isUppercase == true
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    CharacterTable.shared[scalar.value].characterClass.isPartOfWord
  }

  /// Returns the text with another word instead of the last, capitalised as that is.
  func text(with word: String) -> String { before + capitalised(word) }

  private func capitalised(_ word: String) -> String {
    if isUpper { return word.uppercased() }
    return isCapitalised ? word.prefix(1).uppercased() + word.dropFirst() : word
  }
}
