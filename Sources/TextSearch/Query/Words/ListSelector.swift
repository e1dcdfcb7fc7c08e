/// Which posting lists a word of a query may mean.
struct ListSelector: Sendable, Hashable {
  enum Match: Sendable, Hashable {
    /// One list.
    case term
    /// The lists of all spellings of the key; the address ends before the spelling.
    case allSpellings
  }

  let address: TermAddress
  let match: Match
  /// How much the list agrees with what was typed, 0 to 1.
  let weight: Float
  /// The typed word, folded, where the list holds inflected forms of it: documents with other forms only agree less. Empty
  /// elsewhere.
  let typed: [UInt8]

  init(address: TermAddress, match: Match, weight: Float, typed: [UInt8] = []) {
    self.address = address
    self.match = match
    self.weight = weight
    self.typed = typed
  }

  /// Whether a token posted at `other` is in one of the lists.
  func selects(_ other: TermAddress) -> Bool {
    match == .term ? other == address : other.bytes.starts(with: address.bytes)
  }

  /// A word's lists and those of its synonyms, in dictionary order, each list once.
  ///
  /// Of two selectors of one list the heavier stays. Where all spellings of a key are read, a single one of them is
  /// read with their weight.
  static func joined(_ own: [ListSelector], _ others: [ListSelector]) -> [ListSelector] {
    guard !others.isEmpty else { return own }
    let whole = Set((own + others).filter { $0.match == .allSpellings }.map(\.address))
    var joined: [ListSelector] = []
    // At one address the selector of all spellings comes first, then the heavier one.
    let sorted = (own + others).sorted { a, b in
      if a.address != b.address { return a.address < b.address }
      return a.match != b.match ? a.match == .allSpellings : a.weight > b.weight
    }
    for selector in sorted where joined.last?.address != selector.address {
      let key = TermAddress(selector.address.language, key: selector.address.key)
      if selector.match == .term, whole.contains(key) { continue }
      joined.append(selector)
    }
    return joined
  }
}
