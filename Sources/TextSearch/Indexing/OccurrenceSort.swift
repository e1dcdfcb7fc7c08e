/// Sorts the occurrences of a segment by form range: a counting sort over partitions of the documents.
///
/// Each partition has its own counts, so that threads can sort them in parallel. A form range is divided among the
/// partitions in their order; so its documents and positions ascend, whatever the number of partitions.
final class OccurrenceSort: @unchecked Sendable {
  // Safe because: the jobs of one stage change their own partition and read what earlier stages have made; the lock of
  // the pool orders the stages.

  /// A range of documents with its counters.
  private final class Partition: @unchecked Sendable {
    // Safe because: one job of each stage changes it, as above.
    let documents: Range<Int>
    /// Number of occurrences of each code in these documents.
    var counts = GrowableBuffer<UInt32>(capacity: 1)
    /// For each form range where its occurrences in these documents are written.
    var targets = GrowableBuffer<OccurrenceWriter.Target>(capacity: 1)
    /// Where the pairs of its documents are counted; nil if the index does not keep them.
    var slots: PairSlots?

    init(_ documents: Range<Int>) { self.documents = documents }

    /// Returns the targets, which are not kept.
    func takeTargets() -> GrowableBuffer<OccurrenceWriter.Target> {
      var taken = GrowableBuffer<OccurrenceWriter.Target>(capacity: 0)
      swap(&taken, &targets)
      return taken
    }
  }

  private let batches: [DocumentBatch]
  private let order: DocumentOrder
  private let workers: [IndexingWorker]
  /// Index of the first code of each worker, then the number of all codes.
  private let firstCodes: [Int]
  private let partitions: [Partition]
  /// Number of occurrences of each code in all partitions.
  private var totals = GrowableBuffer<UInt32>(capacity: 1)
  private var workerTerms: [WorkerTerms?]
  /// Index of the first occurrence of each form range, then the number of all occurrences; `SegmentBudget` keeps that
  /// below 2^32.
  private(set) var starts = GrowableBuffer<UInt32>(capacity: 1)
  /// The occurrences by form range.
  private(set) var occurrences = SharedTable<TermOccurrence>(count: 0)

  /// Prepares the sort of some analysed batches.
  ///
  /// - Parameter partitions: maximum number of partitions of the documents.
  init(_ batches: [DocumentBatch], _ order: DocumentOrder, _ workers: [IndexingWorker], partitions: Int) {
    self.batches = batches
    self.order = order
    self.workers = workers
    var codes = [0]
    for worker in workers { codes.append(codes[codes.count - 1] + worker.codeCount) }
    firstCodes = codes
    self.partitions = order.partitions(partitions, of: batches).map(Partition.init)
    workerTerms = workers.map { _ in nil }
  }

  // MARK: Counting

  /// Counts the occurrences of each code, each partition by a job; blocks until done.
  func count(_ pool: WorkerPool, _ times: JobTimes) {
    let tickets = partitions.map { partition in
      pool.submit { [self] worker in
        times.measure(\.sort, worker) {
          partition.counts.append(repeating: 0, count: firstCodes[workers.count])
          for document in partition.documents {
            let address = order.addresses[document]
            let batch = batches[Int(address.batch)]
            OccurrenceSort.count(batch.contents, Int(address.index), firstCodes(of: batch), into: &partition.counts)
          }
        }
      }
    }
    pool.wait(for: tickets)
    totals.append(repeating: 0, count: firstCodes[workers.count])
    for partition in partitions { OccurrenceSort.add(partition.counts, to: &totals) }
  }

  /// Returns where the codes of the worker of a batch begin.
  private func firstCodes(of batch: DocumentBatch) -> OccurrenceWriter.FirstCodes {
    let first = firstCodes[batch.worker]
    return OccurrenceWriter.FirstCodes(token: first, compound: first + workers[batch.worker].tokenCodes)
  }

  /// Adds the codes of a document, the one at `index` in its batch.
  private static func count(
    _ contents: borrowing DocumentBatch.Contents, _ index: Int, _ firstCodes: OccurrenceWriter.FirstCodes,
    into counts: inout GrowableBuffer<UInt32>
  ) {
    let entry = contents.entries[index]
    count(
      entry.tokens..<entry.tokens + entry.length, of: contents.log, firstCode: firstCodes.token, into: &counts)
    for number in Int(entry.compounds)..<Int(entry.compounds) + Int(entry.compoundCount) {
      counts[firstCodes.compound + Int(contents.compounds[number].compound)] += 1
    }
  }

