/// A verifier of the manifest and every file that it names, and of the uniqueness of keys.
struct IndexVerifier {
  private let path: String
  private var problems: [IndexProblem] = []
  /// Segments without problems.
  private var segments: [SegmentMerger.Source] = []
  private var bytes = 0

  /// Verifies the index in a folder.
  ///
  /// - Throws: `SearchError.noIndex` where there is none, `.system` if the manifest cannot be read.
  static func verify(_ path: String) throws(SearchError) -> IndexVerification {
    var verifier = IndexVerifier(path: path)
    try verifier.verify()
    return verifier.result
  }

  /// Verifies segments that are already open.
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
        try SegmentVerifier.require(
          manifest.encoded(), file.bytes.named("manifest"), "the manifest is not in its only valid encoding")
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
    if AnalyzerOptions(fingerprint: manifest.fingerprint) == nil { findings.add("manifest", 40, "unknown analyzer") }
    let numbers = manifest.segments.map(\.number)
    if Set(numbers).count < numbers.count {
      var seen: Set<UInt64> = []
      let index = numbers.firstIndex { !seen.insert($0).inserted } ?? 0
      findings.add("manifest", manifest.offset(ofSegment: index), "segment \(numbers[index]) is named twice")
    }
    if numbers.contains(where: { $0 >= manifest.nextSegment }) {
      findings.add("manifest", 24, "the number of the next segment is in use")
    }
    problems += findings.problems
    let folder = path
    check(IndexFiles.attachment(manifest.attachment)) { () throws(SearchError) in
      _ = try Attachment.read(manifest, in: folder)
    }
  }

  /// Runs the check of a file; returns whether there was no problem.
  @discardableResult
  private mutating func check(_ file: String, _ body: () throws(SearchError) -> Void) -> Bool {
    var findings = Findings(path + "/" + file)
    defer { problems += findings.problems }
    return findings.check(body)
  }

  /// Opens and verifies a segment.
  private mutating func verify(_ entry: Manifest.SegmentEntry, _ manifest: Manifest) {
    let file = path + "/" + Manifest.segmentName(entry.number)
    do {
      verify(try Segment(file), entry, manifest)
    } catch {
      // The frame of a file that cannot be opened may have more problems.
      var findings = Findings(file)
      findings.add(error)
      if let mapped = try? MappedFile(file) { FrameVerifier(mapped.bytes).verify(&findings) }
      problems += findings.problems
    }
  }

  private mutating func verify(_ segment: Segment, _ entry: Manifest.SegmentEntry, _ manifest: Manifest) {
    var findings = Findings(segment.path)
    if segment.fingerprint != manifest.fingerprint {
      findings.add("header", 16, "the fingerprint of the analyzer differs from the index's")
    }
    if segment.schemaFingerprint != manifest.settings.schema.fingerprint {
      findings.add("header", 24, "the fingerprint of the schema differs from the index's")
    }
    if segment.documentCount > 0, segment.pairFrequencies.isEmpty == manifest.settings.keepsPairs {
      findings.add("pair frequencies", 0, "present or missing against the settings of the index")
    }
    SegmentVerifier.verify(segment, &findings)
    bytes += segment.byteCount
    problems += findings.problems
    var deleted = DeletedDocuments(limit: segment.documentCount)
    let folder = path
    let isRead = check(IndexFiles.deletions(entry.number, entry.deletions)) { () throws(SearchError) in
      deleted = try DeletedDocuments.read(entry, documents: segment.documentCount, in: folder)
    }
    if isRead, findings.problems.isEmpty { segments.append(SegmentMerger.Source(segment: segment, deleted: deleted)) }
  }

  /// Checks that the live keys of all segments differ.
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
