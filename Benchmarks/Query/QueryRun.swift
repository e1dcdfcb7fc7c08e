import Foundation
import TextSearch

/// Runs the queries of a file over an index and prints keys and scores: a process whose instructions are those of the
/// searches, without stored documents and snippets. `Benchmarks/instructions` counts them.
enum QueryRun {
  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    var options = SearchOptions(limit: 10, makesSnippets: false)
    options.requiresAllWords = words.has("--all")
    if words.has("--quick") { options.countsAll = false }
    if words.has("--plain") {
      options.stopWords = .keep
      options.adjacency = .off
    }
    if words.has("--weights") { options.ranking.fieldWeights = ["title": 2] }
    let explains = words.has("--explain")
    let facet = try words.value(of: "--facet")
    if let facet { options.facets = [Facet(facet)] }
    let operands = try words.operands()
    try require(operands.count == 2, "fts-bench run INDEX QUERIES: two operands, not \(operands.count)")
    let index = try SearchIndex(operands[0])
    let text = try String(contentsOfFile: operands[1], encoding: .utf8)
    for line in text.split(separator: "\n") {
      let query = try index.parse(String(line), requiresAll: options.requiresAllWords)
      if facet != nil {
        let results = try index.search(query, options)
        print(results.total, results.facets.map { $0.top(10) })
        continue
      }
      let found = try index.topHits(query, options)
      print(options.countsAll ? found.total : -1)
      for hit in found.hits {
        let explained = explains ? try index.explain(query, key: hit.key, options)?.score : nil
        print(hit.key, hit.score.bitPattern, explained?.bitPattern ?? 0)
      }
    }
  }
}
