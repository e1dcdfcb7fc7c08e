import TextSearch

/// What `fts-bench growth` measures at one size.
struct GrowthStep {
  let documents: Int
  let engines: [String]
  /// The build of each engine.
  let builds: [BuildResult]
  /// Median nanoseconds by engine and query.
  let times: [[Double]]

  /// Builds the indexes, checks our answers and measures.
  init(_ collection: CollectionPrefix, _ queries: [BenchmarkQuery], _ peers: FrenchPeers, passes: Int) throws {
    documents = collection.documents
    // The documents are not kept.
    let built = try FrenchBuilds(try Corpus.texts(collection.path), file: collection.path, peers, rounds: 1)
    builds = built.builds.compactMap(\.results.last)
    let ours = try OurQueries(
      "ours", built.folder, reading: ReadingOptions(), countLimit: SearchOptions.standardCountLimit)
    let engines: [any QueryEngine] = try [ours] + peers.peers.map { try peers.engine($0, warmUp: queries) }
    self.engines = engines.map(\.name)
    let measurement = try QueryMeasurement(.real, queries, engines)
    try OwnAnswers.checkReal(measurement, ours: 1)
    for _ in 0..<passes { try measurement.pass(engines) }
    times = measurement.medianTimes
  }
}
