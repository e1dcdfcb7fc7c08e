/// Sorts the batches of a segment and writes it.
///
/// Documents are numbered in the order of their keys; of documents with equal keys the last is kept. The bytes depend
/// on the documents alone, not on the number of workers or which of them analysed a batch.
struct SegmentBuilder: ~Copyable {
  private let batches: [DocumentBatch]
  private let workers: [IndexingWorker]
  private let pool: WorkerPool
  private let keepsForms: Bool
  private let keepsPairs: Bool
  private let order: DocumentOrder
  private let documents: DocumentSections
  /// Time of the stages so far, without analysis.
  private(set) var times = BuildTimes()

  /// Sorts the documents of some analysed batches.
  ///
  /// - Parameter deletions: for each deleted key an address; documents with the key before the address are left out.
  init(
    _ batches: [DocumentBatch], _ workers: [IndexingWorker], _ options: IndexOptions, pool: WorkerPool,
    deletions: [[UInt8]: DocumentOrder.Address] = [:]
  ) {
    self.batches = batches
    self.workers = workers
    self.pool = pool
    keepsForms = options.keepsForms
    keepsPairs = options.keepsPairs
    let start = SystemCalls.nanoseconds()
    order = DocumentOrder(batches, deletions)
    documents = DocumentSections(batches, order, options)
    times.sort = SystemCalls.nanoseconds() &- start
  }

  /// Number of documents of the segment.
  var documentCount: Int { order.addresses.count }
  /// Keys of the documents that a later one replaces.
  var replacedKeys: [[UInt8]] { order.replacedKeys }
  /// Number of documents that were deleted, without those that were replaced.
  var deletedCount: Int { order.deletedCount }

  /// Writes the segment to a new file, makes it durable and frees the batches' memory.
  ///
  /// - Parameter spoolBytes: the buffer of each section that waits for others.
  /// - Returns: the size of the file in bytes.
  /// - Throws: `SearchError.system` if the file cannot be written.
  mutating func write(to path: String, spoolBytes: Int) throws(SearchError) -> Int {
    let jobTimes = JobTimes(workers: pool.workers)
    let documents = documents
    // A job writes these sections while the others sort.
    let ticket = pool.submit(callerHelps: false) { worker in
      jobTimes.measure(\.write, worker) { documents.write(to: path, spoolBytes: spoolBytes) }
    }
    let sort = OccurrenceSort(batches, order, workers, partitions: pool.workers)
    sort.count(pool, jobTimes)
    let terms = sort.sortTerms(pool, jobTimes)
    let pairs = keepsPairs ? SegmentPairs(terms) : nil
    sort.sort(terms, pairs: pairs, pool, jobTimes)
    for batch in batches { batch.releaseLog() }
    pool.wait(for: ticket)
    // The texts and the logs were a third of the budget; the lists are encoded within what is left.
    SystemCalls.returnFreedMemory()
    var writer = try documents.takeWriter()
    if keepsPairs {
      try PairSlots.write(sort.takePairs(), to: &writer)
    } else {
      try writer.write(.pairFrequencies, [UInt8]().span)
    }
    var postings = PostingSectionsBuilder(
      terms, sort, documents: order.addresses.count, keepsForms: keepsForms, pairs: pairs,
      workers: pool.workers)
    try postings.encode(documents.lengths, pool, jobTimes, to: &writer)
    let start = SystemCalls.nanoseconds()
    let size = try writer.finish()
    times.write += SystemCalls.nanoseconds() &- start
    times += jobTimes.total
    return size
  }
}
