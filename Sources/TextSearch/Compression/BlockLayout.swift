/// The constants of the layout of a compressed block, which `IndexFormat.md` specifies.
enum BlockLayout {
  /// Maximum raw bytes of a block: with the dictionary before it, every position fits in 16 bits.
  static let maximumBytes = 1 << 15
  /// Bytes of a block's head: kind (1) and raw size (2).
  static let headSize = 3
  /// Bytes that a kernel may read or write beyond the end of its buffers.
  static let slack = 32

  /// Limits of the head of a sequence of a fast block.
  enum Fast {
    /// Match candidates that the compressor tries at each position; not part of the format.
    static let depth = 1
    /// Minimum length of a match.
    static let minimumLength = 4
    /// Maximum literals, match length and match offset of a sequence with a head of two bytes.
    static let maximumShortLiterals = 1
    static let maximumShortLength = 7
    static let maximumShortOffset = 4096
    /// Number of literals that means: this many, and a remainder that follows as a variable-byte integer.
    static let escapeLiterals = 7
    /// Length beyond the minimum that means: this much, and a remainder that follows as a variable-byte integer.
    static let escapeLength = 15
  }

  /// Alphabets and limits of a dense block.
  enum Dense {
    /// Match candidates that the compressor tries at each position; not part of the format.
    static let depth = 8
    /// Minimum length of a match.
    static let minimumLength = 4
    /// Number of literals that means: this many, and a remainder of `remainderBits` bits.
    static let escapeLiterals = 7
    /// Length beyond the minimum that means: this much, and a remainder of `remainderBits` bits.
    static let escapeLength = 15
    static let remainderBits = 16
    /// Symbols of the three alphabets: bytes; pairs of literals and length; distances.
    static let literals = 256
    static let lengths = 128
    static let distances = 32
    /// The distance symbols from this one on are distances beyond the start of the block, into the dictionary.
    static let dictionaryDistances = 16
    /// Maximum bits of a code.
    static let maximumBits = 11
  }
}
