/// Selects posting lists that a word of a query may mean.
struct ListSelector: Sendable, Hashable {
  enum Match: Sendable, Hashable {
    /// The list at the address.
    case term
    /// The lists of all spellings of the key; the address ends before the spelling.
    case allSpellings
  }

  let address: TermAddress
  let match: Match
  /// Agreement of the list with the typed word, 0 to 1.
  let weight: Float
  /// The typed word, folded, if the list holds inflected forms of it: documents with other forms only get less weight. Empty
  /// for all other lists.
  let typed: [UInt8]
  /// The typed word lacks the tone of the list's spelling: its documents contribute to the idf only if no other list has any.
  let isPart: Bool

  init(address: TermAddress, match: Match, weight: Float, typed: [UInt8] = [], isPart: Bool = false) {
    self.address = address
    self.match = match
    self.weight = weight
    self.typed = typed
    self.isPart = isPart
  }

  /// Whether the list at `other` is selected.
  func selects(_ other: TermAddress) -> Bool {
    match == .term ? other == address : other.bytes.starts(with: address.bytes)
  }

  /// Merges the selectors of a word with those of its synonyms, in dictionary order, so that each list is selected once.
  ///
  /// Of two selectors at one address the one of all spellings stays, else the heavier one. A selector of one spelling goes
  /// where another selects all spellings of its key.
  static func joined(_ own: [ListSelector], _ others: [ListSelector]) -> [ListSelector] {
    guard !others.isEmpty else { return own }
    let keysOfAllSpellings = Set((own + others).filter { $0.match == .allSpellings }.map(\.address))
    var joined: [ListSelector] = []
    // At one address the selector of all spellings comes first, then the heavier one.
    let sorted = (own + others).sorted { a, b in
      if a.address != b.address { return a.address < b.address }
      return a.match != b.match ? a.match == .allSpellings : a.weight > b.weight
    }
    for selector in sorted where joined.last?.address != selector.address {
      let key = TermAddress(selector.address.language, key: selector.address.key)
      if selector.match == .term, keysOfAllSpellings.contains(key) { continue }
      joined.append(selector)
    }
    return joined
  }
}
