extension IndexWriter {
  /// Opens the index in a locked folder; returns nil if there is none yet.
  ///
  /// - Throws: `SearchError.corrupt` for damaged files, `.system` for errors of the file system.
  static func snapshot(_ folder: IndexFolder) throws(SearchError) -> IndexSnapshot? {
    try Manifest.isPresent(in: folder.path) ? try IndexSnapshot.open(folder.path) : nil
  }

  /// Returns the contents that a writer starts with, and removes the files that no manifest refers to: a writer that
  /// did not commit has left them.
  ///
  /// - Parameter snapshot: the index to append to; nil to replace what the folder holds.
  static func contents(
    _ folder: IndexFolder, _ options: IndexOptions, _ snapshot: IndexSnapshot?
  ) throws(SearchError) -> IndexContents {
    var contents: IndexContents
    var old: Manifest?
    var isDamaged = false
    if let snapshot {
      contents = IndexContents(snapshot)
      old = snapshot.manifest
    } else {
      do {
        old = try Manifest.read(in: folder.path)
      } catch {
        // An index with a damaged manifest can be replaced. A manifest that cannot be read now may be undamaged.
        if case .system = error { throw error }
        isDamaged = true
      }
      var manifest = Manifest(settings: options.settings)
      // If the manifest is damaged its files stay until the commit, and their names must not be used again.
      let used = try SystemCalls.names(in: folder.path).compactMap(IndexFiles.generation).max() ?? 0
      manifest.generation = max(old?.generation ?? 0, isDamaged ? used : 0)
      contents = IndexContents(manifest)
    }
    let numbers = try SystemCalls.names(in: folder.path).compactMap { name in
      IndexFiles.segmentNumber(name) ?? IndexFiles.spoolNumber(name)
    }
    contents.reserveNumbers(below: max(old?.nextSegment ?? 1, numbers.max().map { $0 + 1 } ?? 1))
    if !isDamaged { try folder.removeData(except: old?.fileNames ?? []) }
    return contents
  }
}
