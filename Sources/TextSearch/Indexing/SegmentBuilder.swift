/// Sorts the batches of a segment and writes it.
///
/// Documents are numbered in the order of their keys; of documents with one key the last stays. The bytes follow from
/// the documents alone, whichever workers have analysed them and however many there are.
struct SegmentBuilder: ~Copyable {
  private let batches: [DocumentBatch]
  private let workers: [IndexingWorker]
  private let pool: WorkerPool
  private let keepsForms: Bool
  private let keepsPairs: Bool
  private let order: DocumentOrder
  private let documents: DocumentSections
  private(set) var times = BuildTimes()

  /// - Parameter deletions: documents with a key before a place are left out.
  init(
    _ batches: [DocumentBatch], _ workers: [IndexingWorker], _ options: IndexOptions, _ pool: WorkerPool,
    deletions: [[UInt8]: DocumentOrder.Place] = [:]
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

  var documentCount: Int { order.places.count }
  var replacedKeys: [[UInt8]] { order.replacedKeys }
  var deletedCount: Int { order.deletedCount }

  /// Writes the segment; gives its size in bytes.
  mutating func write(to path: String) throws(SearchError) -> Int {
    let jobTimes = JobTimes(workers: pool.workers)
    let documents = documents
    // Written by a job of its own while the others sort.
    let ticket = pool.submit(callerHelps: false) { worker in
      jobTimes.measure(\.write, worker) { documents.write(to: path) }
    }
    let sort = OccurrenceSort(batches, order, workers, stretches: pool.workers)
    sort.count(pool, jobTimes)
    let terms = sort.sortTerms(pool, jobTimes)
    let pairs = keepsPairs ? PairFiltersBuilder(terms, lengths: documents.lengths) : nil
    sort.sort(terms, pairs, pool, jobTimes)
    for batch in batches { batch.releaseLog() }
    pool.wait(for: ticket)
    var writer = try documents.takeWriter()
    if let pairs { try pairs.write(to: &writer) } else { try writer.write(.pairs, [UInt8]().span) }
    var postings = PostingSectionsBuilder(
      terms, sort, documents: order.places.count, keepsForms: keepsForms, workers: pool.workers)
    try postings.encode(documents.lengths, pool, jobTimes, to: &writer)
    let start = SystemCalls.nanoseconds()
    let size = try writer.finish()
    times.write += SystemCalls.nanoseconds() &- start
    times += jobTimes.total
    return size
  }
}
