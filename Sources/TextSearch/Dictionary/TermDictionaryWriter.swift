/// Writes the term dictionary: entries in address order, prefix-coded in blocks, and the index of the blocks.
struct TermDictionaryWriter: ~Copyable {
  /// The section of the terms, as far as no `ByteSink` has taken it.
  var terms = ByteWriter(capacity: 1 << 16)
  private(set) var count = 0
  private var blocks = BlockIndexWriter()
  private var previous: [UInt8] = []
  /// Bytes of the list that `add` is called for next, if it is inline.
  var inline = ByteWriter()

  /// Adds a term; addresses come in strictly ascending order.
  mutating func add(_ address: [UInt8], _ list: PostingList) {
    precondition(count == 0 || previous.lexicographicallyPrecedes(address), "terms out of order")
    if count % DictionaryFormat.blockSize == 0 { beginBlock(address, list) }
    PrefixCoding.write(address, after: previous, to: &terms)
    previous = address
    if list.isInline {
      terms.writeVariable(list.positions - 1 + (list.hasNeighbours ? DictionaryFormat.inlineHeads / 2 : 0))
      writeForms(address, list)
      terms.write(inline)
      inline.removeAll()
    } else {
      terms.writeVariable(UInt64(list.documents) - 1 + DictionaryFormat.inlineHeads)
      terms.writeVariable((list.positions - UInt64(list.documents)) << 1 | (list.hasNeighbours ? 1 : 0))
      writeForms(address, list)
      terms.writeVariable(list.postings.count)
      terms.writeVariable(list.positionBytes.count)
      if list.documents >= PostingFormat.blockSize { terms.writeVariable(list.blocks.count) }
    }
    count += 1
  }

  private mutating func writeForms(_ address: [UInt8], _ list: PostingList) {
    guard DictionaryFormat.namesForms(address) else { return }
    terms.writeVariable(list.forms.count)
    if list.forms.count > 0, !list.isInline { terms.writeVariable(list.codes.count) }
  }

  private mutating func beginBlock(_ address: [UInt8], _ list: PostingList) {
    blocks.beginBlock(at: terms.count, address)
    for extent in [list.postings, list.blocks, list.positionBytes, list.forms, list.codes] {
      terms.writeVariable(extent.offset)
    }
    terms.writeVariable(list.neighbourOffset)
    previous = []
  }

  /// The section that finds the block of an address.
  func index() -> ByteWriter { blocks.section(entries: count, end: terms.count) }
}

/// Constants of the dictionary's layout, each defined once; the article `IndexFormat` draws it.
enum DictionaryFormat {
  /// Entries in a block.
  static let blockSize = PrefixBlocks.blockSize
  /// Heads from 0 to here, exclusive, are inline lists of one document and one position more than the head says; in the second half
  /// of them those that keep neighbours.
  static let inlineHeads = UInt64(2 * PostingFormat.inlinePositions)

  /// Whether entries at an address name forms.
  static func namesForms(_ address: [UInt8]) -> Bool { namesForms(first: address.first ?? 0) }

  /// Whether entries at an address with this first byte name forms.
  @inline(__always)
  static func namesForms(first: UInt8) -> Bool { first == 1 }
}
