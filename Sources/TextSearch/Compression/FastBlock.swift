/// The byte-oriented coding of a block: sequences of two or three bytes, each with its literals behind it.
///
/// The family is LZ77 with byte codes, as LZ4 and LZO; the short form is our own: with a dictionary before the
/// block, three repetitions in five follow each other without a literal, and most are short.
enum FastBlock {
  static func encode(
    _ block: Span<UInt8>, _ sequences: borrowing GrowableBuffer<BlockSequence>, into writer: inout ByteWriter
  ) {
    var place = 0
    for index in 0..<sequences.count {
      let sequence = sequences[index]
      let literals = Int(sequence.literals)
      if sequence.length == 0, literals == 0 { break }
      writeHead(sequence, to: &writer)
      if literals <= BlockLayout.Fast.manyLiterals {
        for place in place..<place + literals { writer.write(block[place]) }
      } else {
        writer.write(block.extracting(place..<place + literals))
      }
      place += literals + Int(sequence.length)
    }
  }

  @inline(__always)
  private static func writeHead(_ sequence: BlockSequence, to writer: inout ByteWriter) {
    typealias Layout = BlockLayout.Fast
    let (literals, length, offset) = (Int(sequence.literals), Int(sequence.length), Int(sequence.offset))
    if literals <= Layout.mostShortLiterals, length >= Layout.shortest, length <= Layout.mostShortLength,
      offset <= Layout.mostShortOffset
    {
      let head = literals << 1 | (length - Layout.shortest) << 2 | (offset - 1) << 4
      writer.write(UInt8(truncatingIfNeeded: head))
      writer.write(UInt8(truncatingIfNeeded: head >> 8))
      return
    }
    let more = max(0, length - Layout.shortest)
    let head = 1 | min(literals, Layout.manyLiterals) << 1 | min(more, Layout.manyLength) << 4 | offset << 8
    writer.write(UInt8(truncatingIfNeeded: head))
    writer.write(UInt8(truncatingIfNeeded: head >> 8))
    writer.write(UInt8(truncatingIfNeeded: head >> 16))
    if literals >= Layout.manyLiterals { writer.writeVariable(literals - Layout.manyLiterals) }
    if more >= Layout.manyLength { writer.writeVariable(more - Layout.manyLength) }
  }
}
