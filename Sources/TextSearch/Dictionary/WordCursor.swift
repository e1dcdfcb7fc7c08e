/// Walks sorted words or addresses from a place on.
///
/// The one thing that sets it apart from a loop: all words that go on from a beginning can be passed at once. Most of them are
/// known by the count of bytes that they share with the word before, so they are not even put together.
protocol WordCursor {
  /// The bytes that words are sorted by.
  var text: [UInt8] { get }
  /// Documents that hold the word.
  var documents: UInt64 { get }

  /// Moves to the next word that does not begin with the first `dead` bytes of this one; `Int.max` passes none.
  ///
  /// - Returns: bytes that both words begin with; 0 for the first word, nil at the end.
  mutating func next(past skippedPrefix: Int) throws(SearchError) -> Int?
}
