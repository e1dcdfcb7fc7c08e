/// Writes an index: makes it anew, or adds to it, replaces and deletes documents, and compacts it.
///
/// Documents are collected in memory and written as immutable segments whenever the memory budget is reached. Nothing
/// of it is visible to readers until `commit`; a writer that goes without committing leaves the index as it was. When
/// a segment cannot be written its documents are lost to the writer: it throws the same error from then on, until
/// `rollback`. A writer is used by one thread at a time; it starts more itself (``IndexOptions/threads``). The articles
/// <doc:Indexing> and <doc:LifeCycle> tell how.
public final class IndexWriter {
  /// What becomes of the documents that the index holds already.
  public enum Mode: Sendable {
    /// The first commit removes them.
    case replace
    /// They stay, but for those that are replaced or deleted. Where there is no index yet one is made.
    case append
  }

  public let options: IndexOptions
  let mode: Mode
  let folder: IndexFolder
  let pool: WorkerPool
  private let workers: [IndexingWorker]
  /// The batch that documents are added to.
  private var batch = DocumentBatch()
  /// Batches of the next segment and the tickets of their jobs.
  private var batches: [(batch: DocumentBatch, ticket: Int)] = []
  private var budget: SegmentBudget
  /// Keys of which documents in memory are deleted, and the place from which on they are not.
  private var deletions: [[UInt8]: DocumentOrder.Place] = [:]
  /// The error that has cost documents: nothing can be committed any more.
  private var failure: SearchError?
  var contents: IndexContents
  /// As it was at the last commit, or when the writer was opened.
  private var committed: IndexContents
  /// There is a manifest that says what `committed` holds.
  private var hasCommit: Bool
  /// Numbers of the segments written since.
  var written: [UInt64] = []
  /// Documents were added or deleted since the last commit.
  private var hasChanges = false
  private var segmentTimes = BuildTimes()
  /// Keys that came more than once since the last commit; the last document with the key stays.
  public private(set) var replacedKeys: [String] = []
  /// Documents added so far, replaced ones included.
  public private(set) var addedDocuments = 0
  /// Committed documents that were replaced by ones that this writer added; complete after `flush`.
  public private(set) var replacedDocuments = 0
  /// Documents deleted so far; complete after `flush`.
  public private(set) var deletedDocuments = 0

  /// Opens the folder for writing and takes its lock.
  ///
  /// - Parameters:
  ///   - path: a folder that holds an index, is empty, or does not exist yet (its parent must).
  ///   - options: how the index is made.
  ///   - mode: whether the documents of the index stay.
  ///   - wait: how long to wait for another writer to end.
  /// - Throws: `SearchError.notAnIndex` for a folder with other contents; `.locked` while another writer has it;
  ///   `.otherOptions` for appending to an index that was made otherwise.
  public convenience init(
    _ path: String, options: IndexOptions = IndexOptions(), mode: Mode = .replace, wait: Duration = .zero
  ) throws(SearchError) {
    if let unknown = options.storedFields?.subtracting(options.fields).min() {
      throw .unknownField(name: unknown, known: options.fields)
    }
    let folder = try IndexFolder(path, wait: wait)
    try self.init(folder, options, mode, mode == .append ? IndexWriter.snapshot(folder) : nil)
  }

  /// Opens an index to go on with it, as it was made.
  ///
  /// - Throws: `SearchError.noIndex` where there is none, `.unsupportedAnalyzer` where its analyzer is not known.
  public convenience init(
    appendingTo path: String, memoryBudget: Int = IndexOptions().memoryBudget, threads: Int = 1,
    wait: Duration = .zero
  ) throws(SearchError) {
    guard try Manifest.isPresent(in: path) else { throw .noIndex(path: path) }
    let folder = try IndexFolder(path, wait: wait)
    let snapshot = try IndexSnapshot.open(path)
    let settings = snapshot.manifest.settings
    guard let analyzer = AnalyzerOptions(fingerprint: settings.fingerprint) else {
      throw .unsupportedAnalyzer(file: path, fingerprint: settings.fingerprint)
    }
    let options = IndexOptions(settings, analyzer: analyzer, memoryBudget: memoryBudget, threads: threads)
    try self.init(folder, options, .append, snapshot)
  }

  private init(
    _ folder: IndexFolder, _ options: IndexOptions, _ mode: Mode, _ snapshot: IndexSnapshot?
  ) throws(SearchError) {
    if let option = snapshot.flatMap({ options.difference(from: $0.manifest.settings) }) {
      throw .otherOptions(path: folder.path, option: option)
    }
    self.folder = folder
    self.options = options
    self.mode = mode
    contents = try IndexWriter.contents(folder, options, snapshot)
    committed = contents
    hasCommit = snapshot != nil
    pool = WorkerPool(workers: options.threads)
    workers = (0..<pool.workers).map { _ in IndexingWorker(options) }
    budget = SegmentBudget(options.memoryBudget)
  }

  deinit { removeWritten() }

  /// Removes the segments written since the last commit.
  private func removeWritten() {
    for number in written { try? SystemCalls.remove(path(number)) }
    written = []
  }

  func path(_ number: UInt64) -> String { folder.path + "/" + IndexFiles.segment(number) }

  // MARK: Changing

