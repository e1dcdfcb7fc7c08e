/// The pairs of documents that a merge leaves out, counted by slot (`PairFrequencies`): two bytes a slot, as hardly a pair is in
/// more of them.
final class RemovedPairs {
  private let counts = SharedTable<UInt16>(count: 1 << PairFrequencies.slotBits)
  /// What the slots have beyond 65,535.
  private var overflow: [UInt32: UInt32] = [:]
  /// Sum of the numbers of all slots.
  private(set) var total: UInt64 = 0

  /// Adds the pairs of documents of a segment.
  ///
  /// - Throws: `SearchError.corrupt` for damaged posting lists.
  func add(_ documents: [UInt32], of segment: Segment) throws(SearchError) {
    guard !documents.isEmpty else { return }
    let slots = PairSlots()
    var words = DocumentWords(segment, of: documents)
    while try words.next() { words.forEachSlot(slots, count) }
  }

  private func count(_ slot: UInt32) {
    total += 1
    if counts[Int(slot)] < .max { counts[Int(slot)] += 1 } else { overflow[slot, default: 0] += 1 }
  }

  /// Returns the number of a slot.
  func frequency(of slot: UInt32) -> UInt32 {
    let low = counts[Int(slot)]
    return low < .max ? UInt32(low) : UInt32(low) + (overflow[slot] ?? 0)
  }
}
