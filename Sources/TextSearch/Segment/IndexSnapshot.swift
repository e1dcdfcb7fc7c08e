/// What one manifest names, opened: the segments and what is deleted in each.
final class IndexSnapshot: Sendable {
  let manifest: Manifest
  let segments: [Segment]
  /// Deleted documents of each segment.
  let deleted: [DeletedDocuments]

  init(_ manifest: Manifest, _ segments: [Segment], _ deleted: [DeletedDocuments]) {
    (self.manifest, self.segments, self.deleted) = (manifest, segments, deleted)
  }

  /// Opens what the manifest in a folder names.
  ///
  /// A commit may remove files between the reading of the manifest and theirs: then the manifest is read again.
  ///
  /// - Parameter old: what it has in common with the new state stays mapped as it is.
  /// - Throws: `SearchError.noIndex` where there is no manifest.
  static func open(_ path: String, reusing old: IndexSnapshot? = nil) throws(SearchError) -> IndexSnapshot {
    var last: Manifest?
    while true {
      guard let manifest = try Manifest.read(in: path) else { throw .noIndex(path: path) }
      do {
        return try IndexSnapshot(manifest, in: path, reusing: old)
      } catch {
        // A file that one manifest names twice in vain does not come back.
        guard case .system = error, manifest != last else { throw error }
        last = manifest
      }
    }
  }

  private convenience init(_ manifest: Manifest, in path: String, reusing old: IndexSnapshot?) throws(SearchError) {
    var segments: [Segment] = []
    var deleted: [DeletedDocuments] = []
    for entry in manifest.segments {
      let known = old.flatMap { $0.ordinal(of: entry.number, in: path) }
      let segment: Segment
      if let old, let known {
        segment = old.segments[known]
      } else {
        segment = try IndexSnapshot.segment(entry.number, manifest, path)
      }
      segments.append(segment)
      if let old, let known, old.manifest.segments[known] == entry {
        deleted.append(old.deleted[known])
      } else {
        deleted.append(try DeletedDocuments.read(entry, documents: segment.documentCount, in: path))
      }
    }
    self.init(manifest, segments, deleted)
  }

  /// Whether both name the same files.
  func isSame(as other: IndexSnapshot) -> Bool {
    manifest == other.manifest && segments.elementsEqual(other.segments, by: ===)
  }

  /// Returns the ordinal of a segment whose file is still the one that is mapped; nil if there is none. An index that was removed
  /// and made anew begins to count again, but no other file has the identity of a mapped one.
  private func ordinal(of number: UInt64, in path: String) -> Int? {
    guard let ordinal = manifest.segments.firstIndex(where: { $0.number == number }),
      let identity = segments[ordinal].identity,
      let found = SystemCalls.identity(of: path + "/" + IndexFiles.segment(number)), found == identity
    else { return nil }
    return ordinal
  }

  private static func segment(
    _ number: UInt64, _ manifest: Manifest, _ path: String
  ) throws(SearchError) -> Segment {
    let segment = try Segment(path + "/" + IndexFiles.segment(number))
    guard segment.fingerprint == manifest.fingerprint else {
      throw .unsupportedAnalyzer(file: segment.path, fingerprint: segment.fingerprint)
    }
    guard segment.schemaFingerprint == manifest.settings.schema.fingerprint else {
      throw .otherSchema(file: segment.path)
    }
    return segment
  }
}
