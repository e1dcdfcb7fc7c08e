/// The words of a leaf that is no bag of words: text with patterns or similar words in it, taken apart where words end.
enum QueryPart: Sendable, Hashable {
  /// A word, or what the analyzer makes several of.
  case text(String)
  case pattern(WordPattern, String)
  /// A form, lower-case.
  case similar([UInt8], distance: Int, String)

  /// The parts of a text with wildcards.
  static func parts(ofPattern text: String) -> [QueryPart] {
    pieces(text, isKept: QueryReader.isWildcard).filter { $0.contains(where: QueryReader.isWord) }.map { piece in
      let text = String(String.UnicodeScalarView(piece))
      return piece.contains(where: QueryReader.isWildcard) ? .pattern(WordPattern(piece), text) : .text(text)
    }
  }

  /// The parts of a text whose last word may be another one like it.
  static func parts(ofSimilar text: String, distance: Int) -> [QueryPart] {
    let pieces = pieces(text) { _ in false }
    return pieces.enumerated().map { index, piece in
      let text = String(String.UnicodeScalarView(piece))
      return index < pieces.count - 1
        ? .text(text) : .similar(Letters.lowered(piece), distance: distance, text + "~\(distance)")
    }
  }

  /// Stretches of letters; an elided word goes as it does in the index.
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
      let isElided = index + 1 < scalars.count && scalars[index] != "-" && QueryReader.isJoint(scalars[index])
      let folded = String(decoding: Folding.key(of: Letters.lowered(piece)), as: UTF8.self)
      if isElided, FrenchWords.elided.contains(folded) { continue }
      pieces.append(piece)
    }
    return pieces
  }
}
