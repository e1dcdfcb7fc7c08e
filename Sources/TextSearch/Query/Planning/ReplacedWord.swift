/// A word of a query that no document holds, and the near word that was searched instead.
public struct ReplacedWord: Sendable, Hashable {
  /// The word as typed.
  public let typed: String
  /// The nearest word, in lower case; without diacritics where the typed one has none.
  public let meant: String
}
