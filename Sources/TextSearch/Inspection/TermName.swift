/// The name of a term: language, key and spelling.
public struct TermName: Sendable, Hashable {
  /// The language of the posting list.
  public let language: Language
  /// The folded word; in French its stem.
  public let key: String
  /// The spelling of a Vietnamese word in text with diacritics; nil for other words.
  public let spelling: String?
  /// Whether the term stands for French words joined by hyphens, under the key of the joined words.
  public let isCompound: Bool

  init(_ address: TermAddress) {
    language = address.language
    key = String(decoding: address.key, as: UTF8.self)
    isCompound = address.isCompound
    let spelling = address.spelling
    self.spelling = isCompound || spelling.isEmpty ? nil : String(decoding: spelling, as: UTF8.self)
  }
}
