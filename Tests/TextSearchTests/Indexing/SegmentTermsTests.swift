import TestSupport
import Testing

@testable import TextSearch

/// Terms and occurrences of several workers, against plain dictionaries.
@Suite struct SegmentTermsTests {
  /// The occurrences of a form at an address.
  private struct RunModel: Hashable {
    var address: [UInt8]
    var form: [UInt8]
  }

  /// What the sort must return, from the tokens one by one.
  private func model(_ documents: [Document], _ options: IndexOptions) -> [RunModel: [UInt64]] {
    var runs: [RunModel: [UInt64]] = [:]
    var analyzer = Analyzer(options.analyzer)
    var tokens = TokenBuffer()
    for (number, document) in documents.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }).enumerated()
    {
      var position: UInt64 = 0
      for field in document.fields {
        let text = field.text
        analyzer.analyze(text.utf8.span, into: &tokens)
        for token in 0..<tokens.count {
          let address = analyzer.address(of: token, in: tokens)
          let form = address.language == .french ? analyzer.forms.form(tokens.form(token)) : []
          runs[RunModel(address: address.bytes, form: form), default: []].append(UInt64(number) << 32 | position)
          position += 1
        }
        position += UInt64(DocumentBatch.fieldGap)
      }
    }
    return runs
  }

  @Test(arguments: [UInt64(551), 552], 1...3)
  func everyFormHasItsRun(seed: UInt64, workers: Int) throws {
    var random = SeededRandom(seed: seed)
    let documents = RandomDocuments.make(120, &random).shuffled(using: &random)
    let options = IndexOptions()
    let analyzing = (0..<workers).map { _ in IndexingWorker(options) }
    var batches: [DocumentBatch] = []
    for start in stride(from: 0, to: documents.count, by: 9) {
      let batch = DocumentBatch()
      for document in documents[start..<min(documents.count, start + 9)] { batch.add(document, textBytes: 1) }
      let worker = random.integer(0...workers - 1)
      analyzing[worker].analyze(batch, as: worker)
      batches.append(batch)
    }
    let pool = WorkerPool(workers: workers)
    let times = JobTimes(workers: workers)
    let sort = OccurrenceSort(batches, DocumentOrder(batches), analyzing, partitions: workers)
    sort.count(pool, times)
    let terms = sort.sortTerms(pool, times)
    sort.sort(terms, pairs: nil, pool, times)

    let expected = model(documents, options)
    var found: [RunModel: [UInt64]] = [:]
    var previous: [UInt8] = []
    for term in 0..<terms.count {
      let address = terms.address(term)
      #expect(previous.lexicographicallyPrecedes(address))
      previous = address
      let forms = terms.forms(term).map(\.form)
      #expect(forms == forms.sorted { $0.lexicographicallyPrecedes($1) } && Set(forms).count == forms.count)
      #expect(forms.count == (address[0] == Language.french.rawValue ? terms.formRanges(of: term).count : 0))
      for (number, formRange) in terms.formRanges(of: term).enumerated() {
        let form = forms.isEmpty ? [] : forms[number]
        let occurrences = sort.range(of: formRange..<formRange + 1).map { sort.occurrences[$0] }
          .map { UInt64($0.document) << 32 | UInt64($0.position) }
        found[RunModel(address: address, form: form)] = occurrences
      }
    }
    #expect(found == expected, "seed \(seed), \(workers) workers")
  }

  @Test(arguments: [UInt64(561), 562, 563])
  func mergedRunsAreTheSortedOccurrences(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for count in 1...9 {
      var starts = GrowableBuffer<UInt32>()
      var all: [TermOccurrence] = []
      var tagged: [(occurrence: TermOccurrence, form: UInt32)] = []
      var unused = Set<Int>()
      while unused.count < 300 { unused.insert(random.integer(0...40) << 16 | random.integer(0...500)) }
      for run in 0..<count {
        starts.append(UInt32(all.count))
        let own = (0..<random.integer(1...30)).compactMap { _ in unused.popFirst() }.map {
          TermOccurrence(document: $0 >> 16, position: UInt32($0 & 0xFFFF), neighbours: UInt8(truncatingIfNeeded: $0))
        }.sorted()
        all += own
        tagged += own.map { ($0, UInt32(run)) }
      }
      starts.append(UInt32(all.count))
      let table = SharedTable<TermOccurrence>(count: all.count)
      for (index, value) in all.enumerated() { table[index] = value }
      var merger = FormRangeMerger()
      for _ in 0..<2 { merger.merge(table, starts, 0..<count) }
      let sorted = tagged.sorted { $0.occurrence < $1.occurrence }
      #expect((0..<merger.occurrences.count).map { merger.occurrences[$0] } == sorted.map(\.occurrence), "seed \(seed)")
      #expect((0..<merger.forms.count).map { merger.forms[$0] } == sorted.map(\.form), "seed \(seed)")
    }
  }
}
