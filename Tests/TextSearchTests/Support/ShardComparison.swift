import Testing

@testable import TextSearch

/// Compares the search of a collection with the merged searches of its parts.
enum ShardComparison {
  /// Expects bit-identical hits where the parts search with the statistics of the collection.
  static func expectEqual(
    _ whole: SearchIndex, parts: [SearchIndex], _ query: Query, _ options: SearchOptions = SearchOptions()
  ) throws {
    var shared = try parts[0].statistics(for: query, options)
    for part in parts.dropFirst() { try shared += part.statistics(for: query, options) }
    let expected = try whole.search(query, options)
    var own = options
    own.statistics = shared
    let merged = SearchResults(merging: try parts.map { try $0.search(query, own) }, limit: options.limit)
    #expect(merged.hits.map(\.key) == expected.hits.map(\.key), "\(query)")
    #expect(merged.hits.map(\.score.bitPattern) == expected.hits.map(\.score.bitPattern), "\(query)")
  }
}
