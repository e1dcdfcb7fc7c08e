extension SearchIndex {
  /// Reads every byte of an index's files and checks everything that the format promises: checksums, zero bytes, orders,
  /// counts, statistics. It goes on after a problem, and opens what an index with problems still lets be opened.
  ///
  /// Takes about as long as merging the index, and memory for the longest posting list.
  ///
  /// - Throws: `SearchError.noIndex` where there is no index, `.system` if the manifest cannot be read.
  public static func verify(_ path: String) throws(SearchError) -> IndexVerification {
    try IndexVerifier.verify(path)
  }
}
