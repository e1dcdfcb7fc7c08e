/// Encodes the posting lists of a range of terms: a part of a segment. `PostingSectionsBuilder` concatenates the parts.
struct PostingEncoder: ~Copyable {
  /// An entry to be added to the dictionary.
  struct Encoded: BitwiseCopyable {
    var term: UInt32
    /// Whether this is the df-only entry of the term's key, for all spellings together.
    var isKey: Bool
    /// Number of its bytes in `inline`, where those of all entries follow each other.
    var inlineCount: UInt32
    var list: PostingList
  }

  var lists: PostingListWriter
  /// The French forms of the terms encoded.
  private(set) var lexicon: [LexiconEntry] = []
  private let keepsForms: Bool
  /// The terms as parts of pairs; nil if the index does not keep these.
  private let pairs: SegmentPairs?
  /// Bytes of the inline lists.
  private(set) var inline = ByteWriter()
  private(set) var encoded = GrowableBuffer<Encoded>(capacity: 64)
  private var merger = FormRangeMerger()
  private var encoder = ListEncoder()
  /// Stamp of the key that each document was last counted for.
  private var lastSeen = GrowableBuffer<UInt32>(capacity: 1)
  /// Stamp of the current key.
  private var stamp: UInt32 = 0

  /// Creates an encoder for a segment of `documents` documents.
  init(documents: Int, keepsForms: Bool, pairs: SegmentPairs?) {
    lists = PostingListWriter(documents: documents)
    self.keepsForms = keepsForms
    self.pairs = pairs
  }

  /// Encodes the terms of a range, which must not divide the spellings of a key.
  ///
  /// - Parameters:
  ///   - sort: the sorted occurrences.
  ///   - lengths: the length code of each document.
  mutating func encode(_ range: Range<Int>, of terms: SegmentTerms, _ sort: OccurrenceSort, lengths: [UInt8]) {
    var term = range.lowerBound
    while term < range.upperBound {
      let end = terms.endOfKey(term)
      if end - term > 1 {
        let formRanges = terms.formRanges(of: term).lowerBound..<terms.formRanges(of: end - 1).upperBound
        addKey(term, formRanges, sort, documents: lengths.count)
      }
      while term < end {
        add(term, of: terms, sort, lengths: lengths)
        term += 1
      }
    }
  }

  /// Adds the df-only entry of a key with several spellings, the first of which is `term`.
  private mutating func addKey(_ term: Int, _ formRanges: Range<Int>, _ sort: OccurrenceSort, documents: Int) {
    let table = sort.occurrences
    let range = sort.range(of: formRanges)
    if lastSeen.isEmpty { lastSeen.append(repeating: 0, count: documents) }
    stamp += 1
    let count = PostingEncoder.countDocuments(table.span(range), &lastSeen, stamp)
    let list = lists.emptyList(documents: count, positions: UInt64(range.count))
    encoded.append(Encoded(term: UInt32(term), isKey: true, inlineCount: 0, list: list))
  }

  /// Returns the number of distinct documents of occurrences in any order, and stamps those documents.
  private static func countDocuments(
    _ occurrences: Span<TermOccurrence>, _ lastSeen: inout GrowableBuffer<UInt32>, _ stamp: UInt32
  ) -> Int {
    var documents = 0
    for index in occurrences.indices {
      let document = Int(occurrences[index].document)
      if lastSeen[document] != stamp {
        lastSeen[document] = stamp
        documents += 1
      }
    }
    return documents
  }

  /// Encodes the list of a term and adds its entry.
  private mutating func add(
    _ term: Int, of terms: SegmentTerms, _ sort: OccurrenceSort, lengths: [UInt8]
  ) {
    let before = inline.count
    let formRanges = terms.formRanges(of: term)
    let forms = keepsForms ? terms.forms(term) : []
    let keepsNeighbours = pairs.map { !$0.isFrequent(formRanges.lowerBound) } ?? false
    if formRanges.count == 1 {
      let table = sort.occurrences
      encoder.encode(
        table.span(sort.range(of: formRanges)), lengths.span, formCount: forms.count, forms: nil,
        keepsNeighbours: keepsNeighbours, into: &lists)
    } else {
      merger.merge(sort.occurrences, sort.starts, formRanges)
      encoder.encode(merger, lengths.span, formCount: forms.count, keepsNeighbours: keepsNeighbours, into: &lists)
    }
    let (list, counts) = lists.end(
      inline: &inline, forms: forms.map(\.form), key: forms.isEmpty ? [] : terms.key(term))
    for (form, documents) in zip(forms, counts) {
      lexicon.append(LexiconEntry(folded: form.folded, form: form.form, documents: UInt64(documents)))
    }
    encoded.append(
      Encoded(term: UInt32(term), isKey: false, inlineCount: UInt32(inline.count - before), list: list))
  }
}

/// Merges the form ranges of a term into one in the order of documents and positions, with the form of each occurrence.
///
/// Neighbouring ranges are merged two by two until one is left.
///
/// - Complexity: O(n log r) for n occurrences in r form ranges.
struct FormRangeMerger: ~Copyable {
  /// The merged occurrences.
  private(set) var occurrences = GrowableBuffer<TermOccurrence>(capacity: 64)
  /// The form of each merged occurrence: its form range, numbered from the first of the term.
  private(set) var forms = GrowableBuffer<UInt32>(capacity: 64)
  /// Target of a merge step, then swapped with the source.
  private var otherOccurrences = GrowableBuffer<TermOccurrence>(capacity: 64)
  private var otherForms = GrowableBuffer<UInt32>(capacity: 64)
  /// End of each range that is not merged yet.
  private var ends: [Int] = []

  /// Merges consecutive form ranges of the sorted occurrences.
  ///
  /// - Parameters:
  ///   - table: the sorted occurrences.
  ///   - starts: index of the first occurrence of each form range, then the number of all occurrences.
  mutating func merge(
    _ table: SharedTable<TermOccurrence>, _ starts: borrowing GrowableBuffer<UInt32>, _ formRanges: Range<Int>
  ) {
    occurrences.removeAll()
    forms.removeAll()
    ends.removeAll(keepingCapacity: true)
    for (number, formRange) in formRanges.enumerated() {
      occurrences.append(table.span(Int(starts[formRange])..<Int(starts[formRange + 1])))
      forms.append(repeating: UInt32(truncatingIfNeeded: number), count: occurrences.count - (ends.last ?? 0))
      ends.append(occurrences.count)
    }
    while ends.count > 1 { mergeNeighbours() }
  }

  /// Merges each range of even index with the next one.
  private mutating func mergeNeighbours() {
    otherOccurrences.removeAll()
    otherForms.removeAll()
    var start = 0
    var merged: [Int] = []
    for range in stride(from: 0, to: ends.count, by: 2) {
      let middle = ends[range]
      let end = range + 1 < ends.count ? ends[range + 1] : middle
      FormRangeMerger.merge(
        occurrences, forms, start: start, middle: middle, end: end, into: &otherOccurrences, &otherForms)
      merged.append(end)
      start = end
    }
    ends = merged
    swap(&occurrences, &otherOccurrences)
    swap(&forms, &otherForms)
  }

  /// Appends the sorted ranges `start..<middle` and `middle..<end` as one.
  private static func merge(
    _ all: borrowing GrowableBuffer<TermOccurrence>, _ allForms: borrowing GrowableBuffer<UInt32>, start: Int,
    middle: Int, end: Int, into merged: inout GrowableBuffer<TermOccurrence>,
    _ mergedForms: inout GrowableBuffer<UInt32>
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
