import Foundation
import TextSearch

/// Runs the queries of a file over an index and prints keys and scores: a process whose instructions are those of the
/// searches, without stored documents and snippets. `Benchmarks/instructions` counts them. With `--passes N` times them
/// instead.
enum QueryRun {
  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    var options = SearchOptions(limit: 10, makesSnippets: false)
    options.requiresAllWords = words.has("--all")
    options.countLimit = words.has("--quick") ? 0 : words.has("--defaults") ? options.countLimit : .max
    let passes = try words.number(of: "--passes") ?? 0
    if words.has("--plain") {
      options.stopWords = .keep
      options.adjacency = .off
      options.ranksTitlesFirst = false
    }
    if words.has("--constant") { options.expansionScore = .constant }
    options.threads = try words.number(of: "--threads") ?? 1
    if words.has("--weights") { options.ranking.fieldWeights = ["title": 2] }
    let explains = words.has("--explain")
    let facet = try words.value(of: "--facet")
    if let facet { options.facets = [Facet(facet)] }
    if let name = try words.value(of: "--sort") { options.order = AttributeOrder(name) }
    let operands = try words.operands()
    try require(operands.count == 2, "fts-bench run INDEX QUERIES: two operands, not \(operands.count)")
    let index = try SearchIndex(operands[0])
    let text = try String(contentsOfFile: operands[1], encoding: .utf8)
    if passes > 0 { return try time(text.split(separator: "\n").map(String.init), index, options, passes: passes) }
    for line in text.split(separator: "\n") {
      let query = try index.parse(String(line), requiresAll: options.requiresAllWords)
      if options.order != nil || facet != nil {
        let results = try index.search(query, options)
        print(results.total ?? -1, results.facets.map { $0.top(10) })
        if options.order != nil { for hit in results.hits { print(hit.key) } }
        continue
      }
      let found = try index.topHits(query, options)
      print(found.total ?? -1)
      for hit in found.hits {
        let explained = explains ? try index.explain(query, key: hit.key, options)?.score : nil
        print(hit.key, hit.score.bitPattern, explained?.bitPattern ?? 0)
      }
    }
  }

  /// Prints percentiles of the queries' times, each the minimum of some passes, and the median total.
  private static func time(
    _ queries: [String], _ index: SearchIndex, _ options: SearchOptions, passes: Int
  ) throws {
    var times = [Double](repeating: .infinity, count: queries.count)
    var totals = [Int](repeating: 0, count: queries.count)
    for _ in 0..<passes {
      for (number, text) in queries.enumerated() {
        let start = SystemCalls.nanoseconds()
        let query = try index.parse(text, requiresAll: options.requiresAllWords)
        totals[number] =
          options.order == nil && options.facets.isEmpty
          ? try index.topHits(query, options).total ?? -1 : try index.search(query, options).total ?? -1
        times[number] = min(times[number], Double(SystemCalls.nanoseconds() - start) / 1000)
      }
    }
    times.sort()
    totals.sort()
    for percent in [50, 90, 99] {
      guard let time = QueryMeasurement.percentile(percent, of: times) else { return }
      print("p\(percent)", Int(time), terminator: " ")
    }
    let mean = times.reduce(0, +) / Double(times.count)
    print("mean", Int(mean), "µs, median total", totals[totals.count / 2])
  }
}
