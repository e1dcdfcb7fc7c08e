/// Looks addresses up in a dictionary; of ascending ones in the same block what was passed over is not read again.
@safe
struct TermLookup {
  private let dictionary: TermDictionary
  private var block: ByteRegion = .empty
  // Safe because: `block` is held as long.
  private var scan: EntryScan?
  /// Entries of the block that are left, and the address that was found last.
  private var entries = 0
  private var last: [UInt8] = []

  init(_ dictionary: TermDictionary) {
    self.dictionary = dictionary
    unsafe scan = nil
  }

  /// The list at an address; nil if no document holds the term.
  mutating func list(at address: [UInt8]) throws(SearchError) -> TermDictionary.Entry? {
    if unsafe scan != nil, let found = try goOn(to: address) { return found }
    (block, entries) = try dictionary.block(holding: address)
    guard entries > 0 else { return nil }
    var scan = unsafe try EntryScan(block)
    let found = unsafe scan.find(address.span, entries: &entries)
    unsafe self.scan = scan
    return try entry(found, address)
  }

  /// Looks in what is left of the block; nil if the address is not there.
  private mutating func goOn(to address: [UInt8]) throws(SearchError) -> TermDictionary.Entry? {
    guard last.lexicographicallyPrecedes(address), var scan = unsafe self.scan else { return nil }
    var matched = 0
    while matched < last.count, last[matched] == address[matched] { matched += 1 }
    let found = unsafe scan.find(address.span, entries: &entries, matched: matched)
    unsafe self.scan = scan
    return try entry(found, address)
  }

  /// What was found; only behind an address that was is gone on.
  private mutating func entry(
    _ found: EntryScan.Found, _ address: [UInt8]
  ) throws(SearchError) -> TermDictionary.Entry? {
    switch found {
    case .list(let list, let place):
      last = address
      let inline = list.isInline ? try block.slice(at: place.lowerBound, count: place.count) : .empty
      return TermDictionary.Entry(list: list, inline: inline)
    case .nothing, .end:
      unsafe scan = nil
      return nil
    case .damage:
      unsafe scan = nil
      return try dictionary.listStepByStep(at: address)
    }
  }
}
