/// The facts of the dictionary layout, each in one place; drawn in `IndexFormat.md`.
enum DictionaryFormat {
  /// Entries in a block.
  static let blockSize = 32
}

/// Writes the term dictionary: entries in address order, prefix-coded in blocks, and the index of the blocks.
struct TermDictionaryWriter: ~Copyable {
  private(set) var terms = ByteWriter(capacity: 1 << 16)
  private(set) var count = 0
  private var blockOffsets: [UInt64] = []
  private var firstOffsets: [UInt64] = []
  private var firsts = ByteWriter()
  private var previous: [UInt8] = []
  /// Bytes of the list that `add` is called for next, if it is inline.
  var inline = ByteWriter()

  /// Adds a term; addresses come in strictly ascending order.
  mutating func add(_ address: [UInt8], _ list: PostingList) {
    precondition(count == 0 || previous.lexicographicallyPrecedes(address), "terms out of order")
    if count % DictionaryFormat.blockSize == 0 { beginBlock(address, list) }
    writeAddress(address)
    terms.writeVariable(UInt64(list.documents) << 1 | (list.isInline ? 1 : 0))
    terms.writeVariable(list.positions - UInt64(list.documents))
    if list.isInline {
      terms.writeVariable(inline.count)
      terms.write(inline)
      inline.removeAll()
    } else {
      terms.writeVariable(list.postings.count)
      terms.writeVariable(list.positionBytes.count)
      if list.documents >= PostingFormat.blockSize { terms.writeVariable(list.blocks.count) }
    }
    count += 1
  }

  private mutating func beginBlock(_ address: [UInt8], _ list: PostingList) {
    blockOffsets.append(UInt64(terms.count))
    firstOffsets.append(UInt64(firsts.count))
    firsts.write(contentsOf: address)
    terms.writeVariable(list.postings.offset)
    terms.writeVariable(list.blocks.offset)
    terms.writeVariable(list.positionBytes.offset)
    previous = []
  }

  private mutating func writeAddress(_ address: [UInt8]) {
    var shared = 0
    while shared < previous.count, shared < address.count, previous[shared] == address[shared] { shared += 1 }
    terms.writeVariable(shared)
    terms.writeVariable(address.count - shared)
    for byte in address[shared...] { terms.write(byte) }
    previous = address
  }

  /// The section that finds the block of an address.
  func index() -> ByteWriter {
    var index = ByteWriter()
    index.write(UInt64(count))
    index.write(UInt64(blockOffsets.count))
    for offset in blockOffsets { index.write(offset) }
    index.write(UInt64(terms.count))
    for offset in firstOffsets { index.write(offset) }
    index.write(UInt64(firsts.count))
    index.write(firsts)
    return index
  }
}
