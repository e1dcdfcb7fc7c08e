/// Looks up addresses in a dictionary. Of ascending ones in one block, entries that were passed are not read again, and what the
/// look-up before has shown to be missing is not searched for.
struct TermLookup {
  /// The result for the address that was looked up last.
  private enum Last {
    case none
    case found
    /// The next entry begins with the first `shared` bytes of it, and is after it.
    case missing(shared: Int)
  }

  private enum Outcome {
    case entry(TermDictionary.Entry)
    /// As `Last.missing`, of the address that is looked up.
    case missing(shared: Int)
    /// Missing, and nothing is known of the next entry.
    case unknown
  }

  private var block: ByteRegion = .empty
  /// The state of the scan of the block; nil at its start.
  private var state: EntryScan.State?
  /// Entries of the block that are left.
  private var entries = 0
  private var address: [UInt8] = []
  private var last = Last.none

  /// Returns the list at an address; nil if no document holds the term.
  mutating func list(at address: [UInt8], in dictionary: TermDictionary) throws(SearchError) -> TermDictionary.Entry? {
    guard case .entry(let entry) = try find(address, in: dictionary) else { return nil }
    return entry
  }

  /// Whether some address may begin with `prefix`.
  mutating func mayContain(prefix: [UInt8], in dictionary: TermDictionary) throws(SearchError) -> Bool {
    guard case .missing(let shared) = try find(prefix, in: dictionary) else { return true }
    return shared >= prefix.count
  }

  private mutating func find(_ address: [UInt8], in dictionary: TermDictionary) throws(SearchError) -> Outcome {
    if let common = common(with: address) {
      // The entry after the last address is after this one too, which is the same where they differ.
      if case .missing(let shared) = last, common > shared { return .missing(shared: shared) }
      if case .found = last, let found = try scan(to: address, dictionary, matched: common) { return found }
    }
    (block, entries) = try dictionary.block(holding: address)
    guard entries > 0 else { return .unknown }
    state = nil
    return try scan(to: address, dictionary, matched: 0) ?? .unknown
  }

  /// Returns how many bytes an address has in common with the last one; nil if it is not after it.
  private func common(with address: [UInt8]) -> Int? {
    if case .none = last { return nil }
    var common = 0
    while common < self.address.count, common < address.count, self.address[common] == address[common] { common += 1 }
    guard common < address.count, common == self.address.count || self.address[common] < address[common] else {
      return nil
    }
    return common
  }

  /// Looks up an address in the remainder of the block; returns nil where it ends before the address.
  private mutating func scan(
    to address: [UInt8], _ dictionary: TermDictionary, matched: Int
  ) throws(SearchError) -> Outcome? {
    // Safe because: `self.block` keeps the bytes.
    let block = unsafe self.block.unowned
    var scan = if let state { try EntryScan(block, from: state) } else { try EntryScan(block) }
    var left = entries
    let found = scan.find(address.span, entries: &left, matched: matched)
    (state, entries) = (scan.state, left)
    last = .none
    self.address = address
    switch found {
    case .list(let list, let bytes):
      last = .found
      let inline = list.isInline ? try self.block.slice(at: bytes.lowerBound, count: bytes.count) : .empty
      return .entry(TermDictionary.Entry(list: list, inline: inline))
    case .nothing(let shared):
      last = .missing(shared: shared)
      return .missing(shared: shared)
    case .end:
      return nil
    case .damage:
      return try dictionary.listByCursor(at: address).map { .entry($0) } ?? .unknown
    }
  }
}
