import TextSearch

/// `fts-bench`: measures, and asserts what it measures.
enum BenchmarkCommand {
  private static let help = """
    fts-bench all DATA                  speed, size and quality, on DATA/bench/*.jsonl and DATA/ir/*: writes RESULTS.md and its drawings
                                        into --results FOLDER (Benchmarks); --peers FOLDER, --queries N, --passes N
    fts-bench analyze FILE.jsonl...     speed of the analyzer alone, in MB of UTF-8 a second, stage by stage, and of
                                        the plain way with Foundation; with --whole only of all stages together
    fts-bench build FILE.jsonl...       speed of building, documents in memory and from the file, time per stage; two
                                        threads against two builds side by side. With --peers FOLDER (made by
                                        Benchmarks/peers/install) beside the peers or those that --engines NAME,...
                                        names, with sizes and counts
    fts-bench kernels FILE.jsonl...     ratio and speed of the compression of stored documents, blocks of 16 KiB of the
                                        documents that the dictionary was not made from
    fts-bench memory MIB THREADS FILE.jsonl...
                                        peak memory of one build with that budget
    fts-bench quality FOLDER...         nDCG@10, MRR@10, Recall@100 of retrieval sets (corpus.jsonl, queries.tsv,
                                        queries.folded.tsv, qrels.tsv); with --mixed also of one index of all; with
                                        --stop-words keep|weigh|drop, --match exact|smart|folded, --weight FIELD=NUMBER
                                        as fts query; with --ablation what each part of the ranking gains, one changed at a time
    fts-bench query FILE.jsonl...       latency of searches, top 10, by class of query: p50, p90, p99; ours with the plain
                                        recipe (counting all matches and not) and with the full one, with
                                        --peers FOLDER and --engines NAME,... beside the peers, their hits compared
                                        first. --paragraphs: every line of a body is a document; --queries N of a class
                                        (1000), --passes N (11), --json FILE to add the medians of all queries to,
                                        --plots FOLDER, --classes "NAME;..." of the table alone
    fts-bench reorder FILE.jsonl...     size and latency of an index before and after documents that share words are put
                                        side by side; --paragraphs, --queries N of a class (200), --passes N (11)
    fts-bench run INDEX QUERIES         the hits of the queries of a file, a line each, and nothing else: what
                                        Benchmarks/instructions counts; --all, --quick, --plain (without stop-word weights
                                        and adjacency), --weights (titles count twice), --explain, --facet NAME
    fts-bench scale FILE.jsonl...       how build time, size, memory and latency grow over 1/16 ... 1 of the documents, with
                                        1 and 2 threads, and searches a second by 1 and 2 threads; --json FILE,
                                        --plots FOLDER
    fts-bench start NOTHING PROGRAM [ARGUMENT...]
                                        time from start to exit of a command, 200 runs in turns with those of NOTHING, a
                                        program that does nothing and is linked alike:
                                        echo | swiftc -O -static-stdlib -o nothing -
    fts-bench stemming [DATA]           under- and over-stemming of the French stemmers on the data of DATA, $FTS_DATA or
                                        ../shared/data; with --differences the forms whose light stem is not light1's
    fts-bench suggest FILE.jsonl...     latency of completions and corrections
    fts-bench quick                     a short run of everything on made-up text, for its assertions
    """

  static func run(_ words: [String]) -> Int32 {
    do {
      let operands = Array(words.dropFirst())
      switch words.first {
      case "all": try AllBenchmark.run(operands)
      case "analyze": try AnalyzeBenchmark.run(operands)
      case "build": try BuildBenchmark.run(operands)
      case "kernels": try KernelsBenchmark.run(operands)
      case "memory": try BuildBenchmark.measureMemory(operands)
      case "quality": try QualityBenchmark.run(operands)
      case "query": try QueryBenchmark.run(operands)
      case "reorder": try ReorderBenchmark.run(operands)
      case "run": try QueryRun.run(operands)
      case "scale": try ScaleBenchmark.run(operands)
      case "scale-step": try ScaleStep.run(operands)
      case "start": try StartBenchmark.run(operands)
      case "stemming": try StemmingBenchmark.run(operands)
      case "suggest": try SuggestBenchmark.run(operands)
      case "quick": try QuickBenchmark.run()
      case "help", "--help", "-h": print(help)
      default:
        print(help)
        return 2
      }
      return 0
    } catch {
      print("fts-bench: \(error)")
      return 2
    }
  }
}

/// A result that is not what it must be: the figures beside it would mean nothing.
struct WrongAnswer: Error, CustomStringConvertible {
  let description: String
}

func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(WrongAnswer) {
  if !condition { throw WrongAnswer(description: message()) }
}

/// Seconds that `body` takes, the least of several runs.
func fastest(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  var best = Double.infinity
  for _ in 0..<runs {
    let start = clock.now
    try body()
    best = min(best, (clock.now - start) / .seconds(1))
  }
  return best
}

/// A number with digits after the point.
func fixed(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let text = String((value * scale).rounded() / scale)
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  guard digits > 0, parts.count == 2 else { return String(parts[0]) }
  return parts[0] + "." + parts[1] + String(repeating: "0", count: max(0, digits - parts[1].count))
}
