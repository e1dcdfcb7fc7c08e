/// The slots of the adjacent pairs of documents (`PairFrequencies`), each once for a document.
final class PairSlots {
  /// Slots that are counted at a time: their counters fit in a core's cache.
  private static let sliceBits = 17
  private static let slices = 1 << (PairFrequencies.slotBits - sliceBits)
  /// Slots of a run.
  private static let runLength = 1 << 16
  /// So few slots are sorted instead.
  private static let sortedCount = 1 << 17

  /// Slots in the order of their slices.
  private final class Run {
    let slots: GrowableBuffer<UInt32>
    /// Index of the first slot of each slice, then the number of slots.
    let starts: GrowableBuffer<UInt32>

    /// Sorts some slots by slice.
    init(_ unsorted: borrowing GrowableBuffer<UInt32>) {
      var starts = GrowableBuffer<UInt32>(capacity: slices + 1)
      starts.append(repeating: 0, count: slices + 1)
      var slots = GrowableBuffer<UInt32>(capacity: unsorted.count)
      slots.append(repeating: 0, count: unsorted.count)
      Run.sort(unsorted.span, into: &slots, &starts)
      self.slots = slots
      self.starts = starts
    }

    /// A counting sort.
    private static func sort(
      _ unsorted: Span<UInt32>, into slots: inout GrowableBuffer<UInt32>, _ starts: inout GrowableBuffer<UInt32>
    ) {
      var slots = slots.mutableSpan
      var starts = starts.mutableSpan
      for index in unsorted.indices { starts[slice(unsorted[index])] &+= 1 }
      var end: UInt32 = 0
      for slice in 0..<PairSlots.slices {
        end &+= starts[slice]
        starts[slice] = end
      }
      starts[PairSlots.slices] = end
      // From the end of each slice to its start.
      for index in unsorted.indices {
        let slot = unsorted[index]
        let target = starts[slice(slot)] &- 1
        slots[Int(target)] = slot
        starts[slice(slot)] = target
      }
    }

    /// Adds the slots of a slice to the counters of its slots.
    func count(_ slice: Int, into counts: inout GrowableBuffer<UInt32>) {
      Run.count(Int(starts[slice])..<Int(starts[slice + 1]), of: slots, into: &counts)
    }

    private static func count(
      _ range: Range<Int>, of slots: borrowing GrowableBuffer<UInt32>, into counts: inout GrowableBuffer<UInt32>
    ) {
      let slots = slots.span
      var counts = counts.mutableSpan
      for index in range { counts[Int(slots[index] & (1 &<< UInt32(sliceBits) &- 1))] &+= 1 }
    }
  }

  /// Slots of the current document, some of them several times.
  private var current = GrowableBuffer<UInt32>(capacity: 256)
  private var distinct = DistinctSlots()
  /// Slots that are in no run yet.
  private var gathered = GrowableBuffer<UInt32>(capacity: 256)
  private var runs: [Run] = []

  /// Number of slots of all documents.
  var count: Int { runs.reduce(gathered.count) { $0 + $1.slots.count } }

  private static func slice(_ slot: UInt32) -> Int { Int(slot &>> UInt32(sliceBits)) }

  /// Adds a pair of the current document.
  func add(_ first: PairWord, _ second: PairWord) {
    if PairFrequencies.isPair(first, second) { current.append(PairFrequencies.slot(first, second)) }
  }

  /// Adds the pairs of neighbours among some words of the current document.
  func addAll(_ words: Span<PairWord>) { PairSlots.append(words, to: &current) }

  private static func append(_ words: Span<PairWord>, to slots: inout GrowableBuffer<UInt32>) {
    guard words.count > 1 else { return }
    var end = slots.count
    slots.append(repeating: 0, count: words.count &- 1)
    var all = slots.mutableSpan
    for index in 1..<words.count {
      // Words that are no pair are overwritten: every other pair of words is none, which no branch could predict.
      let (first, second) = (words[index &- 1], words[index])
      all[end] = PairFrequencies.slot(first, second)
      end &+= PairFrequencies.isPair(first, second) ? 1 : 0
    }
    slots.truncate(to: end)
  }

