/// Writes an index: creates it, adds, replaces and deletes documents, and compacts it.
///
/// Documents are collected in memory and written as an immutable segment whenever the memory budget is reached. Readers
/// see nothing of them until `commit`; a writer that is released without a commit leaves the index unchanged. If a
/// segment cannot be written, its documents are lost, and the writer throws that error from then on, until `rollback`.
///
/// One thread at a time may use a writer; it starts more itself (``IndexOptions/threads``). The articles <doc:Indexing>
/// and <doc:LifeCycle> describe building and committing.
public final class IndexWriter {
  /// What happens to the documents that are in the index already.
  public enum Mode: Sendable {
    /// The first commit removes them.
    case replace
    /// They stay, except those that are replaced or deleted. If there is no index yet, one is created.
    case append
  }

  /// How the index is built.
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
  /// For each deleted key the address of the next document to be added: documents with the key before it are deleted.
  private var deletions: [[UInt8]: DocumentOrder.Address] = [:]
  /// The error that lost documents: until `rollback` nothing can be committed.
  private var failure: SearchError?
  var contents: IndexContents
  /// The contents at the last commit, or when the writer was opened.
  private var committed: IndexContents
  /// Whether there is a manifest for `committed`.
  private var hasCommit: Bool
  /// Numbers of the segments written since then.
  var written: [UInt64] = []
  /// The buffer of each section that waits in a temporary file for others; tests set less, so that little text needs files.
  var spoolBytes = SpoolFile.bufferBytes
  /// Whether documents were added or deleted since the last commit.
  private var hasChanges = false
  /// Time of sorting, encoding and writing so far.
  private var segmentTimes = BuildTimes()
  /// Keys of the documents that later ones of this writer replaced before a commit. Complete after `flush`; `rollback`
  /// clears it.
  public private(set) var replacedKeys: [String] = []
  /// Number of documents added so far, including those replaced later.
  public private(set) var addedDocuments = 0
  /// Number of committed documents that documents of this writer replaced. Complete after `flush`.
  public private(set) var replacedDocuments = 0
  /// Number of documents deleted so far. Complete after `flush`.
  public private(set) var deletedDocuments = 0

  /// Opens a folder for writing and takes its lock. Blocks up to `wait` while another writer has it.
  ///
  /// - Parameters:
  ///   - path: a folder that holds an index, is empty, or does not exist yet (its parent must).
  ///   - options: how the index is built; when appending, the stored options must equal those of the index.
  ///   - mode: whether the documents of the index stay; default: they are replaced.
  ///   - wait: maximum time to wait for another writer to end; default: none.
  /// - Throws: `SearchError.notAnIndex` for a folder with other contents, `.locked` while another writer has the lock,
  ///   `.memoryBudget` for a budget below ``IndexOptions/minimumMemoryBudget``, `.unknownField` for a stored
  ///   field that is no field, `.otherOptions` for appending with other options,
  ///   `.corrupt` for appending to a damaged index, `.system` for errors of the file system.
  public convenience init(
    _ path: String, options: IndexOptions = IndexOptions(), mode: Mode = .replace, wait: Duration = .zero
  ) throws(SearchError) {
    if let unknown = options.storedFields?.subtracting(options.fields).min() {
      throw .unknownField(name: unknown, known: options.fields)
    }
    let folder = try IndexFolder(path, wait: wait)
    try self.init(folder, options: options, mode: mode, mode == .append ? IndexWriter.snapshot(folder) : nil)
  }

