/// Pairs of neighbouring words as the filters know them: by the keys of the lists that each word is found in.
enum PairHashes {
  /// Of more ways to write a pair the filters are not asked.
  private static let maximum = 16

  /// What stands for the keys of a word's lists, each once.
  static func ofKeys(_ lists: [Segment.SelectedList]) -> [UInt32] {
    var hashes: [UInt32] = []
    for list in lists {
      let address = list.address.bytes
      let end = address.dropFirst().firstIndex(of: 0) ?? address.count
      let hash = PairFilters.hash(ofKey: address.span.extracting(min(1, end)..<end))
      if !hashes.contains(hash) { hashes.append(hash) }
      // No pair of so many keys is asked for.
      if hashes.count > maximum { break }
    }
    return hashes
  }

  /// All ways in which a filter may know a pair of words, by what stands for their keys; none where there are too many.
  static func ofPair(_ first: [UInt32], _ second: [UInt32]) -> [UInt64] {
    guard first.count * second.count <= maximum else { return [] }
    return first.flatMap { own in second.map { PairFilters.hash(own, $0) } }
  }
}
