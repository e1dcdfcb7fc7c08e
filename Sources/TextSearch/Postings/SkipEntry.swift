/// What lets a reader pass over a block of a list, or find its bytes; all places count from the beginning of the list's.
struct SkipEntry {
  var last: UInt32
  var postings: UInt64
  var positions: PositionAddress
  var codes: UInt64 = 0
  var front: [ImpactAccumulator.Impact]

  /// Bytes of the positions before the block * 128 + values to pass over.
  var place: UInt64 { UInt64(positions.offset) << 7 | positions.skipped }

  /// Appends the records of a list: last documents, upper records, records.
  ///
  /// A record's places count from those of the first block of its group, so that they fit fewer bytes. At most 31 blocks
  /// stand before the last of a group, and places never pass their fields:
  /// - a packed block has 514 bytes at most (`PatchedPacking` never takes more than 2 + 16 * 32), so 31 blocks of gaps and
  ///   frequencies have 31,868 and of codes 15,934: less than 2^16;
  /// - a packed chunk of 128 positions has at most .43 bytes for each place in the text from its first position to its
  ///   last (`SkipEntryTests`), a document of 2 GiB at most 2^30 tokens, and 31 * 128 documents at most 2^40.7 bytes of positions:
  ///   less than the 2^41 of an offset with 7 bits behind it.
  static func write(_ records: [SkipEntry], to writer: inout ByteWriter) {
    for record in records { writer.write(record.last) }
    let groups = stride(from: 0, to: records.count, by: PostingFormat.groupSize).map { start in
      records[start..<min(start + PostingFormat.groupSize, records.count)]
    }
    if PostingFormat.uppers(records: records.count) > 0 {
      for group in groups { writeUpper(group, to: &writer) }
    }
    let isGrouped = PostingFormat.uppers(records: records.count) > 0
    for group in groups {
      guard let first = group.first else { continue }
      for record in group {
        writer.write(UInt16(record.postings - (isGrouped ? first.postings : 0)))
        writer.write(UInt16(record.codes - (isGrouped ? first.codes : 0)))
        let place = record.place - (isGrouped ? UInt64(first.positions.offset) << 7 : 0)
        writer.write(UInt32(truncatingIfNeeded: place))
        writer.write(UInt16(place >> 32))
        write(ImpactAccumulator.bounded(record.front), to: &writer)
      }
    }
  }

  private static func writeUpper(_ group: ArraySlice<SkipEntry>, to writer: inout ByteWriter) {
    guard let first = group.first else { return }
    var front = ImpactAccumulator()
    for record in group { front.add(record.front) }
    writer.write(first.postings)
    writer.write(UInt64(first.positions.offset))
    writer.write(first.codes)
    write(ImpactAccumulator.bounded(front.take()), to: &writer)
  }

  /// Four pairs; the last one is repeated where there are fewer.
  private static func write(_ front: [ImpactAccumulator.Impact], to writer: inout ByteWriter) {
    for index in 0..<PostingFormat.frontSize {
      let pair = front[min(index, front.count - 1)]
      writer.write(pair.frequency)
      writer.write(pair.length)
    }
  }
}