  /// Opens an existing index to append to it, with the options that are stored in it.
  ///
  /// - Parameters:
  ///   - path: the folder of the index.
  ///   - memoryBudget: bytes; see ``IndexOptions/memoryBudget``.
  ///   - threads: number of threads that build, the caller's included; default: 1.
  ///   - wait: maximum time to wait for another writer to end; default: none.
  /// - Throws: `SearchError.noIndex` if there is none, `.memoryBudget` for a budget below
  ///   ``IndexOptions/minimumMemoryBudget``, `.unsupportedAnalyzer` if its analyzer is unknown, `.locked`
  ///   while another writer has the lock, `.corrupt` for damaged files, `.system` for errors of the file system.
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
    try self.init(folder, options: options, mode: .append, snapshot)
  }

  /// Opens a locked folder.
  ///
  /// - Parameter snapshot: the index to append to; nil to replace what the folder holds.
  private init(
    _ folder: IndexFolder, options: IndexOptions, mode: Mode, _ snapshot: IndexSnapshot?
  ) throws(SearchError) {
    let minimum = IndexOptions.minimumMemoryBudget
    guard options.segmentBudget != nil || options.memoryBudget >= minimum else {
      throw .memoryBudget(bytes: options.memoryBudget, minimum: minimum)
    }
    if let option = snapshot.flatMap({ options.difference(from: $0.manifest.settings) }) {
      throw .otherOptions(path: folder.path, option: option)
    }
    self.folder = folder
    self.options = options
    self.mode = mode
    contents = try IndexWriter.contents(folder, options, snapshot)
    committed = contents
    hasCommit = snapshot != nil
    pool = WorkerPool(workers: options.affordableThreads)
    workers = (0..<pool.workers).map { _ in IndexingWorker(options) }
    budget = SegmentBudget(options.segmentBudget ?? options.memoryBudget)
  }

  deinit { removeWritten() }

  /// Removes the segments written since the last commit.
  private func removeWritten() {
    for number in written { try? SystemCalls.remove(path(number)) }
    written = []
  }

  /// Returns the path of the segment with a number.
  func path(_ number: UInt64) -> String { folder.path + "/" + IndexFiles.segment(number) }

  // MARK: Changing

  /// Adds a document, which replaces any other with its key. It may be analysed later, by another thread.
  ///
  /// Blocks while earlier documents are analysed, or a segment is written.
  ///
  /// - Throws: `SearchError.unknownField` for a field that the index does not have, `.limit` for more than 255 MiB of
  ///   text, errors of the file system if a segment is written.
  public func add(_ document: Document) throws(SearchError) {
    if let unknown = document.fields.first(where: { !options.fields.contains($0.name) }) {
      throw .unknownField(name: unknown.name, known: options.fields)
    }
    let bytes = document.fields.reduce(document.key.utf8.count) { $0 + $1.text.utf8.count }
    let gaps = Int(DocumentBatch.fieldGap) * options.fields.count
    guard bytes <= IndexWriter.maximumTextBytes, bytes + gaps < TermOccurrence.limit else {
      throw .limit(what: "bytes of a document", value: bytes, maximum: IndexWriter.maximumTextBytes)
    }
    batch.add(document, textBytes: bytes)
    addedDocuments += 1
    hasChanges = true
    if batch.textBytes >= budget.batchBytes { try submitBatch() }
  }

  /// Maximum bytes of the key and texts of a document: they have fewer tokens, whose positions stay below `TermOccurrence.limit` with the
  /// gaps between fields.
  static let maximumTextBytes = 255 << 20

  /// Deletes the document with a key, whether committed or just added. A key without a document is no error.
  ///
  /// - Throws: `SearchError.corrupt` if the keys of a segment are damaged.
  public func delete(key: String) throws(SearchError) {
    let bytes = Array(key.utf8)
    let next = DocumentOrder.Address(batch: UInt32(batches.count), index: UInt32(batch.sources.count))
    if next.batch > 0 || next.index > 0 { deletions[bytes] = next }
    noteDeletions(try contents.delete(key: bytes, before: contents.segments.count))
  }

  /// Adds to the number of deleted documents.
  func noteDeletions(_ count: Int) {
    deletedDocuments += count
    if count > 0 { hasChanges = true }
  }

  /// Discards everything since the last commit. Blocks until running jobs are done.
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

  /// Removes the batches that were submitted.
  private func forgetDocuments() {
    batches = []
    deletions = [:]
    budget.reset()
    for worker in workers { worker.reset() }
  }

  // MARK: Writing segments

  /// Submits the batch to be analysed, and writes the segment if the budget is reached.
  private func submitBatch() throws(SearchError) {
    if let failure { throw failure }
    let (full, workers) = (batch, workers)
    batch = DocumentBatch()
    let ticket = pool.submit { worker in workers[worker].analyze(full, as: worker) }
    batches.append((full, ticket))
    if let done = budget.add(full) {
      pool.wait(for: batches[batches.count - 1 - SegmentBudget.lag].ticket)
      budget.addCost(done.cost)
    }
    if budget.isFull {
      try writeSegment()
      SystemCalls.returnFreedMemory()
    }
  }

  /// The time of this writer so far, by stage. Blocks until running jobs are done.
  public var times: BuildTimes {
    pool.waitForAll()
    return workers.reduce(into: segmentTimes) { $0 += $1.times }
  }

  /// Writes the submitted batches as a segment, which is not committed yet.
  ///
  /// - Throws: `SearchError.limit` for too many segments; errors of the file system, after which the writer has failed.
  private func writeSegment() throws(SearchError) {
    pool.waitForAll()
    guard !batches.isEmpty else { return }
    guard contents.segments.count < Manifest.maximumSegments else {
      throw .limit(what: "segments", value: contents.segments.count + 1, maximum: Manifest.maximumSegments)
    }
    var builder = SegmentBuilder(batches.map(\.batch), workers, options, pool: pool, deletions: deletions)
    defer { forgetDocuments() }
    if builder.documentCount > 0 {
      let number = contents.takeNumber()
      do {
        written.append(number)
        _ = try builder.write(to: path(number), spoolBytes: spoolBytes)
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

  /// Writes the documents in memory as a segment and completes `replacedKeys`, `replacedDocuments` and
  /// `deletedDocuments`. Nothing is visible to readers yet.
  ///
  /// - Throws: `SearchError.limit` for too many segments, `.corrupt` for damaged segments, errors of the file system.
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

  /// Makes all changes visible to readers, atomically and durably, then removes files that are not needed any more.
  ///
  /// Without changes since the last commit nothing is written. In the mode `append` segments may be merged before, as
  /// the article <doc:LifeCycle> describes. Blocks until the files are on the disk.
  ///
  /// - Parameter attachment: bytes that the application stores with this commit. A later commit that adds or deletes
  ///   documents drops them. With nil, a commit that does neither keeps the current ones.
  /// - Returns: a summary of the index after the commit.
  /// - Throws: the errors of `flush`; errors of the file system. If an error is thrown before the manifest is replaced,
  ///   the index is unchanged.
  @discardableResult
  public func commit(attachment: [UInt8]? = nil) throws(SearchError) -> IndexSummary {
    try flush()
    contents.removeEmptySegments()
    if mode == .append { try mergeSegments() }
    if !hasCommit || !contents.isCommitted || attachment != nil {
      let change: AttachmentChange = attachment.map { .set($0) } ?? (hasCommit && !hasChanges ? .keep : .drop)
      try contents.commit(change, in: folder.path)
      // The new manifest is in effect: the files that it names must stay, even if the next call fails.
      (committed, hasCommit, hasChanges, written) = (contents, true, false, [])
      try folder.synchronize()
      // Files that cannot be removed now are removed by the next writer.
      try? folder.removeData(except: contents.manifest.fileNames)
    }
    return IndexSummary(contents.segments.map(\.segment), contents.manifest)
  }

  /// Returns the attachment of the last commit; nil if there is none.
  ///
  /// - Throws: `SearchError.corrupt` if it is damaged, `.unsupportedVersion` if a later version wrote it, `.system` for
  ///   errors of the file system.
  public func attachment() throws(SearchError) -> [UInt8]? {
    try hasCommit ? Attachment.read(committed.manifest, in: folder.path) : nil
  }
}
