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
    /// For each form range the index in `occurrences` that its next occurrence in these documents is written at.
    var writeIndexes = GrowableBuffer<UInt32>(capacity: 1)
    /// Where the pairs of its documents are counted; nil if the index does not keep them.
    var slots: PairSlots?
    /// The field at work.
    var field = SegmentPairs.Field()

    init(_ documents: Range<Int>) { self.documents = documents }
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
          for document in partition.documents { count(order.addresses[document], &partition.counts) }
        }
      }
    }
    pool.wait(for: tickets)
    totals.append(repeating: 0, count: firstCodes[workers.count])
    for partition in partitions { OccurrenceSort.add(partition.counts, to: &totals) }
  }

  /// Adds the codes of a document.
  private func count(_ address: DocumentOrder.Address, _ counts: inout GrowableBuffer<UInt32>) {
    let batch = batches[Int(address.batch)]
    let entry = batch.entries[Int(address.index)]
    let first = firstCodes[batch.worker]
    OccurrenceSort.count(
      entry.tokens..<entry.tokens + entry.length, of: batch.log, firstCode: first, into: &counts)
    let firstCompound = first + workers[batch.worker].tokenCodes
    for index in 0..<Int(entry.compoundCount) {
      counts[firstCompound + Int(batch.compounds[Int(entry.compounds) + index].compound)] += 1
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
    findStarts(terms)
    occurrences = SharedTable(count: Int(starts[terms.formRangeCount]))
    let tickets = partitions.map { partition in
      pool.submit { [self] worker in
        times.measure(\.sort, worker) {
          partition.slots = pairs.map { _ in PairSlots() }
          for document in partition.documents {
            if let pairs {
              sort(document, terms, pairs: pairs, partition)
            } else {
              sort(document, terms, partition)
            }
          }
        }
      }
    }
    pool.wait(for: tickets)
    for partition in partitions { partition.writeIndexes.reset(capacity: 1) }
  }

  /// Takes the slots of the pairs of all documents.
  func takePairs() -> [PairSlots] {
    let parts = partitions.compactMap(\.slots)
    for partition in partitions { partition.slots = nil }
    return parts
  }

  /// Computes the start of each form range and the write indexes of each partition.
  private func findStarts(_ terms: SegmentTerms) {
    for partition in partitions {
      partition.writeIndexes = GrowableBuffer(capacity: max(1, terms.formRangeCount))
      partition.writeIndexes.append(repeating: 0, count: terms.formRangeCount)
      OccurrenceSort.gather(partition.counts, terms.formRangeOfCode, into: &partition.writeIndexes)
      partition.counts.reset(capacity: 1)
    }
    starts = GrowableBuffer(capacity: terms.formRangeCount + 1)
    var start: UInt32 = 0
    for formRange in 0..<terms.formRangeCount {
      starts.append(start)
      for partition in partitions {
        let count = partition.writeIndexes[formRange]
        partition.writeIndexes[formRange] = start
        start += count
      }
    }
    starts.append(start)
    totals.reset(capacity: 1)
  }

  /// Adds the counts of codes to those of their form ranges.
  private static func gather(
    _ counts: borrowing GrowableBuffer<UInt32>, _ formRangeOfCode: borrowing GrowableBuffer<UInt32>,
    into formRangeCounts: inout GrowableBuffer<UInt32>
  ) {
    for code in 0..<counts.count where counts[code] > 0 {
      formRangeCounts[Int(formRangeOfCode[code])] += counts[code]
    }
  }

  /// Runs `body` on each field of a document.
  ///
  /// - Parameter body: receives the tokens of the field, as indexes in the log, and the position of the first one.
  @inline(__always)
  private func forEachField(_ document: Int, _ body: (_ tokens: Range<Int>, _ position: UInt32) -> Void) {
    let address = order.addresses[document]
    let batch = batches[Int(address.batch)]
    var token = batch.entries[Int(address.index)].tokens
    var position: UInt32 = 0
    let fields = batch.fieldLengths.count / max(1, batch.entries.count)
    for field in 0..<fields {
      let length = batch.fieldLengths[Int(address.index) * fields + field]
      body(token..<token + Int(length), position)
      token += Int(length)
      position += length + DocumentBatch.fieldGap
    }
  }

  /// Writes the occurrences of a document to their indexes, without neighbours.
  private func sort(_ document: Int, _ terms: SegmentTerms, _ partition: Partition) {
    let address = order.addresses[document]
    let batch = batches[Int(address.batch)]
    let entry = batch.entries[Int(address.index)]
    let first = firstCodes[batch.worker]
    forEachField(document) { tokens, position in
      OccurrenceSort.scatter(
        tokens, of: batch.log, firstCode: first, formRangeOfCode: terms.formRangeOfCode, document: document,
        position: position, nil, at: &partition.writeIndexes, into: occurrences)
    }
    for index in 0..<Int(entry.compoundCount) {
      let compound = batch.compounds[Int(entry.compounds) + index]
      write(compound, of: batch, terms, document: document, neighbours: 0, partition)
    }
  }

  /// Writes the occurrences of a document with their neighbours, and adds its adjacent pairs: of tokens, and of compounds, which have
  /// the position of their first part.
  private func sort(_ document: Int, _ terms: SegmentTerms, pairs: SegmentPairs, _ partition: Partition) {
    let address = order.addresses[document]
    let batch = batches[Int(address.batch)]
    let entry = batch.entries[Int(address.index)]
    let first = firstCodes[batch.worker]
    var compound = Int(entry.compounds)
    let lastCompound = compound + Int(entry.compoundCount)
    forEachField(document) { tokens, position in
      pairs.read(
        tokens, of: batch.log, firstCode: first, formRangeOfCode: terms.formRangeOfCode, into: &partition.field)
      partition.slots?.addAll(partition.field.words)
      let firstCompound = compound
      while compound < lastCompound, batch.compounds[compound].position < position + UInt32(tokens.count) {
        partition.field.beginCompound(Int(batch.compounds[compound].position - position))
        compound += 1
      }
      OccurrenceSort.scatter(
        tokens, of: batch.log, firstCode: first, formRangeOfCode: terms.formRangeOfCode, document: document,
        position: position, partition.field.codes.span, at: &partition.writeIndexes, into: occurrences)
      for index in firstCompound..<compound {
        let own = batch.compounds[index]
        let neighbours = partition.field.neighbours(Int(own.position - position))
        write(own, of: batch, terms, document: document, neighbours: neighbours, partition)
        addPairs(of: index..<compound, batch, terms, pairs: pairs, position: position, partition)
      }
    }
    partition.slots?.endDocument()
  }

  /// Writes the occurrence of a compound to its index.
  private func write(
    _ compound: DocumentBatch.CompoundOccurrence, of batch: DocumentBatch, _ terms: SegmentTerms, document: Int,
    neighbours: UInt8, _ partition: Partition
  ) {
    let formRange = Int(terms.formRangeOfCode[code(compound, of: batch)])
    occurrences[Int(partition.writeIndexes[formRange])] = TermOccurrence(
      document: document, position: compound.position, neighbours: neighbours)
    partition.writeIndexes[formRange] += 1
  }

  /// Adds the adjacent pairs of the first of some compounds of the field at work.
  ///
  /// - Parameters:
  ///   - compounds: the compound and those that follow it in the field.
  ///   - position: of the field's first token.
  private func addPairs(
    of compounds: Range<Int>, _ batch: DocumentBatch, _ terms: SegmentTerms, pairs: SegmentPairs, position: UInt32,
    _ partition: Partition
  ) {
    func word(_ compound: DocumentBatch.CompoundOccurrence) -> PairWord {
      pairs.words[Int(terms.formRangeOfCode[code(compound, of: batch)])]
    }
    let own = batch.compounds[compounds.lowerBound]
    let (token, ownWord) = (Int(own.position - position), word(own))
    if token > 0 { partition.slots?.add(partition.field.words[token - 1], ownWord) }
    if token + 1 < partition.field.words.count { partition.slots?.add(ownWord, partition.field.words[token + 1]) }
    for other in compounds.dropFirst() {
      let next = batch.compounds[other]
      if next.position > own.position + 1 { break }
      if next.position == own.position + 1 { partition.slots?.add(ownWord, word(next)) }
    }
  }

  /// Returns the code of a compound among those of all workers.
  private func code(_ compound: DocumentBatch.CompoundOccurrence, of batch: DocumentBatch) -> Int {
    firstCodes[batch.worker] + workers[batch.worker].tokenCodes + Int(compound.compound)
  }

  /// Writes the occurrences of the tokens of a field to their indexes.
  ///
  /// - Parameters:
  ///   - firstCode: index of the worker's first code.
  ///   - position: of the first token.
  ///   - neighbours: `SegmentPairs.Field.codes`; nil if they are not kept.
  private static func scatter(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>, document: Int, position: UInt32, _ neighbours: Span<UInt8>?,
    at writeIndexes: inout GrowableBuffer<UInt32>, into occurrences: SharedTable<TermOccurrence>
  ) {
    let codes = log.span
    let formRanges = formRangeOfCode.span
    var writeIndexes = writeIndexes.mutableSpan
    for number in 0..<tokens.count {
      let formRange = Int(formRanges[firstCode &+ Int(codes[tokens.lowerBound &+ number])])
      let index = writeIndexes[formRange]
      var byte: UInt8 = 0
      if let neighbours {
        byte = NeighbourCode.byte(previous: neighbours[number], next: neighbours[number &+ 2])
      }
      occurrences[Int(index)] = TermOccurrence(
        document: document, position: position &+ UInt32(truncatingIfNeeded: number), neighbours: byte)
      writeIndexes[formRange] = index &+ 1
    }
  }
}
