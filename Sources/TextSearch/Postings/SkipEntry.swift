/// The skip entry of a block as it is written: what a reader needs to skip the block or to find its bytes. All offsets count from
/// the start of the list's.
struct SkipEntry {
  var last: UInt32
  var postings: UInt64
  var positions: PositionAddress
  var codes: UInt64 = 0
  var impacts: [ImpactAccumulator.Impact]

  /// The address of the positions in one number: 7 bits for the values to skip.
  private var packedPositions: UInt64 { UInt64(positions.offset) << 7 | positions.skipped }

  /// Appends the skip entries of a list: last documents, level-1 skip entries, skip entries.
  ///
  /// Offsets count from those of the first block of their group, so that they fit fewer bytes. At most 31 blocks
  /// precede the last of a group, and offsets never exceed their fields:
  /// - a packed block has 514 bytes at most (`PatchedPacking` never takes more than 2 + 16 * 32), so 31 blocks of gaps and
  ///   frequencies have 31,868 and of codes 15,934: less than 2^16;
  /// - a packed chunk of 128 positions has at most .43 bytes for each position in the text from its first to its
  ///   last (`SkipEntryTests`), a document of 2 GiB at most 2^30 tokens, and 31 * 128 documents at most 2^40.7 bytes of positions:
  ///   less than the 2^41 of an offset with 7 bits behind it.
  static func write(_ entries: [SkipEntry], to writer: inout ByteWriter) {
    for entry in entries { writer.write(entry.last) }
    let groups = stride(from: 0, to: entries.count, by: PostingFormat.groupSize).map { start in
      entries[start..<min(start + PostingFormat.groupSize, entries.count)]
    }
    let isGrouped = SkipEntries.groupCount(entries.count) > 0
    if isGrouped {
      for group in groups { writeLevelOne(group, to: &writer) }
    }
    for group in groups {
      guard let first = group.first else { continue }
      for entry in group {
        writer.write(UInt16(entry.postings - (isGrouped ? first.postings : 0)))
        writer.write(UInt16(entry.codes - (isGrouped ? first.codes : 0)))
        let positions = entry.packedPositions - (isGrouped ? UInt64(first.positions.offset) << 7 : 0)
        writer.write(UInt32(truncatingIfNeeded: positions))
        writer.write(UInt16(positions >> 32))
        write(ImpactAccumulator.bounded(entry.impacts), to: &writer)
      }
    }
  }

  private static func writeLevelOne(_ group: ArraySlice<SkipEntry>, to writer: inout ByteWriter) {
    guard let first = group.first else { return }
    var impacts = ImpactAccumulator()
    for entry in group { impacts.add(entry.impacts) }
    writer.write(first.postings)
    writer.write(UInt64(first.positions.offset))
    writer.write(first.codes)
    write(ImpactAccumulator.bounded(impacts.take()), to: &writer)
  }

  /// Appends four impacts; the last one is repeated where there are fewer.
  private static func write(_ impacts: [ImpactAccumulator.Impact], to writer: inout ByteWriter) {
    for index in 0..<PostingFormat.impactsPerEntry {
      let impact = impacts[min(index, impacts.count - 1)]
      writer.write(impact.frequency)
      writer.write(impact.length)
    }
  }
}
