/// The documents of some batches in the order of their keys; of documents with one key the last stays.
final class DocumentOrder: Sendable {
  /// Where a document is.
  struct Place: BitwiseCopyable {
    var batch: UInt32
    var index: UInt32

    func precedes(_ other: Place) -> Bool { batch != other.batch ? batch < other.batch : index < other.index }
  }

  let places: [Place]
  /// Keys of documents that a later one replaces.
  let replacedKeys: [[UInt8]]
  /// Documents that do not stay without being replaced.
  let deletedCount: Int

  /// A document on its way to its place: its key as words whose order is that of the bytes.
  private struct Candidate: BitwiseCopyable {
    var start: UInt64
    var place: Place
    var bytes: UInt32
  }

  /// - Parameter deletions: documents with a key before a place do not stay.
  init(_ batches: [DocumentBatch], _ deletions: [[UInt8]: Place] = [:]) {
    var candidates: [Candidate] = []
    candidates.reserveCapacity(batches.reduce(0) { $0 + $1.entries.count })
    var words = GrowableBuffer<UInt64>(capacity: 1 << 10)
    for (number, batch) in batches.enumerated() {
      for index in 0..<batch.entries.count {
        let entry = batch.entries[index]
        let place = Place(batch: UInt32(number), index: UInt32(index))
        candidates.append(Candidate(start: UInt64(words.count), place: place, bytes: entry.keyCount))
        DocumentOrder.append(batch.keys, entry, to: &words)
      }
    }
    candidates.sort { a, b in
      let order = DocumentOrder.compare(words, a, b)
      if order != 0 { return order < 0 }
      return a.place.precedes(b.place)
    }
    var deleted = 0
    var places: [Place] = []
    places.reserveCapacity(candidates.count)
    var replaced: [[UInt8]] = []
    for (index, candidate) in candidates.enumerated() {
      let place = candidate.place
      if index + 1 < candidates.count, DocumentOrder.compare(words, candidates[index + 1], candidate) == 0 {
        replaced.append(batches[Int(place.batch)].key(Int(place.index)))
      } else if !deletions.isEmpty, let end = deletions[batches[Int(place.batch)].key(Int(place.index))],
        place.precedes(end)
      {
        deleted += 1
      } else {
        places.append(place)
      }
    }
    self.places = places
    deletedCount = deleted
    replacedKeys = replaced
  }

  /// Appends the bytes of a key, the first in the highest place, with zeroes behind the last.
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

  /// Where the words are the same the longer key ends with zero bytes, and comes second.
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
  /// Contiguous stretches with about equally many tokens, one for each job; fewer where there are fewer documents.
  func ranges(_ count: Int, _ batches: [DocumentBatch]) -> [Range<Int>] {
    let total = places.reduce(0) { $0 + batches[Int($1.batch)].entries[Int($1.index)].length }
    var ranges: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for (number, place) in places.enumerated() {
      tokens += batches[Int(place.batch)].entries[Int(place.index)].length
      if tokens >= (ranges.count + 1) * total / count, ranges.count < count - 1 {
        ranges.append(start..<number + 1)
        start = number + 1
      }
    }
    if start < places.count || ranges.isEmpty { ranges.append(start..<places.count) }
    return ranges
  }
}
