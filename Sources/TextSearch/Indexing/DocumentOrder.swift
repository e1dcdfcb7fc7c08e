/// The documents of the batches of a segment in the order of their keys, which is that of their numbers. Of documents
/// with equal keys only the last is kept.
final class DocumentOrder: Sendable {
  /// A document by its batch and its index in the batch. Addresses ascend in the order of adding.
  struct Address: BitwiseCopyable {
    var batch: UInt32
    var index: UInt32

    /// Whether the document was added before another.
    func precedes(_ other: Address) -> Bool { batch != other.batch ? batch < other.batch : index < other.index }
  }

  /// Addresses of the documents of the segment, by document number.
  let addresses: [Address]
  /// Keys of the documents that a later one replaces.
  let replacedKeys: [[UInt8]]
  /// Number of documents that were deleted, without those that were replaced.
  let deletedCount: Int

  /// A document to be sorted: its key as big-endian words, whose order is that of the bytes.
  private struct Candidate: BitwiseCopyable {
    /// Index of the first word.
    var start: UInt64
    var address: Address
    /// Length of the key.
    var bytes: UInt32
  }

  /// Sorts the documents of some batches.
  ///
  /// - Parameter deletions: for each deleted key an address; documents with the key before the address are not kept.
  init(_ batches: [DocumentBatch], _ deletions: [[UInt8]: Address] = [:]) {
    var candidates: [Candidate] = []
    candidates.reserveCapacity(batches.reduce(0) { $0 + $1.contents.entries.count })
    var words = GrowableBuffer<UInt64>(capacity: 1 << 10)
    for (number, batch) in batches.enumerated() {
      for index in 0..<batch.contents.entries.count {
        let entry = batch.contents.entries[index]
        let address = Address(batch: UInt32(number), index: UInt32(index))
        candidates.append(Candidate(start: UInt64(words.count), address: address, bytes: entry.keyCount))
        DocumentOrder.append(batch.keys, entry, to: &words)
      }
    }
    candidates.sort { a, b in
      let order = DocumentOrder.compare(words, a, b)
      if order != 0 { return order < 0 }
      return a.address.precedes(b.address)
    }
    var deleted = 0
    var addresses: [Address] = []
    addresses.reserveCapacity(candidates.count)
    var replaced: [[UInt8]] = []
    for (index, candidate) in candidates.enumerated() {
      let address = candidate.address
      if index + 1 < candidates.count, DocumentOrder.compare(words, candidates[index + 1], candidate) == 0 {
        replaced.append(batches[Int(address.batch)].key(Int(address.index)))
      } else if !deletions.isEmpty, let end = deletions[batches[Int(address.batch)].key(Int(address.index))],
        address.precedes(end)
      {
        deleted += 1
      } else {
        addresses.append(address)
      }
    }
    self.addresses = addresses
    deletedCount = deleted
    replacedKeys = replaced
  }

  /// Appends the bytes of a key as big-endian words, the last one padded with zeroes.
  private static func append(
    _ keys: borrowing GrowableBuffer<UInt8>, _ entry: DocumentBatch.Entry, to words: inout GrowableBuffer<UInt64>
  ) {
    let bytes = keys.span
    let (start, end) = (Int(entry.key), Int(entry.key + entry.keyCount))
    for first in stride(from: start, to: end, by: 8) {
      var word: UInt64 = 0
      for index in first..<first + 8 { word = word &<< 8 | (index < end ? UInt64(bytes[index]) : 0) }
      words.append(word)
    }
  }

  /// Compares two keys in byte order. Of keys with equal words the longer one ends with zero bytes: it comes second.
  @inline(__always)
  private static func compare(_ words: borrowing GrowableBuffer<UInt64>, _ a: Candidate, _ b: Candidate) -> Int {
    for index in 0..<Int((min(a.bytes, b.bytes) &+ 7) &>> 3) {
      let (x, y) = (words[Int(a.start) &+ index], words[Int(b.start) &+ index])
      if x != y { return x < y ? -1 : 1 }
    }
    return Int(a.bytes) - Int(b.bytes)
  }
}

extension DocumentOrder {
  /// Partitions the documents into contiguous ranges with about equally many tokens.
  ///
  /// - Returns: at most `count` ranges of document numbers, and at least one, which may be empty.
  func partitions(_ count: Int, of batches: [DocumentBatch]) -> [Range<Int>] {
    let total = addresses.reduce(0) { $0 + batches[Int($1.batch)].contents.entries[Int($1.index)].length }
    var ranges: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for (number, address) in addresses.enumerated() {
      tokens += batches[Int(address.batch)].contents.entries[Int(address.index)].length
      if tokens >= (ranges.count + 1) * total / count, ranges.count < count - 1 {
        ranges.append(start..<number + 1)
        start = number + 1
      }
    }
    if start < addresses.count || ranges.isEmpty { ranges.append(start..<addresses.count) }
    return ranges
  }
}
