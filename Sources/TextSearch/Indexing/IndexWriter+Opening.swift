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
    let old: Manifest?
    if let snapshot {
      contents = IndexContents(snapshot)
      old = snapshot.manifest
    } else {
      // A damaged manifest does not keep its index from being replaced.
      do { old = try Manifest.read(in: folder.path) } catch { old = nil }
      var manifest = Manifest(settings: options.settings)
      manifest.generation = old?.generation ?? 0
      contents = IndexContents(manifest)
    }
    let numbers = try SystemCalls.names(in: folder.path).compactMap(IndexFiles.segmentNumber)
    contents.reserveNumbers(below: max(old?.nextSegment ?? 1, numbers.max().map { $0 + 1 } ?? 1))
    try folder.removeData(except: old?.fileNames ?? [])
    return contents
  }
}
