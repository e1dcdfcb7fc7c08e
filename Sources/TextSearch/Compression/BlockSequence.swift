/// A sequence of a block: literal bytes, then a match, which repeats earlier bytes of the block or the dictionary.
///
/// The last sequence of a block has no match: its `length` and `offset` are 0.
struct BlockSequence: BitwiseCopyable {
  /// Number of literals.
  var literals: UInt16
  /// Bytes of the match.
  var length: UInt16
  /// Distance from the match back to the bytes that it repeats.
  var offset: UInt16
}
