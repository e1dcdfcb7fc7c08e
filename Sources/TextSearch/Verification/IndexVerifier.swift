/// Checks the manifest, every segment that it names, and that no document is there twice.
struct IndexVerifier {
  private let path: String
  private var problems: [IndexProblem] = []
  private var segments: [SegmentMerger.Source] = []
  private var bytes = 0

  /// - Throws: `SearchError.noIndex` where there is none, errors of the system in reading the manifest.
  static func verify(_ path: String) throws(SearchError) -> IndexVerification {
    var verifier = IndexVerifier(path: path)
    try verifier.verify()
    return verifier.result
  }

  /// Checks segments that are open already.
  static func verify(
    _ path: String, _ manifest: Manifest, _ segments: [Segment]
  ) -> IndexVerification {
    var verifier = IndexVerifier(path: path)
    verifier.bytes = manifest.encoded().count
    verifier.verifyManifest(manifest)
    for (segment, entry) in zip(segments, manifest.segments) { verifier.verify(segment, entry, manifest) }
    verifier.verifyKeys()
    return verifier.result
  }

  private init(path: String) { self.path = path }

  private var result: IndexVerification {
    IndexVerification(
      problems: problems, segments: segments.count,
      documents: segments.reduce(0) { $0 + $1.segment.documentCount - $1.deleted.count }, bytes: bytes)
  }

  private mutating func verify() throws(SearchError) {
    let manifestPath = path + "/" + Manifest.fileName
    guard try SystemCalls.kind(of: manifestPath) == .file else { throw .noIndex(path: path) }
    let file = try MappedFile(manifestPath)
    var findings = Findings(manifestPath)
    bytes += file.count
    do {
      let manifest = try Manifest(file)
      findings.check { () throws(SearchError) in
        try SegmentVerifier.require(manifest.encoded(), file.bytes.named("manifest"), "coded otherwise")
      }
      problems += findings.problems
      verifyManifest(manifest)
      for entry in manifest.segments { verify(entry, manifest) }
      verifyKeys()
    } catch {
      findings.add(error)
      problems += findings.problems
    }
  }

  private mutating func verifyManifest(_ manifest: Manifest) {
    var findings = Findings(path + "/" + Manifest.fileName)
    if AnalyzerOptions(fingerprint: manifest.fingerprint) == nil { findings.add("manifest", 32, "unknown analyzer") }
    let numbers = manifest.segments.map(\.number)
    if Set(numbers).count < numbers.count { findings.add("manifest", 56, "a segment is named twice") }
    if numbers.contains(where: { $0 >= manifest.nextSegment }) {
      findings.add("manifest", 24, "number of the next segment")
    }
    problems += findings.problems
    let folder = path
    check(IndexFiles.attachment(manifest.attachment)) { () throws(SearchError) in
      _ = try Attachment.read(manifest, in: folder)
    }
  }

  /// Runs the check of a whole file; whether there was no problem.
  @discardableResult
  private mutating func check(_ file: String, _ body: () throws(SearchError) -> Void) -> Bool {
    var findings = Findings(path + "/" + file)
    defer { problems += findings.problems }
    return findings.check(body)
  }

  private mutating func verify(_ entry: Manifest.SegmentEntry, _ manifest: Manifest) {
    let file = path + "/" + Manifest.segmentName(entry.number)
    do {
      verify(try Segment(file), entry, manifest)
    } catch {
      // What can be said of a file that cannot be opened.
      var findings = Findings(file)
      findings.add(error)
      if let mapped = try? MappedFile(file) { FrameVerifier(mapped.bytes).verify(&findings) }
      problems += findings.problems
    }
  }

  private mutating func verify(_ segment: Segment, _ entry: Manifest.SegmentEntry, _ manifest: Manifest) {
    var findings = Findings(segment.path)
    if segment.fingerprint != manifest.fingerprint { findings.add("header", 16, "another analyzer than the index") }
    if segment.schemaFingerprint != manifest.settings.schema.fingerprint {
      findings.add("header", 24, "another schema than the index")
    }
    if segment.documentCount > 0, segment.pairs.isEmpty == manifest.settings.keepsPairs {
      findings.add("pair filters", 0, "kept otherwise than the index says")
    }
    SegmentVerifier.verify(segment, &findings)
    bytes += segment.byteCount
    problems += findings.problems
    var deleted: [UInt32] = []
    let folder = path
    let isRead = check(IndexFiles.deletions(entry.number, entry.deletions)) { () throws(SearchError) in
      deleted = try Deletions.read(entry, documents: segment.documentCount, in: folder)
    }
    if isRead, findings.problems.isEmpty { segments.append(SegmentMerger.Source(segment: segment, deleted: deleted)) }
  }

  /// The live keys of all segments, side by side.
  private mutating func verifyKeys() {
    guard problems.isEmpty, segments.count > 1 else { return }
    var findings = Findings(path + "/" + Manifest.fileName)
    findings.check { () throws(SearchError) in try IndexVerifier.requireDistinctKeys(segments) }
    problems += findings.problems
  }

  private static func requireDistinctKeys(_ segments: [SegmentMerger.Source]) throws(SearchError) {
    var keys = try MergedKeys(segments)
    var last: [UInt8]?
    while try keys.next() {
      guard keys.key != last else {
        let region = try segments[keys.source].segment.region(.keys)
        throw region.corrupt(at: 0, "two documents have the key \(String(decoding: keys.key, as: UTF8.self))")
      }
      last = keys.key
    }
  }
}