  /// Ends the current document.
  func endDocument() {
    distinct.append(current.span, to: &gathered)
    current.removeAll()
    if gathered.count >= PairSlots.runLength { endRun() }
  }

  private func endRun() {
    guard !gathered.isEmpty else { return }
    runs.append(Run(gathered))
    gathered.removeAll()
  }

  /// Runs `body` on all slots so far, in any order, and removes them.
  func takeAll(_ body: (UInt32) -> Void) {
    for run in runs { PairSlots.forEach(run.slots, body) }
    runs = []
    PairSlots.forEach(gathered, body)
    gathered.removeAll()
  }

  private static func forEach(_ slots: borrowing GrowableBuffer<UInt32>, _ body: (UInt32) -> Void) {
    for index in 0..<slots.count { body(slots[index]) }
  }

  // MARK: Writing

  /// Writes the table of some documents. The slots are not kept.
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
    for part in parts { part.takeAll { all.append($0) } }
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
    for part in parts { part.endRun() }
    var counts = GrowableBuffer<UInt32>(capacity: 1 << sliceBits)
    for slice in 0..<slices {
      counts.set(repeating: 0, count: 1 << sliceBits)
      for part in parts { for run in part.runs { run.count(slice, into: &counts) } }
      for index in 0..<counts.count where counts[index] > 0 {
        try table.add(slice << sliceBits + index, counts[index], to: &writer)
      }
    }
  }
}

/// Finds the distinct slots of a document.
private struct DistinctSlots: ~Copyable {
  /// Maximum entries of the hash table: with a bit for each of all slots, a larger one is not needed.
  private static let maximumEntries = 1 << (PairFrequencies.slotBits - 5)

  /// A hash table with linear probing, at most half full: slots plus one, 0 in empty entries. For documents of very many
  /// pairs a bit for each slot. All zero between documents.
  private var table = GrowableBuffer<UInt32>(capacity: 64)

  /// Appends each of some slots once.
  mutating func append(_ slots: Span<UInt32>, to distinct: inout GrowableBuffer<UInt32>) {
    guard slots.count > 0 else { return }
    let bits = Int.bitWidth - (2 * slots.count - 1).leadingZeroBitCount
    let entries = min(1 << bits, DistinctSlots.maximumEntries)
    if table.count < entries { table.append(repeating: 0, count: entries - table.count) }
    distinct.reserve(slots.count)
    if entries < DistinctSlots.maximumEntries {
      DistinctSlots.appendHashed(slots, &table, mask: entries - 1, to: &distinct)
    } else {
      DistinctSlots.appendMarked(slots, &table, to: &distinct)
    }
    var table = table.mutableSpan
    for entry in 0..<entries { table[entry] = 0 }
  }

  private static func appendHashed(
    _ slots: Span<UInt32>, _ table: inout GrowableBuffer<UInt32>, mask: Int, to distinct: inout GrowableBuffer<UInt32>
  ) {
    var table = table.mutableSpan
    for index in slots.indices {
      let own = slots[index] &+ 1
      // Slots are hashes already.
      var entry = Int(own) & mask
      while table[entry] != 0, table[entry] != own { entry = (entry &+ 1) & mask }
      guard table[entry] == 0 else { continue }
      table[entry] = own
      distinct.append(slots[index])
    }
  }

  private static func appendMarked(
    _ slots: Span<UInt32>, _ table: inout GrowableBuffer<UInt32>, to distinct: inout GrowableBuffer<UInt32>
  ) {
    var table = table.mutableSpan
    for index in slots.indices {
      let (entry, bit) = (Int(slots[index] &>> 5), UInt32(1) &<< (slots[index] & 31))
      guard table[entry] & bit == 0 else { continue }
      table[entry] |= bit
      distinct.append(slots[index])
    }
  }
}
