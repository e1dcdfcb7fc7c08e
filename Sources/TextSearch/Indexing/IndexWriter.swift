/// Builds an index that replaces what is at its path when it is committed.
///
/// Documents are collected in memory and written as immutable segments whenever the memory budget is reached. Nothing
/// of it is visible to readers until `commit`; a writer that goes without committing leaves the old index as it was.
public final class IndexWriter {
  private let folder: String
  private let options: IndexOptions
  private let storedFields: [Int]
  private let lock: SystemCalls.Descriptor
  private var manifest: Manifest
  private var analyzer: Analyzer
  private var tokens = TokenBuffer()
  private var buffer = PostingBuffer()
  private var isCommitted = false
  /// The folder did not exist before: a writer that does not commit takes it away again.
  private let hasMadeFolder: Bool
  /// Segments written by this writer.
  private var written: [Segment] = []
  /// Keys that came more than once; the last document with the key stays.
  public private(set) var replacedKeys: [String] = []
  /// Documents added so far, replaced ones included.
  public private(set) var addedDocuments = 0

  /// Opens the folder for writing and takes its lock.
  ///
  /// - Parameters:
  ///   - path: a folder that holds an index, is empty, or does not exist yet (its parent must).
  ///   - options: how the index is made.
  /// - Throws: `SearchError.notAnIndex` for a folder with other contents, `.locked` while another writer has it,
  ///   `.unknownField` if a field is to be stored that the index does not have.
  public init(_ path: String, options: IndexOptions = IndexOptions()) throws(SearchError) {
    if let unknown = options.storedFields?.subtracting(options.fields).min() {
      throw .unknownField(name: unknown, known: options.fields)
    }
    let hasMadeFolder = try SystemCalls.kind(of: path) == nil
    let names = try IndexWriter.checkFolder(path)
    guard let lock = try SystemCalls.lock(path + "/" + Manifest.lockName) else { throw .locked(path: path) }
    // A damaged manifest does not keep its index from being replaced.
    let old: Manifest?
    do { old = try Manifest.read(in: path) } catch { old = nil }
    folder = path
    self.options = options
    storedFields = options.storedFieldNumbers
    self.lock = lock
    self.hasMadeFolder = hasMadeFolder
    analyzer = Analyzer(options.analyzer)
    manifest = Manifest(fingerprint: options.analyzer.fingerprint, schema: options.schema.fingerprint)
    manifest.generation = old?.generation ?? 0
    let used = names.compactMap(Manifest.segmentNumber).max().map { $0 &+ 1 } ?? 1
    manifest.nextSegment = max(used, old?.nextSegment ?? 1)
    let kept = Set(old?.segments.map(\.number) ?? [])
    // Files that no manifest names were left by a writer that did not commit.
    try removeSegments(names) { !kept.contains($0) }
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

  /// Adds a document.
  ///
  /// - Throws: `SearchError.unknownField` for a field that the index does not have; errors of the file system when
  ///   a segment is written.
  public func add(_ document: Document) throws(SearchError) {
    if let unknown = document.fields.first(where: { !options.fields.contains($0.name) }) {
      throw .unknownField(name: unknown.name, known: options.fields)
    }
    let texts = options.fields.map { name in document.fields.first { $0.name == name }?.text ?? "" }
    buffer.beginDocument(key: document.key)
    for text in texts {
      analyzer.analyze(text.utf8.span, into: &tokens)
      buffer.add(tokens)
      if options.analyzer.recipe == .frenchVietnamese { buffer.addCompounds(text.utf8.span, tokens, analyzer.forms) }
    }
    if !storedFields.isEmpty || !document.attributes.isEmpty {
      buffer.store(storedFields.map { texts[$0] }, document.attributes)
    }
    addedDocuments += 1
    if buffer.byteCount + analyzer.forms.byteCount > options.memoryBudget { try writeSegment() }
  }

  // MARK: Writing

  /// Writes the collected documents as a segment; they are still invisible.
  private func writeSegment() throws(SearchError) {
    guard !buffer.documents.isEmpty else { return }
    let number = manifest.nextSegment
    let path = folder + "/" + Manifest.segmentName(number)
    manifest.nextSegment += 1
    var builder = SegmentBuilder(options, attributes: buffer.attributeNames)
    do {
      _ = try builder.write(&buffer, analyzer, to: path)
    } catch {
      try? SystemCalls.remove(path)
      throw error
    }
    buffer.removeAll()
    analyzer.forms.reset()
    replacedKeys += builder.replacedKeys.map { String(decoding: $0, as: UTF8.self) }
    let segment = try Segment(path)
    try deleteReplaced(by: segment)
    written.append(segment)
    manifest.segments.append(Manifest.SegmentEntry(number: number, deleted: []))
  }

  /// Marks the documents of earlier segments whose keys the new one holds.
  private func deleteReplaced(by segment: Segment) throws(SearchError) {
    for (index, earlier) in written.enumerated() {
      var deleted = Set(manifest.segments[index].deleted)
      for document in 0..<UInt32(segment.documentCount) {
        let key = try segment.key(document)
        guard let old = try earlier.document(withKey: key), deleted.insert(old).inserted else { continue }
        replacedKeys.append(String(decoding: key, as: UTF8.self))
      }
      manifest.segments[index].deleted = deleted.sorted()
    }
  }

  /// Writes what is still in memory. After this `replacedKeys` is complete; nothing is visible yet.
  public func flush() throws(SearchError) { try writeSegment() }

  /// Makes the added documents the contents of the index, at once and durably; older contents are removed.
  ///
  /// - Returns: what the index holds now.
  @discardableResult
  public func commit() throws(SearchError) -> IndexSummary {
    try writeSegment()
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
