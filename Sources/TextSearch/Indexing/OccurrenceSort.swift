/// Puts the occurrences of a segment in the order of their runs: a counting sort over stretches of documents.
///
/// Each stretch has its own counts, so that several threads can sort several of them: the stretches of a run lie behind
/// each other, and within a run documents and positions come in their order, however many stretches there are.
final class OccurrenceSort: @unchecked Sendable {
  // Safe because: the jobs of one stage change their own stretch and read what earlier stages have made; the pool's
  // lock stands between the stages.

  /// A stretch of documents and how often each code occurs in it; later, where each run goes on.
  private final class Stretch: @unchecked Sendable {
    // Safe because: as above.
    let documents: Range<Int>
    var counts = GrowableBuffer<UInt32>(capacity: 1)
    var next = GrowableBuffer<UInt32>(capacity: 1)

    init(_ documents: Range<Int>) { self.documents = documents }
  }

  private let batches: [DocumentBatch]
  private let order: DocumentOrder
  private let workers: [IndexingWorker]
  /// Where the codes of each worker begin, and where the last ends.
  private let firstCodes: [Int]
  private let stretches: [Stretch]
  /// Occurrences of each code in all stretches.
  private var totals = GrowableBuffer<UInt32>(capacity: 1)
  private var workerTerms: [WorkerTerms?]
  /// Where each run begins, and where the last ends; `SegmentBudget` keeps a segment below 2^32 occurrences.
  private(set) var starts = GrowableBuffer<UInt32>(capacity: 1)
  /// (document, position) by run.
  private(set) var occurrences = SharedTable<UInt64>(count: 0)

  init(_ batches: [DocumentBatch], _ order: DocumentOrder, _ workers: [IndexingWorker], stretches: Int) {
    self.batches = batches
    self.order = order
    self.workers = workers
    var codes = [0]
    for worker in workers { codes.append(codes[codes.count - 1] + worker.codeCount) }
    firstCodes = codes
    self.stretches = order.ranges(stretches, batches).map(Stretch.init)
    workerTerms = workers.map { _ in nil }
  }

  // MARK: Counting

  func count(_ pool: WorkerPool, _ times: JobTimes) {
    let tickets = stretches.map { stretch in
      pool.submit { [self] worker in
        times.measure(\.sort, worker) {
          stretch.counts.append(repeating: 0, count: firstCodes[workers.count])
          for place in stretch.documents { count(order.places[place], &stretch.counts) }
        }
      }
    }
    pool.wait(for: tickets)
    totals.append(repeating: 0, count: firstCodes[workers.count])
    for stretch in stretches { OccurrenceSort.add(stretch.counts, to: &totals) }
  }

  private func count(_ place: DocumentOrder.Place, _ counts: inout GrowableBuffer<UInt32>) {
    let batch = batches[Int(place.batch)]
    let entry = batch.entries[Int(place.index)]
    let first = firstCodes[batch.worker]
    OccurrenceSort.count(batch.log, entry.tokens..<entry.tokens + entry.length, first, &counts)
    let firstCompound = first + workers[batch.worker].tokenCodes
    for index in 0..<Int(entry.compoundCount) {
      counts[firstCompound + Int(batch.compounds[Int(entry.compounds) + index].compound)] += 1
    }
  }

  private static func count(
    _ log: borrowing GrowableBuffer<UInt32>, _ range: Range<Int>, _ first: Int, _ counts: inout GrowableBuffer<UInt32>
  ) {
    let codes = log.span
    var places = counts.mutableSpan
    for token in range { places[first &+ Int(codes[token])] &+= 1 }
  }

  private static func add(_ part: borrowing GrowableBuffer<UInt32>, to total: inout GrowableBuffer<UInt32>) {
    for index in 0..<part.count { total[index] &+= part[index] }
  }

  // MARK: Terms

  /// The terms of all workers, each worker's sorted by a job.
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

  /// What a job hands over.
  private final class Sorted: @unchecked Sendable {
    // Safe because: one job writes it, and it is read when the job is done.
    var terms: WorkerTerms?
  }

  // MARK: Sorting

  /// The occurrences of some neighbouring runs.
  func range(_ runs: Range<Int>) -> Range<Int> { Int(starts[runs.lowerBound])..<Int(starts[runs.upperBound]) }

  /// - Parameter pairs: gets the documents' pairs of neighbours; nil where they are not kept.
  func sort(_ terms: SegmentTerms, _ pairs: PairFiltersBuilder?, _ pool: WorkerPool, _ times: JobTimes) {
    findStarts(terms)
    occurrences = SharedTable(count: Int(starts[terms.runCount]))
    let tickets = stretches.map { stretch in
      pool.submit { [self] worker in
        times.measure(\.sort, worker) {
          for place in stretch.documents {
            sort(place, terms, &stretch.next)
            if let pairs { add(place, terms, to: pairs) }
          }
        }
      }
    }
    pool.wait(for: tickets)
    for stretch in stretches { stretch.next.reset(capacity: 1) }
  }

