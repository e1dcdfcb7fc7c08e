/// The slots of the adjacent pairs of documents (`PairFrequencies`), each once for a document.
final class PairSlots {
  /// Slots that are counted at a time.
  private static let sliceBits = 22
  /// So few slots are sorted instead.
  private static let sortedCount = 1 << 17

  private var slots = GrowableBuffer<UInt32>(capacity: 1)
  /// A bit for each slot of the current document.
  private var seen = [UInt64](repeating: 0, count: 1 << (PairFrequencies.slotBits - 6))
  /// Index of the first slot of the current document.
  private var documentStart = 0

  /// Number of slots of all documents.
  var count: Int { slots.count }

  /// Adds a pair of the current document.
  @inline(__always)
  func add(_ first: PairWord, _ second: PairWord) {
    guard let slot = PairFrequencies.slot(first, second) else { return }
    let (word, bit) = (Int(slot &>> 6), UInt64(1) &<< UInt64(slot & 63))
    guard seen[word] & bit == 0 else { return }
    seen[word] |= bit
    slots.append(slot)
  }

  /// Adds the pairs of neighbours among some words of the current document.
  func addAll(_ words: borrowing GrowableBuffer<PairWord>) {
    guard words.count > 1 else { return }
    for index in 1..<words.count { add(words[index &- 1], words[index]) }
  }

  /// Ends the current document.
  func endDocument() {
    for index in documentStart..<slots.count { seen[Int(slots[index] &>> 6)] = 0 }
    documentStart = slots.count
  }

  /// Runs `body` on all slots so far and removes them.
  func takeAll(_ body: (UInt32) -> Void) {
    for index in 0..<slots.count { body(slots[index]) }
    slots.removeAll()
    documentStart = 0
  }

  // MARK: Writing

  /// Writes the table of some documents.
  static func write(_ parts: [PairSlots], to writer: inout SegmentWriter) throws(SearchError) {
    let total = parts.reduce(0) { $0 + $1.count }
    var table = try PairFrequenciesWriter(total: UInt64(total), to: &writer)
    if total <= sortedCount {
      try writeSorted(parts, &table, to: &writer)
    } else {
      try writeCounted(parts, &table, to: &writer)
    }
    try table.end(&writer)
  }

  private static func writeSorted(
    _ parts: [PairSlots], _ table: inout PairFrequenciesWriter, to writer: inout SegmentWriter
  ) throws(SearchError) {
    var all: [UInt32] = []
    for part in parts { for index in 0..<part.slots.count { all.append(part.slots[index]) } }
    all.sort()
    var start = 0
    while start < all.count {
      var end = start + 1
      while end < all.count, all[end] == all[start] { end += 1 }
      try table.add(Int(all[start]), UInt32(end - start), to: &writer)
      start = end
    }
  }

  private static func writeCounted(
    _ parts: [PairSlots], _ table: inout PairFrequenciesWriter, to writer: inout SegmentWriter
  ) throws(SearchError) {
    var counts = GrowableBuffer<UInt32>(capacity: 1 << sliceBits)
    counts.append(repeating: 0, count: 1 << sliceBits)
    for slice in 0..<1 << (PairFrequencies.slotBits - sliceBits) {
      for part in parts { count(part.slots, slice: slice, into: &counts) }
      for index in 0..<counts.count where counts[index] > 0 {
        try table.add(slice << sliceBits + index, counts[index], to: &writer)
      }
      counts.fill(0)
    }
  }

  private static func count(
    _ slots: borrowing GrowableBuffer<UInt32>, slice: Int, into counts: inout GrowableBuffer<UInt32>
  ) {
    let slots = slots.span
    var counts = counts.mutableSpan
    for index in slots.indices where Int(slots[index] &>> UInt32(sliceBits)) == slice {
      counts[Int(slots[index] & (1 &<< UInt32(sliceBits) &- 1))] &+= 1
    }
  }
}
