/// The facts of a compressed block, each in one place; drawn in `IndexFormat.md`.
enum BlockLayout {
  /// Raw bytes of a block, at most: with the dictionary before it, every place has 16 bits.
  static let maximumBytes = 1 << 15
  /// Kind and raw size.
  static let headSize = 3
  /// Bytes that a kernel may read or write beyond the end of its buffers.
  static let slack = 32

  /// What the first byte of a sequence of a fast block says.
  enum Fast {
    /// Places that the compressor tries; no part of the format.
    static let depth = 1
    static let shortest = 4
    static let maximumShortLiterals = 1
    static let maximumShortLength = 7
    static let maximumShortOffset = 4096
    /// This many literals, or this much beyond the shortest length, is followed by the rest as a `var`.
    static let manyLiterals = 7
    static let manyLength = 15
  }

  /// The alphabets of a dense block.
  enum Dense {
    static let depth = 8
    static let shortest = 4
    static let manyLiterals = 7
    static let manyLength = 15
    /// Bits of a rest beyond the two.
    static let restBits = 16
    static let literals = 256
    static let lengths = 128
    /// Widths of distances within the block, then of those from the end of the dictionary.
    static let distances = 32
    static let dictionaryDistances = 16
    /// Bits of a code, at most.
    static let maximumBits = 11
  }
}
