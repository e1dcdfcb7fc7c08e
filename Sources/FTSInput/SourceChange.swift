/// The effect of changed sources on the documents of an index.
package struct SourceChange {
  /// Keys of documents that no source contains any more.
  package let goneKeys: [String]
  /// Number of documents in the sources that have not changed.
  package let unchangedDocuments: Int
  /// Whether a document that was read has the key of one that was not.
  ///
  /// Which of them is indexed depends on the order of the inputs, therefore all sources must be read.
  package let isAmbiguous: Bool

  /// Compares the sources of an index with those that have been read.
  ///
  /// - Parameters:
  ///   - known: the sources of the index. Sources with a common key are flawed, so that both are read again.
  ///   - reader: the reader that has read the changed sources.
  package init(_ known: SourceList, _ reader: DocumentReader) {
    let read = Set(reader.readSources.flatMap(\.keyBytes))
    let names = Set(reader.readSources.map(\.identity))
    let unchanged = reader.sources.filter { !names.contains($0.identity) }
    let kept = Set(unchanged.map(\.identity))
    let old = Set(known.sources.filter { !kept.contains($0.identity) }.flatMap(\.keyBytes))
    goneKeys = old.subtracting(read).map { String(decoding: $0, as: UTF8.self) }
    unchangedDocuments = unchanged.reduce(0) { $0 + $1.keys.count }
    isAmbiguous = !read.isEmpty && unchanged.contains { $0.keyBytes.contains { read.contains($0) } }
  }
}
