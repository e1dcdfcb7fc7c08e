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

  var lists: PostingListWriter
  /// The French forms of the terms.
  private(set) var lexicon: [LexiconEntry] = []
  private let keepsForms: Bool
  private(set) var inline = ByteWriter()
  private(set) var encoded = GrowableBuffer<Encoded>(capacity: 64)
  private var runs = RunMerger()
  /// For counting the documents of a key: where each was seen last.
  private var lastSeen = GrowableBuffer<UInt32>(capacity: 1)
  private var mark: UInt32 = 0

  init(documents: Int, keepsForms: Bool) {
    lists = PostingListWriter(documents: documents)
    self.keepsForms = keepsForms
  }

  /// Encodes the terms of a range; a key's spellings are never parted.
  mutating func encode(_ terms: SegmentTerms, _ range: Range<Int>, _ sort: OccurrenceSort, _ lengths: [UInt8]) {
    var term = range.lowerBound
    while term < range.upperBound {
      let end = terms.endOfKey(term)
      if end - term > 1 {
        addKey(term, terms.runs(term).lowerBound..<terms.runs(end - 1).upperBound, sort, lengths.count)
      }
      while term < end {
        add(term, terms, sort, lengths)
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

  private mutating func add(
    _ term: Int, _ terms: SegmentTerms, _ sort: OccurrenceSort, _ lengths: [UInt8]
  ) {
    let before = inline.count
    let range = terms.runs(term)
    let forms = keepsForms ? terms.forms(term) : []
    if range.count == 1 {
      let table = sort.occurrences
      PostingEncoder.encode(
        table.span(sort.range(range)), lengths.span, formCount: forms.count, runs: nil, &lists)
    } else {
      runs.merge(sort.occurrences, sort.starts, range)
      PostingEncoder.encode(runs, lengths.span, formCount: forms.count, &lists)
    }
    let (list, counts) = lists.end(
      inline: &inline, forms: forms.map(\.form), key: forms.isEmpty ? [] : terms.key(term))
    for (form, documents) in zip(forms, counts) {
      lexicon.append(LexiconEntry(folded: form.folded, form: form.form, documents: UInt64(documents)))
    }
    encoded.append(
      Encoded(term: UInt32(term), isKey: false, inlineCount: UInt32(inline.count - before), list: list))
  }

  private static func encode(
    _ runs: borrowing RunMerger, _ lengths: Span<UInt8>, formCount: Int, _ lists: inout PostingListWriter
  ) {
    encode(runs.occurrences.span, lengths, formCount: formCount, runs: runs.forms.span, &lists)
  }

  /// Encodes one list from its sorted occurrences.
  ///
  /// - Parameters:
  ///   - formCount: forms of the key; 0 where they are not kept.
  ///   - runs: the form of each occurrence, where there are several.
  private static func encode(
    _ occurrences: Span<UInt64>, _ lengths: Span<UInt8>, formCount: Int, runs: Span<UInt32>?,
    _ lists: inout PostingListWriter
  ) {
    lists.begin(
      documents: countDocuments(occurrences), positions: UInt64(occurrences.count), forms: formCount)
    var start = 0
    while start < occurrences.count {
      let document = UInt32(occurrences[start] &>> 32)
      var end = start + 1
      while end < occurrences.count, UInt32(occurrences[end] &>> 32) == document { end &+= 1 }
      lists.add(document: document, frequency: UInt32(end - start), length: lengths[Int(document)])
      for index in start..<end { lists.add(position: UInt32(truncatingIfNeeded: occurrences[index])) }
      if formCount > 1, let runs { addForms(runs.extracting(start..<end), &lists) }
      lists.endDocument()
      start = end
    }
  }

  private static func countDocuments(_ occurrences: Span<UInt64>) -> Int {
    var documents = 0
    var last = UInt64.max
    for index in occurrences.indices {
      let document = occurrences[index] &>> 32
      documents &+= document != last ? 1 : 0
      last = document
    }
    return documents
  }

  /// The forms of a document, each once, ascending.
  private static func addForms(_ runs: Span<UInt32>, _ lists: inout PostingListWriter) {
    var mask: UInt64 = 0
    for index in runs.indices {
      guard runs[index] < 64 else { return addManyForms(runs, &lists) }
      mask |= 1 &<< UInt64(runs[index])
    }
    while mask != 0 {
      lists.add(form: UInt32(mask.trailingZeroBitCount))
      mask &= mask &- 1
    }
  }

  private static func addManyForms(_ runs: Span<UInt32>, _ lists: inout PostingListWriter) {
    var forms: Set<UInt32> = []
    for index in runs.indices { forms.insert(runs[index]) }
    for form in forms.sorted() { lists.add(form: UInt32(form)) }
  }

  /// Gives the entries back once they are in the dictionary.
  mutating func releaseEntries() {
    inline = ByteWriter()
    encoded.reset(capacity: 1)
    lexicon = []
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
  private(set) var forms = GrowableBuffer<UInt32>(capacity: 64)
  private var otherOccurrences = GrowableBuffer<UInt64>(capacity: 64)
  private var otherForms = GrowableBuffer<UInt32>(capacity: 64)
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
      forms.append(repeating: UInt32(truncatingIfNeeded: number), count: occurrences.count - (ends.last ?? 0))
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
    _ all: borrowing GrowableBuffer<UInt64>, _ allForms: borrowing GrowableBuffer<UInt32>, _ start: Int,
    _ middle: Int, _ end: Int, _ merged: inout GrowableBuffer<UInt64>, _ mergedForms: inout GrowableBuffer<UInt32>
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
