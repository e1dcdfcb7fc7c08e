/// The posting sections of a segment, or the parts of them that belong to one list.
struct PostingSections: Sendable {
  var postings: ByteRegion
  var blocks: ByteRegion
  var positions: ByteRegion
  var forms: ByteRegion
  var codes: ByteRegion
  var neighbours: ByteRegion

  /// The sections without a reference that keeps the file mapped (`ByteRegion.unowned`).
  @unsafe
  var unowned: PostingSections {
    unsafe PostingSections(
      postings: postings.unowned, blocks: blocks.unowned, positions: positions.unowned, forms: forms.unowned,
      codes: codes.unowned, neighbours: neighbours.unowned)
  }

  /// Returns the parts that belong to `list`. `postings` are the bytes in the dictionary already if it is inline.
  func restricted(to list: PostingList) throws(SearchError) -> PostingSections {
    let forms = try forms.slice(at: list.forms.offset, count: list.forms.count)
    let codes = try codes.slice(at: list.codes.offset, count: list.codes.count)
    if list.isInline {
      guard list.documents == 1, list.positions <= UInt64(PostingFormat.inlinePositions) else {
        throw postings.corrupt(at: 0, "inline list of \(list.positions) positions")
      }
      let count = list.hasNeighbours ? Int(list.positions) : 0
      return PostingSections(
        postings: postings, blocks: .empty, positions: .empty, forms: forms, codes: codes,
        neighbours: try postings.slice(at: postings.count - count, count: count))
    }
    return PostingSections(
      postings: try postings.slice(at: list.postings.offset, count: list.postings.count),
      blocks: try blocks.slice(at: list.blocks.offset, count: list.blocks.count),
      positions: try positions.slice(at: list.positionBytes.offset, count: list.positionBytes.count),
      forms: forms, codes: codes,
      neighbours: try neighbours.slice(at: list.neighbourOffset, count: list.neighbourCount))
  }
}
