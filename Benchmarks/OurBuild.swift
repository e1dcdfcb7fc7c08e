import TextSearch

/// An index of ours built from documents in memory with one thread: one segment, no text stored, as the peers build
/// theirs.
struct OurBuild {
  let folder: ScratchFolder
  let summary: IndexSummary
  let result: BuildResult

  /// More than the benchmarks' collections need, so that one segment is written.
  private static let memoryBudget = 4 << 30

  /// Builds; several segments are merged into one.
  ///
  /// - Parameters:
  ///   - plain: whether to use the analyzer preset `folding` without pairs, like the peers, instead of the default
  ///     options.
  ///   - reorders: whether to compact the index with reordering.
  init(_ documents: [Document], plain: Bool, reorders: Bool = false) throws {
    folder = try ScratchFolder()
    let options = IndexOptions(
      analyzer: plain ? AnalyzerOptions(preset: .folding) : AnalyzerOptions(),
      fields: documents.first?.fields.map(\.name) ?? [], storedFields: [], memoryBudget: OurBuild.memoryBudget,
      keepsPairs: !plain)
    let start = SystemCalls.nanoseconds()
    let startOfWork = SystemCalls.processorNanoseconds()
    let writer = try IndexWriter(folder.path, options: options)
    for document in documents { try writer.add(document) }
    if reorders { try require(try writer.compact(reorder: true), "nothing to reorder") }
    try writer.commit()
    let built = SystemCalls.nanoseconds()
    let work = SystemCalls.processorNanoseconds() - startOfWork
    try writer.compact()
    summary = try writer.commit()
    let merged = SystemCalls.nanoseconds()
    try require(summary.documents == documents.count, "\(summary.documents) of \(documents.count) documents")
    try require(summary.segments <= 1, "\(summary.segments) segments, not one")
    result = BuildResult(
      ours: summary, bytes: documents.reduce(0) { $0 + $1.textBytes },
      seconds: (build: Double(built - start) / 1e9, merge: Double(merged - built) / 1e9, cpu: Double(work) / 1e9),
      sections: try SearchIndex(folder.path).sectionSizes)
  }
}

extension Document {
  /// UTF-8 bytes of all fields.
  var textBytes: Int { fields.reduce(0) { $0 + $1.text.utf8.count } }
}
