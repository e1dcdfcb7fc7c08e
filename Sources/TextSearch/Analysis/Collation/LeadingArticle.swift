/// French articles at the beginning of titles and names: *le, la, les, l’, un, une, des*. Library catalogues pass them over.
enum LeadingArticle {
  private static let words: Set<[UInt8]> = Set(["le", "la", "les", "un", "une", "des"].map { Array($0.utf8) })
  private static let elided = Array("l".utf8)

  /// Returns the bytes of an article and of the spaces or the apostrophe behind it; nil if the text, which is composed, does not begin
  /// with one or has no word behind it.
  ///
  /// Quotation marks and other signs may stand before it.
  static func range(in text: [UInt8]) -> Range<Int>? {
    var start = 0
    while start < text.count, let (kind, count) = characterClass(in: text, at: start), !kind.startsWord {
      start += count
    }
    var end = start
    while end < text.count, isLetter(text[end]) { end += 1 }
    let word = text[start..<end].map { $0 | 0x20 }
    guard let (kind, count) = characterClass(in: text, at: end) else { return nil }
    if word == elided, kind == .apostrophe {
      end += count
    } else if !words.contains(word) || kind != .space {
      return nil
    }
    while let (kind, count) = characterClass(in: text, at: end), kind == .space { end += count }
    guard let (next, _) = characterClass(in: text, at: end), next.startsWord else { return nil }
    return start..<end
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Returns the class of the scalar at an offset, and its bytes; nil at the end.
  private static func characterClass(in text: [UInt8], at offset: Int) -> (kind: CharacterClass, count: Int)? {
    guard offset < text.count else { return nil }
    let (scalar, count) = Scalars.decode(text.span, at: offset)
    return (CharacterTable.shared[scalar].characterClass, count)
  }
}
