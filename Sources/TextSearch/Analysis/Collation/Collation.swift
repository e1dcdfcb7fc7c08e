/// The order of words in French and Vietnamese lists: letters first, then their diacritics, then tones, case and bytes.
///
/// Two texts are compared by the first of these levels on which they differ, each from the first letter on:
///
/// 1. Letters without diacritics, in the order a to z, with đ after d; *œ* is *oe*. Spaces come before other signs, signs before digits,
///    digits before letters, Latin letters before others. Digits are compared one by one.
/// 2. Diacritics of letters: none, breve, circumflex, horn, diaeresis, cedilla, others.
/// 3. Tones: none, huyền (grave), hỏi (hook), ngã (tilde), sắc (acute), nặng (dot below). French *è* and *é* have the first and fifth
///    of these marks. Old and new tone placement (*hòa*, *hoà*) are equal.
/// 4. Case: small letters before capitals.
/// 5. The bytes of the composed text (NFC, UTF-8).
///
/// In the Vietnamese alphabet ă, â, ê, ô, ơ and ư are letters of their own on the first level.
public struct Collation: Sendable, Hashable {
  /// The letters of the first level.
  public enum Alphabet: String, Sendable, CaseIterable {
    /// a to z, and đ after d.
    case common
    /// a ă â b c d đ e ê f ... o ô ơ ... u ư v w x y z.
    case vietnamese
  }

  /// The letters of the first level.
  public var alphabet: Alphabet
  /// Whether a French article at the beginning (*le, la, les, l’, un, une, des*) is passed over; only the bytes have it.
  public var skipsArticles: Bool

  /// Creates an order; of the common alphabet with all words by default.
  public init(_ alphabet: Alphabet = .common, skipsArticles: Bool = false) {
    self.alphabet = alphabet
    self.skipsArticles = skipsArticles
  }

  /// Returns bytes that are in the order of the texts. They are the same for all indexes of one version of the library.
  ///
  /// - Complexity: linear in the text; a key has one to four times the bytes of the text.
  public func key(of text: String) -> [UInt8] {
    var writer = CollationKeyWriter(self)
    var key: [UInt8] = []
    writer.append(Array(Normalizer.shared.composed(text).utf8), to: &key)
    return key
  }

  /// Whether `a` comes before `b`.
  public func isBefore(_ a: String, _ b: String) -> Bool { key(of: a).lexicographicallyPrecedes(key(of: b)) }
}
