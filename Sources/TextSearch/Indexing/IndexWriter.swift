/// Builds an index that replaces what is at its path when it is committed.
///
/// Documents are collected in memory and written as immutable segments whenever the memory budget is reached. Nothing
/// of it is visible to readers until `commit`; a writer that goes without committing leaves the old index as it was. When
/// a segment cannot be written its documents are lost to the writer: it throws the same error from then on, and the old
/// index stays. A writer is used by one thread at a time; it starts more itself (``IndexOptions/threads``). The article
/// <doc:Indexing> tells how.
public final class IndexWriter {
  private let folder: String
  private let options: IndexOptions
  private let lock: SystemCalls.Descriptor
  private var manifest: Manifest
  private let pool: WorkerPool
  private let workers: [IndexingWorker]
  /// The batch that documents are added to.
  private var batch = DocumentBatch()
  /// Batches of the next segment and the tickets of their jobs.
  private var batches: [(batch: DocumentBatch, ticket: Int)] = []
  private var budget: SegmentBudget
  private var isCommitted = false
  /// The error that has cost documents: nothing can be committed any more.
  private var failure: SearchError?
  /// The folder did not exist before: a writer that does not commit takes it away again.
  private let hasMadeFolder: Bool
  /// Segments written by this writer.
  private var written: [Segment] = []
  /// Of these, those whose keys have been compared with all others.
  private var comparedSegments = 0
  private var segmentTimes = BuildTimes()
  /// Keys that came more than once; the last document with the key stays.
  public private(set) var replacedKeys: [String] = []
  /// Documents added so far, replaced ones included.
  public private(set) var addedDocuments = 0

  /// Opens the folder for writing and takes its lock.
  ///
  /// - Parameters:
  ///   - path: a folder that holds an index, is empty, or does not exist yet (its parent must).
  ///   - options: how the index is made.
  /// - Throws: `SearchError.notAnIndex` for a folder with other contents, `.locked` while another writer has it.
  public init(_ path: String, options: IndexOptions = IndexOptions()) throws(SearchError) {
    if let unknown = options.storedFields?.subtracting(options.fields).min() {
      throw .unknownField(name: unknown, known: options.fields)
    }
    let hasMadeFolder = try SystemCalls.kind(of: path) == nil
    let names = try IndexWriter.checkFolder(path)
    guard let lock = try SystemCalls.lock(path + "/" + Manifest.lockName) else { throw .locked(path: path) }
    let old: Manifest?
    var isDamaged = false
    do {
      old = try Manifest.read(in: path)
    } catch {
      // A damaged manifest does not keep its index from being replaced; one that cannot be read just now may be whole.
      if case .system = error {
        SystemCalls.close(lock)
        throw error
      }
      old = nil
      isDamaged = true
    }
    folder = path
    self.options = options
    self.lock = lock
    self.hasMadeFolder = hasMadeFolder
    pool = WorkerPool(workers: options.threads)
    workers = (0..<pool.workers).map { _ in IndexingWorker(options) }
    budget = SegmentBudget(options.memoryBudget)
    manifest = Manifest(fingerprint: options.analyzer.fingerprint, schema: options.schema.fingerprint)
    manifest.generation = old?.generation ?? 0
    let used = names.compactMap(Manifest.segmentNumber).max().map { $0 &+ 1 } ?? 1
    manifest.nextSegment = max(used, old?.nextSegment ?? 1)
    let kept = Set(old?.segments.map(\.number) ?? [])
    // Files that no manifest names were left by a writer that did not commit.
    if !isDamaged { try removeSegments(names) { !kept.contains($0) } }
  }

  deinit {
    if !isCommitted {
      for segment in written { try? SystemCalls.remove(segment.path) }
    }
    if !isCommitted, hasMadeFolder {
      try? SystemCalls.remove(folder + "/" + Manifest.lockName)
      try? SystemCalls.removeFolder(folder)
    }
    SystemCalls.close(lock)
  }

  /// Makes the folder if need be; names in it. Refuses folders that hold anything but an index.
  private static func checkFolder(_ path: String) throws(SearchError) -> [String] {
    switch try SystemCalls.kind(of: path) {
    case nil: try SystemCalls.makeFolder(path)
    case .folder: break
    default: throw .notAnIndex(path: path, found: "it is a file, not a folder")
    }
    let names = try SystemCalls.names(in: path)
    if try Manifest.isPresent(in: path) { return names }
    let foreign = names.first { !Manifest.isOwnName($0) || $0 == Manifest.fileName }
    if let foreign { throw .notAnIndex(path: path, found: "it holds \(foreign)") }
    return names
  }

