/// What a change of sources means for the documents of an index.
package struct SourceChange {
  /// Keys of documents that no source gives any more.
  package let goneKeys: [String]
  /// Documents of the sources that have not changed.
  package let unchangedDocuments: Int
  /// A document that was read has the key of one that was not: which of them stays depends on the order of the inputs,
  /// so everything is to be read.
  package let isAmbiguous: Bool

  /// - Parameters:
  ///   - known: the sources of the index. Two of them that give one key are flawed, so that both are read again.
  ///   - reader: has read the sources as they are now.
  package init(_ known: SourceList, _ reader: DocumentReader) {
    let read = Set(reader.readSources.flatMap(\.keyBytes))
    let names = Set(reader.readSources.map(\.identity))
    let unchanged = reader.sources.filter { !names.contains($0.identity) }
    let left = Set(unchanged.map(\.identity))
    let old = Set(known.sources.filter { !left.contains($0.identity) }.flatMap(\.keyBytes))
    goneKeys = old.subtracting(read).map { String(decoding: $0, as: UTF8.self) }
    unchangedDocuments = unchanged.reduce(0) { $0 + $1.keys.count }
    isAmbiguous = !read.isEmpty && unchanged.contains { $0.keyBytes.contains { read.contains($0) } }
  }
}