  /// Adds a document; it replaces the one with its key. It may be analysed later, by another thread.
  ///
  /// - Throws: `SearchError.unknownField` for a field that the index does not have; `.limit` for more than 2 GiB of text;
  ///   errors of the file system when a segment is written.
  public func add(_ document: Document) throws(SearchError) {
    if let unknown = document.fields.first(where: { !options.fields.contains($0.name) }) {
      throw .unknownField(name: unknown.name, known: options.fields)
    }
    let bytes = document.fields.reduce(document.key.utf8.count) { $0 + $1.text.utf8.count }
    guard bytes <= IndexWriter.maximumTextBytes else {
      throw .limit(what: "bytes of a document", value: bytes, maximum: IndexWriter.maximumTextBytes)
    }
    batch.add(document, textBytes: bytes)
    addedDocuments += 1
    hasChanges = true
    if batch.textBytes >= SegmentBudget.batchBytes(options.memoryBudget) { try submitBatch() }
  }

  /// Places in a text are counted in 32 bits.
  static let maximumTextBytes = Int(Int32.max)

  /// Deletes the document with a key, be it committed or only added; none with the key is no error.
  public func delete(key: String) throws(SearchError) {
    let bytes = Array(key.utf8)
    let place = DocumentOrder.Place(batch: UInt32(batches.count), index: UInt32(batch.sources.count))
    if place.batch > 0 || place.index > 0 { deletions[bytes] = place }
    noteDeletions(try contents.delete(key: bytes, before: contents.segments.count))
  }

  /// Counts documents that were deleted.
  func noteDeletions(_ count: Int) {
    deletedDocuments += count
    if count > 0 { hasChanges = true }
  }

  /// Takes everything back that happened since the last commit.
  public func rollback() {
    pool.waitForAll()
    forgetDocuments()
    batch = DocumentBatch()
    failure = nil
    removeWritten()
    let next = contents.manifest.nextSegment
    contents = committed
    contents.reserveNumbers(below: next)
    hasChanges = false
    replacedKeys = []
  }

  /// Forgets the batches that were handed over.
  private func forgetDocuments() {
    batches = []
    deletions = [:]
    budget.reset()
    for worker in workers { worker.reset() }
  }

  // MARK: SurfaceForm

  /// Hands the batch over to be analysed; writes the segment if it is full.
  private func submitBatch() throws(SearchError) {
    if let failure { throw failure }
    let (full, workers) = (batch, workers)
    batch = DocumentBatch()
    let ticket = pool.submit { worker in workers[worker].analyze(full, as: worker) }
    batches.append((full, ticket))
    if let done = budget.add(full) {
      pool.wait(for: batches[batches.count - 1 - SegmentBudget.lag].ticket)
      budget.count(done.cost)
    }
    if budget.isFull { try writeSegment() }
  }

  /// Where the time of this writer went so far.
  public var times: BuildTimes {
    pool.waitForAll()
    return workers.reduce(into: segmentTimes) { $0 += $1.times }
  }

  /// Writes the batches as a segment; it is still invisible.
  private func writeSegment() throws(SearchError) {
    pool.waitForAll()
    guard !batches.isEmpty else { return }
    guard contents.segments.count < Manifest.maximumSegments else {
      throw .limit(what: "segments", value: contents.segments.count + 1, maximum: Manifest.maximumSegments)
    }
    var builder = SegmentBuilder(batches.map(\.batch), workers, options, pool, deletions: deletions)
    defer { forgetDocuments() }
    if builder.documentCount > 0 {
      let number = contents.takeNumber()
      do {
        written.append(number)
        _ = try builder.write(to: path(number))
        contents.append(try Segment(path(number)), number: number)
      } catch {
        try? SystemCalls.remove(path(number))
        failure = error
        throw error
      }
    }
    segmentTimes += builder.times
    noteDeletions(builder.deletedCount)
    replacedKeys += builder.replacedKeys.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes what is still in memory. After this `replacedKeys` is complete; nothing is visible yet.
  public func flush() throws(SearchError) {
    if let failure { throw failure }
    if !batch.sources.isEmpty { try submitBatch() }
    try writeSegment()
    for found in try contents.deleteReplaced() {
      if contents.segments[found.segment].committed == nil {
        replacedKeys.append(String(decoding: found.key, as: UTF8.self))
      } else {
        replacedDocuments += 1
      }
    }
  }

  // MARK: Committing

  /// Makes the changes the contents of the index, at once and durably; what is not needed any more is removed. Where
  /// nothing has changed since the last commit nothing is written.
  ///
  /// In the mode `append` segments are merged before, as the article <doc:LifeCycle> tells.
  ///
  /// - Parameter attachment: bytes that the application keeps with this state of the index, and that the next commit
  ///   that adds or deletes documents drops; nil leaves what there is where documents are the same.
  /// - Returns: what the index holds now.
  @discardableResult
  public func commit(attachment: [UInt8]? = nil) throws(SearchError) -> IndexSummary {
    try flush()
    contents.removeEmptySegments()
    if mode == .append { try mergeSegments() }
    if !hasCommit || !contents.isCommitted || attachment != nil {
      let change: AttachmentChange = attachment.map { .set($0) } ?? (hasCommit && !hasChanges ? .keep : .drop)
      try contents.commit(change, in: folder.path)
      // The new manifest is in its place: what it names must stay, even if the disk now fails.
      (committed, hasCommit, hasChanges, written) = (contents, true, false, [])
      try folder.synchronize()
      // What cannot be removed now is removed by the next writer.
      try? folder.removeData(except: contents.manifest.fileNames)
    }
    return IndexSummary(contents.segments.map(\.segment), contents.manifest)
  }

  /// What the last commit was given as its attachment.
  public func attachment() throws(SearchError) -> [UInt8]? {
    try hasCommit ? Attachment.read(committed.manifest, in: folder.path) : nil
  }
}
