/// Byte strings in strictly ascending order, each with a value, prefix-coded in blocks that an index finds.
struct PrefixBlocks: Sendable {
  /// Entries in a block.
  static let blockSize = BlockIndex.blockSize

  private let bytes: ByteRegion
  private let index: BlockIndex

  /// Entries in all blocks.
  var count: Int { index.count }

  init(_ bytes: ByteRegion, index: ByteRegion) throws(SearchError) {
    self.bytes = bytes
    self.index = try BlockIndex(index)
  }

  /// Returns the number of the block that `text` is in, if it is in any; 0 where there is none.
  func block(holding text: [UInt8]) throws(SearchError) -> Int { count > 0 ? try index.block(holding: text) : 0 }

  /// Returns the last block from `block` on whose first string begins with `text`; `block` if the next one's does not.
  func lastBlock(from block: Int, beginningWith text: ArraySlice<UInt8>) throws(SearchError) -> Int {
    try index.lastBlock(from: block, beginningWith: text)
  }

  /// Returns the bytes of a block.
  func region(ofBlock block: Int) throws(SearchError) -> ByteRegion { try index.block(block, of: bytes) }

  /// Returns the number of entries in a block.
  func count(ofBlock block: Int) -> Int { min(PrefixBlocks.blockSize, count - block * PrefixBlocks.blockSize) }
}
