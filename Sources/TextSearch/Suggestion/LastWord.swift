/// The word that a text ends with, as far as it is typed.
struct LastWord {
  /// What stands before it.
  let before: String
  /// Lower-case and composed; empty where the text ends otherwise.
  let form: [UInt8]
  /// Its letters are all capitals, and more than one.
  let isUpper: Bool
  /// Only its first letter is a capital.
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
    let kind = CharacterTable.shared[scalar.value].characterClass
    return kind.startsWord || kind == .extend
  }

  /// The whole text with another word in its place, in the capitals that are typed.
  func text(with word: String) -> String { before + capitalised(word) }

  private func capitalised(_ word: String) -> String {
    if isUpper { return word.uppercased() }
    return isCapitalised ? word.prefix(1).uppercased() + word.dropFirst() : word
  }
}