  // MARK: Adding

  /// Adds a document. It may be analysed later, by another thread.
  ///
  /// - Throws: `SearchError.unknownField` for a field that the index does not have; `.limit` for more than 2 GiB of text;
  ///   errors of the file system when a segment is written.
  public func add(_ document: Document) throws(SearchError) {
    if let unknown = document.fields.first(where: { !options.fields.contains($0.name) }) {
      throw .unknownField(name: unknown.name, known: options.fields)
    }
    let bytes = document.fields.reduce(document.key.utf8.count) { $0 + $1.text.utf8.count }
    guard bytes <= IndexWriter.mostTextBytes else {
      throw .limit(what: "bytes of a document", value: bytes, most: IndexWriter.mostTextBytes)
    }
    batch.add(document, textBytes: bytes)
    addedDocuments += 1
    if batch.textBytes >= SegmentBudget.batchBytes(options.memoryBudget) { try submitBatch() }
  }

  /// Places in a text are counted in 32 bits.
  static let mostTextBytes = Int(Int32.max)

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

  // MARK: Writing

  /// Writes the batches as a segment; it is still invisible.
  private func writeSegment() throws(SearchError) {
    pool.waitForAll()
    guard !batches.isEmpty else { return }
    guard manifest.segments.count < Manifest.mostSegments else {
      throw .limit(what: "segments", value: manifest.segments.count + 1, most: Manifest.mostSegments)
    }
    let number = manifest.nextSegment
    let path = folder + "/" + Manifest.segmentName(number)
    manifest.nextSegment += 1
    var builder = SegmentBuilder(batches.map(\.batch), workers, options, pool)
    batches = []
    budget.reset()
    defer { for worker in workers { worker.reset() } }
    do {
      _ = try builder.write(to: path)
    } catch {
      try? SystemCalls.remove(path)
      failure = error
      throw error
    }
    segmentTimes += builder.times
    replacedKeys += builder.replacedKeys.map { String(decoding: $0, as: UTF8.self) }
    written.append(try Segment(path))
    manifest.segments.append(Manifest.SegmentEntry(number: number, deleted: []))
  }

  /// Marks the documents that later segments replace.
  private func deleteReplaced() throws(SearchError) {
    guard comparedSegments < written.count else { return }
    let replaced = try ReplacedDocuments(written, known: manifest.segments.map(\.deleted))
    for (index, documents) in replaced.documents.enumerated() { manifest.segments[index].deleted = documents }
    replacedKeys += replaced.newKeys.map { String(decoding: $0, as: UTF8.self) }
    comparedSegments = written.count
  }

  /// Writes what is still in memory. After this `replacedKeys` is complete; nothing is visible yet.
  public func flush() throws(SearchError) {
    if let failure { throw failure }
    if !batch.sources.isEmpty { try submitBatch() }
    try writeSegment()
    try deleteReplaced()
  }

  /// Makes the added documents the contents of the index, at once and durably; older contents are removed.
  ///
  /// - Returns: what the index holds now.
  @discardableResult
  public func commit() throws(SearchError) -> IndexSummary {
    try flush()
    try SystemCalls.synchronizeFolder(folder)
    manifest.generation += 1
    try manifest.write(in: folder)
    // The new manifest is in its place: what it names must stay, even if the disk now fails.
    isCommitted = true
    try SystemCalls.synchronizeFolder(folder)
    if hasMadeFolder { try SystemCalls.synchronizeFolder(IndexWriter.parent(of: folder)) }
    let kept = Set(manifest.segments.map(\.number))
    // What cannot be removed now is removed by the next writer.
    try? removeSegments(SystemCalls.names(in: folder)) { !kept.contains($0) }
    return IndexSummary(written, manifest)
  }

  private static func parent(of path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func removeSegments(_ names: [String], where isOld: (UInt64) -> Bool) throws(SearchError) {
    for name in names {
      if let number = Manifest.segmentNumber(name), isOld(number) { try SystemCalls.remove(folder + "/" + name) }
    }
  }
}