  /// Adds the codes of some tokens of a log; `firstCode` is the index of the worker's first code.
  private static func count(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    into counts: inout GrowableBuffer<UInt32>
  ) {
    let codes = log.span
    var counts = counts.mutableSpan
    for token in tokens { counts[firstCode &+ Int(codes[token])] &+= 1 }
  }

  /// Adds the elements of a buffer to those of another.
  private static func add(_ part: borrowing GrowableBuffer<UInt32>, to total: inout GrowableBuffer<UInt32>) {
    for index in 0..<part.count { total[index] &+= part[index] }
  }

  // MARK: Terms

  /// Sorts the terms of each worker by a job and returns them merged; blocks until done.
  func sortTerms(_ pool: WorkerPool, _ times: JobTimes) -> SegmentTerms {
    let sorted = workers.indices.map { _ in Sorted() }
    let tickets = workers.enumerated().map { (number, worker) in
      pool.submit { [self] job in
        times.measure(\.sort, job) {
          sorted[number].terms = WorkerTerms(worker, totals, from: firstCodes[number])
        }
      }
    }
    pool.wait(for: tickets)
    return SegmentTerms(sorted.compactMap(\.terms), firstCodes: firstCodes)
  }

  /// The result of a job.
  private final class Sorted: @unchecked Sendable {
    // Safe because: one job writes it, and it is read when the job is done.
    var terms: WorkerTerms?
  }

  // MARK: Sorting

  /// Returns the indexes of the occurrences of consecutive form ranges.
  func range(of formRanges: Range<Int>) -> Range<Int> {
    Int(starts[formRanges.lowerBound])..<Int(starts[formRanges.upperBound])
  }

  /// Sorts the occurrences, each partition by a job; blocks until done.
  ///
  /// - Parameter pairs: the terms as parts of pairs; nil if the index does not keep these.
  func sort(_ terms: SegmentTerms, pairs: SegmentPairs?, _ pool: WorkerPool, _ times: JobTimes) {
    findStarts(terms, pairs)
    occurrences = SharedTable(count: Int(starts[terms.formRangeCount]))
    let tickets = partitions.map { partition in
      pool.submit { [self] worker in
        times.measure(\.sort, worker) {
          partition.slots = pairs.map { _ in PairSlots() }
          sort(partition, formRangeOfCode: terms.formRangeOfCode)
        }
      }
    }
    pool.wait(for: tickets)
  }

  /// Sorts the occurrences of a partition.
  private func sort(_ partition: Partition, formRangeOfCode: borrowing GrowableBuffer<UInt32>) {
    var writer = OccurrenceWriter(partition.takeTargets(), into: occurrences, partition.slots)
    for document in partition.documents {
      let address = order.addresses[document]
      let batch = batches[Int(address.batch)]
      writer.add(
        document: document, at: Int(address.index), of: batch.contents, firstCodes(of: batch),
        formRangeOfCode: formRangeOfCode)
    }
  }

  /// Takes the slots of the pairs of all documents.
  func takePairs() -> [PairSlots] {
    let parts = partitions.compactMap(\.slots)
    for partition in partitions { partition.slots = nil }
    return parts
  }

  /// Computes the start of each form range and the targets of each partition.
  private func findStarts(_ terms: SegmentTerms, _ pairs: SegmentPairs?) {
    for partition in partitions {
      partition.targets = GrowableBuffer(capacity: max(1, terms.formRangeCount))
      partition.targets.append(repeating: OccurrenceWriter.Target(), count: terms.formRangeCount)
      OccurrenceSort.gather(partition.counts, terms.formRangeOfCode, into: &partition.targets)
      partition.counts.reset(capacity: 1)
    }
    starts = GrowableBuffer(capacity: terms.formRangeCount + 1)
    var start: UInt32 = 0
    for formRange in 0..<terms.formRangeCount {
      starts.append(start)
      for partition in partitions {
        let count = partition.targets[formRange].index
        partition.targets[formRange] = OccurrenceWriter.Target(
          index: start, word: pairs?.words[formRange] ?? PairWord())
        start += count
      }
    }
    starts.append(start)
    totals.reset(capacity: 1)
  }

  /// Adds the counts of codes to those of their form ranges, which are the indexes of the targets until starts are known.
  private static func gather(
    _ counts: borrowing GrowableBuffer<UInt32>, _ formRangeOfCode: borrowing GrowableBuffer<UInt32>,
    into targets: inout GrowableBuffer<OccurrenceWriter.Target>
  ) {
    for code in 0..<counts.count where counts[code] > 0 {
      targets[Int(formRangeOfCode[code])].index += counts[code]
    }
  }
}
