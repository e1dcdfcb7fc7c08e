/// The keys of very frequent words, by their share of the tokens: about forty of French and ten of Vietnamese texts.
/// Two of them make no pair, and nothing is kept of the words beside them: half of all occurrences are theirs.
///
/// The list is part of the format: merging copies the neighbours and adds up the pair frequencies of segments as they are, so it
/// must be the same in all.
enum FrequentKeys {
  /// The keys as the analyzer makes them: `cete` is the key of cette, `etre` that of est.
  static let all: [[UInt8]] = keys(french) + keys(vietnamese)

  private static let french = """
    a au aux avait avec ce cete come dans de des du ele en et etre fair il je la le les leur lui mais me ne nous on ou par
    pas plus pour que qui sa se ses si son sur tout un une vous
    """
  private static let vietnamese = "cac co cua do duoc la mot nam trong va"

  private static func keys(_ text: String) -> [[UInt8]] {
    text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map(Array.init)
  }

  /// Slots of the table: a power of two, more than twice the number of keys.
  private static let slots = 128
  /// Bytes of the longest key.
  private static let maximumKeyBytes = 5

  /// A hash table with linear probing: keys as numbers, 0 in empty slots, and the languages that each is frequent in.
  private static let table: [(number: UInt64, inFrench: Bool, inVietnamese: Bool)] = {
    var table = [(number: UInt64, inFrench: Bool, inVietnamese: Bool)](repeating: (0, false, false), count: slots)
    for (text, isFrench) in [(french, true), (vietnamese, false)] {
      for key in keys(text) {
        let number = number(key.span)
        var slot = slot(of: number)
        while table[slot].number != 0, table[slot].number != number { slot = (slot + 1) % slots }
        table[slot].number = number
        if isFrench { table[slot].inFrench = true } else { table[slot].inVietnamese = true }
      }
    }
    return table
  }()

  /// Whether the term of a key is frequent: in its own language, or in either for a word of no language.
  static func contains(_ key: Span<UInt8>, in language: Language) -> Bool {
    guard let slot = slot(of: key) else { return false }
    return switch language {
    case .none: true
    case .french: table[slot].inFrench
    case .vietnamese: table[slot].inVietnamese
    }
  }

  /// Returns the slot of a key in the table; nil if it is not there.
  private static func slot(of key: Span<UInt8>) -> Int? {
    if key.count > maximumKeyBytes { return nil }
    let number = number(key)
    var slot = slot(of: number)
    while table[slot].number != 0 {
      if table[slot].number == number { return slot }
      slot = (slot &+ 1) % slots
    }
    return nil
  }

  /// Returns the bytes of a key as a big-endian number with a leading 1, which keeps keys that begin with zero bytes
  /// apart.
  private static func number(_ key: Span<UInt8>) -> UInt64 {
    var number: UInt64 = 1
    for index in key.indices { number = number &<< 8 | UInt64(key[index]) }
    return number
  }

  private static func slot(of number: UInt64) -> Int { Int((number &* 0x9E37_79B9_7F4A_7C15) &>> 57) }
}
