extension IndexWriter {
  /// What a locked folder holds; nil where it is no index yet.
  static func snapshot(_ folder: IndexFolder) throws(SearchError) -> IndexSnapshot? {
    try Manifest.isPresent(in: folder.path) ? try IndexSnapshot.open(folder.path) : nil
  }

  /// What the writer begins with. Files that no manifest names were left by one that did not commit: they are removed.
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
        // A damaged manifest does not keep its index from being replaced; one that cannot be read just now may be whole.
        if case .system = error { throw error }
        isDamaged = true
      }
      var manifest = Manifest(settings: options.settings)
      // Where the manifest is damaged its files stay until the commit: no name of theirs is used again.
      let used = try SystemCalls.names(in: folder.path).compactMap(IndexFiles.generation).max() ?? 0
      manifest.generation = max(old?.generation ?? 0, isDamaged ? used : 0)
      contents = IndexContents(manifest)
    }
    let numbers = try SystemCalls.names(in: folder.path).compactMap(IndexFiles.segmentNumber)
    contents.reserveNumbers(below: max(old?.nextSegment ?? 1, numbers.max().map { $0 + 1 } ?? 1))
    if !isDamaged { try folder.removeData(except: old?.fileNames ?? []) }
    return contents
  }
}