  /// Where each run begins, and where it goes on in each stretch.
  private func findStarts(_ terms: SegmentTerms) {
    for stretch in stretches {
      stretch.next = GrowableBuffer(capacity: max(1, terms.runCount))
      stretch.next.append(repeating: 0, count: terms.runCount)
      OccurrenceSort.gather(stretch.counts, terms.runOfCode, &stretch.next)
      stretch.counts.reset(capacity: 1)
    }
    starts = GrowableBuffer(capacity: terms.runCount + 1)
    var start: UInt32 = 0
    for run in 0..<terms.runCount {
      starts.append(start)
      for stretch in stretches {
        let count = stretch.next[run]
        stretch.next[run] = start
        start += count
      }
    }
    starts.append(start)
    totals.reset(capacity: 1)
  }

  /// Adds the counts of codes to those of their runs.
  private static func gather(
    _ counts: borrowing GrowableBuffer<UInt32>, _ runOfCode: borrowing GrowableBuffer<UInt32>,
    _ runs: inout GrowableBuffer<UInt32>
  ) {
    for code in 0..<counts.count where counts[code] > 0 { runs[Int(runOfCode[code])] += counts[code] }
  }

  /// Runs `body` on each field of a document: its tokens in the log, and the position of the first one.
  @inline(__always)
  private func forEachField(_ number: Int, _ body: (_ tokens: Range<Int>, _ position: UInt32) -> Void) {
    let place = order.places[number]
    let batch = batches[Int(place.batch)]
    var token = batch.entries[Int(place.index)].tokens
    var position: UInt32 = 0
    let fields = batch.fieldLengths.count / max(1, batch.entries.count)
    for field in 0..<fields {
      let length = batch.fieldLengths[Int(place.index) * fields + field]
      body(token..<token + Int(length), position)
      token += Int(length)
      position += length + DocumentBatch.fieldGap
    }
  }

  private func sort(_ number: Int, _ terms: SegmentTerms, _ next: inout GrowableBuffer<UInt32>) {
    let place = order.places[number]
    let batch = batches[Int(place.batch)]
    let entry = batch.entries[Int(place.index)]
    let first = firstCodes[batch.worker]
    forEachField(number) { tokens, position in
      OccurrenceSort.scatter(
        batch.log, tokens, first, terms.runOfCode, UInt64(number) << 32 | UInt64(position), &next, occurrences)
    }
    let firstCompound = first + workers[batch.worker].tokenCodes
    for index in 0..<Int(entry.compoundCount) {
      let compound = batch.compounds[Int(entry.compounds) + index]
      let run = Int(terms.runOfCode[firstCompound + Int(compound.compound)])
      occurrences[Int(next[run])] = UInt64(number) << 32 | UInt64(compound.position)
      next[run] += 1
    }
  }

  /// Adds the pairs of neighbours of a document: tokens, and compounds with what stands beside their first part.
  private func add(_ number: Int, _ terms: SegmentTerms, to pairs: PairFiltersBuilder) {
    let place = order.places[number]
    let batch = batches[Int(place.batch)]
    let entry = batch.entries[Int(place.index)]
    let first = firstCodes[batch.worker]
    var compound = Int(entry.compounds)
    let lastCompound = compound + Int(entry.compoundCount)
    forEachField(number) { tokens, position in
      pairs.addTokens(of: number, batch.log, tokens, first: first, terms.runOfCode)
      while compound < lastCompound, batch.compounds[compound].position < position + UInt32(tokens.count) {
        let next = neighbours(compound..<lastCompound, of: batch, tokens, from: position, first, terms)
        for pair in next { pairs.add(pair.first, pair.second, to: number) }
        compound += 1
      }
    }
  }

  /// The runs that stand beside the first of some compounds, in pairs with its own.
  private func neighbours(
    _ compounds: Range<Int>, of batch: DocumentBatch, _ tokens: Range<Int>, from position: UInt32, _ first: Int,
    _ terms: SegmentTerms
  ) -> [(first: UInt32, second: UInt32)] {
    let firstCompound = first + workers[batch.worker].tokenCodes
    let own = batch.compounds[compounds.lowerBound]
    let run = terms.runOfCode[firstCompound + Int(own.compound)]
    let token = tokens.lowerBound + Int(own.position - position)
    var pairs: [(first: UInt32, second: UInt32)] = []
    if token > tokens.lowerBound { pairs.append((terms.runOfCode[first + Int(batch.log[token - 1])], run)) }
    if token + 1 < tokens.upperBound { pairs.append((run, terms.runOfCode[first + Int(batch.log[token + 1])])) }
    for other in compounds.dropFirst() {
      let next = batch.compounds[other]
      if next.position > own.position + 1 { break }
      if next.position == own.position + 1 {
        pairs.append((run, terms.runOfCode[firstCompound + Int(next.compound)]))
      }
    }
    return pairs
  }

  /// Puts the tokens of a field in their places.
  private static func scatter(
    _ log: borrowing GrowableBuffer<UInt32>, _ range: Range<Int>, _ first: Int,
    _ runOfCode: borrowing GrowableBuffer<UInt32>, _ occurrence: UInt64, _ next: inout GrowableBuffer<UInt32>,
    _ occurrences: SharedTable<UInt64>
  ) {
    let codes = log.span
    let runs = runOfCode.span
    var places = next.mutableSpan
    var occurrence = occurrence
    for token in range {
      let run = Int(runs[first &+ Int(codes[token])])
      let place = places[run]
      occurrences[Int(place)] = occurrence
      places[run] = place &+ 1
      occurrence &+= 1
    }
  }
}
