/// Reads a posting list from front to back with everything in it: what merging needs.
struct PostingListReader: ~Copyable {
  private var cursor: PostingCursor
  private var values: PositionReader
  private var inline: ByteReader
  private let isInline: Bool

  init(_ list: PostingList, in sections: PostingSections, documentLimit: UInt32) throws(SearchError) {
    let cursor = try PostingCursor(list, in: sections, documentLimit: documentLimit)
    var inline = ByteReader(sections.postings)
    if list.isInline { _ = try inline.readVariable() }
    isInline = list.isInline
    self.inline = inline
    values = PositionReader(cursor.sections.positions, count: list.positions)
    self.cursor = cursor
  }

  /// Moves to the next document, whose positions are read or skipped before the next call; gives it, or `PostingCursor.end`.
  mutating func next() throws(SearchError) -> UInt32 { try cursor.advance() }

  var frequency: UInt32 {
    mutating get throws(SearchError) { try cursor.frequency }
  }

  var formCode: UInt32 {
    mutating get throws(SearchError) { try cursor.formCode }
  }

  mutating func skipPositions() throws(SearchError) {
    if !isInline { try values.skip(UInt64(try cursor.frequency)) }
  }

  /// Appends the current document's positions.
  mutating func readPositions(into positions: inout GrowableBuffer<UInt32>) throws(SearchError) {
    var next: UInt32 = 0
    for _ in 0..<(try cursor.frequency) {
      let value = isInline ? try inline.readUInt32() : try values.next()
      positions.append(next &+ value)
      next = next &+ value &+ 1
    }
  }
}
