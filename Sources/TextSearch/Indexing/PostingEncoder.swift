/// Encodes the posting lists of some neighbouring terms; the parts of a segment are put together afterwards.
struct PostingEncoder: ~Copyable {
  /// A list, or the count of a key's documents, on its way into the dictionary.
  struct Encoded: BitwiseCopyable {
    var term: UInt32
    /// Counts the documents of the term's key, all spellings together.
    var isKey: Bool
    /// Its bytes among those of the inline lists.
    var inlineCount: UInt32
    var list: PostingList
  }

  var lists = PostingListWriter()
  private(set) var inline = ByteWriter()
  private(set) var encoded = GrowableBuffer<Encoded>(capacity: 64)
  private var runs = RunMerger()
  /// For counting the documents of a key: where each was seen last.
  private var lastSeen = GrowableBuffer<UInt32>(capacity: 1)
  private var mark: UInt32 = 0

  /// Encodes the terms of a range; a key's spellings are never parted.
  mutating func encode(_ terms: SegmentTerms, _ range: Range<Int>, _ sort: OccurrenceSort, _ lengths: [UInt8]) {
    var term = range.lowerBound
    while term < range.upperBound {
      let end = terms.endOfKey(term)
      if end - term > 1 {
        addKey(term, terms.runs(term).lowerBound..<terms.runs(end - 1).upperBound, sort, lengths.count)
      }
      while term < end {
        add(term, terms.runs(term), sort, lengths)
        term += 1
      }
    }
  }

  /// The entry that counts the documents of a key with several spellings.
  private mutating func addKey(_ term: Int, _ runs: Range<Int>, _ sort: OccurrenceSort, _ documents: Int) {
    let table = sort.occurrences
    let range = sort.range(runs)
    if lastSeen.isEmpty { lastSeen.append(repeating: 0, count: documents) }
    mark += 1
    let count = PostingEncoder.countDocuments(table.span(range), &lastSeen, mark)
    let list = lists.emptyList(documents: count, positions: UInt64(range.count))
    encoded.append(Encoded(term: UInt32(term), isKey: true, inlineCount: 0, list: list))
  }

  private static func countDocuments(
    _ occurrences: Span<UInt64>, _ lastSeen: inout GrowableBuffer<UInt32>, _ mark: UInt32
  ) -> Int {
    var documents = 0
    for index in occurrences.indices {
      let document = Int(occurrences[index] >> 32)
      if lastSeen[document] != mark {
        lastSeen[document] = mark
        documents += 1
      }
    }
    return documents
  }

  private mutating func add(_ term: Int, _ range: Range<Int>, _ sort: OccurrenceSort, _ lengths: [UInt8]) {
    let before = inline.count
    let list: PostingList
    if range.count == 1 {
      let table = sort.occurrences
      list = PostingEncoder.encode(table.span(sort.range(range)), lengths.span, &lists, &inline)
    } else {
      runs.merge(sort.occurrences, sort.starts, range)
      list = PostingEncoder.encode(runs.occurrences, lengths.span, &lists, &inline)
    }
    encoded.append(
      Encoded(term: UInt32(term), isKey: false, inlineCount: UInt32(inline.count - before), list: list))
  }

  private static func encode(
    _ occurrences: borrowing GrowableBuffer<UInt64>, _ lengths: Span<UInt8>, _ lists: inout PostingListWriter,
    _ inline: inout ByteWriter
  ) -> PostingList {
    encode(occurrences.span, lengths, &lists, &inline)
  }

  /// Encodes one list from its sorted occurrences.
  private static func encode(
    _ occurrences: Span<UInt64>, _ lengths: Span<UInt8>, _ lists: inout PostingListWriter, _ inline: inout ByteWriter
  ) -> PostingList {
    var documents = 0
    var last = UInt64.max
    for index in occurrences.indices {
      let document = occurrences[index] &>> 32
      documents &+= document != last ? 1 : 0
      last = document
    }
    lists.begin(documents: documents, positions: UInt64(occurrences.count))
    var start = 0
    while start < occurrences.count {
      let document = UInt32(occurrences[start] &>> 32)
      var end = start + 1
      while end < occurrences.count, UInt32(occurrences[end] &>> 32) == document { end &+= 1 }
      lists.add(document: document, frequency: UInt32(end - start), length: lengths[Int(document)])
      for index in start..<end { lists.add(position: UInt32(truncatingIfNeeded: occurrences[index])) }
      lists.endDocument()
      start = end
    }
    return lists.end(inline: &inline)
  }

  /// Gives the entries back once they are in the dictionary.
  mutating func releaseEntries() {
    inline = ByteWriter()
    encoded.reset(capacity: 1)
    lastSeen.reset(capacity: 1)
    runs = RunMerger()
  }
}

/// Merges the runs of a term into one in the order of documents and positions, and notes the run of each occurrence.
///
/// Neighbouring runs are merged two by two until one is left: log(runs) steps for each occurrence.
struct RunMerger: ~Copyable {
  private(set) var occurrences = GrowableBuffer<UInt64>(capacity: 64)
  /// The number of the run, counted from the term's first: which form stands there.
  private(set) var forms = GrowableBuffer<UInt16>(capacity: 64)
  private var otherOccurrences = GrowableBuffer<UInt64>(capacity: 64)
  private var otherForms = GrowableBuffer<UInt16>(capacity: 64)
  private var ends: [Int] = []

  /// Merges some runs of the sorted table; `starts` tells where each begins, and the last ends.
  mutating func merge(
    _ table: SharedTable<UInt64>, _ starts: borrowing GrowableBuffer<UInt32>, _ runs: Range<Int>
  ) {
    occurrences.removeAll()
    forms.removeAll()
    ends.removeAll(keepingCapacity: true)
    for (number, run) in runs.enumerated() {
      occurrences.append(table.span(Int(starts[run])..<Int(starts[run + 1])))
      forms.append(repeating: UInt16(truncatingIfNeeded: number), count: occurrences.count - (ends.last ?? 0))
      ends.append(occurrences.count)
    }
    while ends.count > 1 { mergePairs() }
  }

  private mutating func mergePairs() {
    otherOccurrences.removeAll()
    otherForms.removeAll()
    var start = 0
    var merged: [Int] = []
    for pair in stride(from: 0, to: ends.count, by: 2) {
      let middle = ends[pair]
      let end = pair + 1 < ends.count ? ends[pair + 1] : middle
      RunMerger.merge(occurrences, forms, start, middle, end, &otherOccurrences, &otherForms)
      merged.append(end)
      start = end
    }
    ends = merged
    swap(&occurrences, &otherOccurrences)
    swap(&forms, &otherForms)
  }

  /// Appends the stretches `start..<middle` and `middle..<end` as one.
  private static func merge(
    _ all: borrowing GrowableBuffer<UInt64>, _ allForms: borrowing GrowableBuffer<UInt16>, _ start: Int,
    _ middle: Int, _ end: Int, _ merged: inout GrowableBuffer<UInt64>, _ mergedForms: inout GrowableBuffer<UInt16>
  ) {
    let occurrences = all.span
    let forms = allForms.span
    merged.reserve(end - start)
    mergedForms.reserve(end - start)
    var (left, right) = (start, middle)
    while left < middle || right < end {
      let takesLeft = right >= end || (left < middle && occurrences[left] < occurrences[right])
      let index = takesLeft ? left : right
      merged.append(occurrences[index])
      mergedForms.append(forms[index])
      left &+= takesLeft ? 1 : 0
      right &+= takesLeft ? 0 : 1
    }
  }
}
