/// A part of the text of a prefix, wildcard or fuzzy leaf; the text is split at word boundaries.
enum QueryPart: Sendable, Hashable {
  /// Plain text, which the analyzer may split into several words.
  case text(String)
  /// A word with wildcards, and its text.
  case pattern(WordPattern, String)
  /// The lower-case form of a fuzzy word, its maximum edit distance, and its text with `~` and the distance.
  case similar([UInt8], distance: Int, String)

  /// Splits a text with wildcards.
  static func parts(ofPattern text: String) -> [QueryPart] {
    pieces(text, isKept: QueryReader.isWildcard).filter { $0.contains(where: QueryReader.isWord) }.map { piece in
      let text = String(String.UnicodeScalarView(piece))
      return piece.contains(where: QueryReader.isWildcard) ? .pattern(WordPattern(piece), text) : .text(text)
    }
  }

  /// Splits a text whose last word is fuzzy.
  static func parts(ofSimilar text: String, distance: Int) -> [QueryPart] {
    let pieces = pieces(text) { _ in false }
    return pieces.enumerated().map { index, piece in
      let text = String(String.UnicodeScalarView(piece))
      return index < pieces.count - 1
        ? .text(text) : .similar(ToneMarks.canonical(Letters.lowered(piece)), distance: distance, text + "~\(distance)")
    }
  }

  /// Returns the runs of word characters and of those that `isKept` accepts. An elided word before an apostrophe is left
  /// out, as in the index.
  private static func pieces(_ text: String, isKept: (Unicode.Scalar) -> Bool) -> [[Unicode.Scalar]] {
    let scalars = Array(text.unicodeScalars)
    var pieces: [[Unicode.Scalar]] = []
    var index = 0
    while index < scalars.count {
      guard QueryReader.isWord(scalars[index]) || isKept(scalars[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < scalars.count, QueryReader.isWord(scalars[index]) || isKept(scalars[index]) { index += 1 }
      let piece = Array(scalars[start..<index])
      let isElided =
        index + 1 < scalars.count && CharacterTable.shared[scalars[index].value].characterClass == .apostrophe
      let folded = String(decoding: Folding.key(of: Letters.lowered(piece)), as: UTF8.self)
      if isElided, FrenchWords.elided.contains(folded) { continue }
      pieces.append(piece)
    }
    return pieces
  }
}
