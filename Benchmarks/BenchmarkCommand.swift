import TextSearch

/// `fts-bench`: runs benchmarks and asserts the results that they measure.
enum BenchmarkCommand {
  private static let help = """
    fts-bench all DATA                  speed, size and quality, on DATA/bench/*.jsonl and DATA/ir/*: writes RESULTS.md and its drawings
                                        into --results FOLDER (Benchmarks); --peers FOLDER, --queries N, --passes N;
                                        --collection FILE.jsonl adds the steps on many documents; --steps "TITLE;..." runs
                                        these alone and keeps the other sections of the page
    fts-bench analyze FILE.jsonl...     speed of the analyzer alone, in MB of UTF-8 a second, by stage, and of a
                                        plain implementation on Foundation; with --whole only the total
    fts-bench build FILE.jsonl...       speed of building, documents in memory and from the file, time per stage; two
                                        threads against two builds side by side. With --peers FOLDER (from
                                        Benchmarks/peers/install) compared with all peers or with --engines NAME,...,
                                        with sizes and counts
    fts-bench growth FILE.jsonl --sets FOLDER,...
                                        latency of real queries over the first 40,000, 200,000 and 1,000,000 documents of a
                                        file (--sizes N,N,...), ours and, with --peers FOLDER, Lucene with their defaults;
                                        slopes in a log-log plot; --queries N of each set (750), --passes N (5), --plots FOLDER
    fts-bench kernels FILE.jsonl...     ratio and speed of the compression of stored documents, in blocks of 16 KiB, on
                                        documents outside the dictionary's training set
    fts-bench live FILE.jsonl --sets FOLDER,...
                                        an index in use: latency of real queries at hit 1,000 (with --peers FOLDER beside
                                        Lucene), with 1 % of the documents deleted, and beside a writer that commits and
                                        merges; documents replaced a second with a commit each (--updates N, 2000) and with
                                        one for 1,000 (--batched-updates N, 100000); --queries N of each set (750),
                                        --passes N (3)
    fts-bench memory MIB THREADS FILE.jsonl...
                                        peak memory of one build with that budget
    fts-bench quality FOLDER...         nDCG@10, MRR@10, Recall@100 of retrieval sets (corpus.jsonl, queries.tsv,
                                        queries.folded.tsv, qrels.tsv); with --mixed also of one index of all; with
                                        --stop-words keep|weigh|drop, --match exact|smart|folded, --weight FIELD=NUMBER
                                        as fts query; --circumflex: queries without tones, as French texts
                                        write Vietnamese names, --part WEIGHT; with --ablation the effect of each part of the ranking, changed one at a time;
                                        --titles PREFIX FILE.jsonl...: how often a title typed as plain words finds its
                                        document first, 1,500 of those whose keys begin with PREFIX
    fts-bench query FILE.jsonl...       latency of searches, top 10, by class of query: p50, p90, p99; ours with the analyzer
                                        preset folding (counting all matches and not) and with the default one; with
                                        --peers FOLDER and --engines NAME,... compared with the peers, hits are checked
                                        first. --paragraphs: every line of a body is a document; --queries N per class
                                        (1000), --passes N (11), --json FILE appends the medians of all queries,
                                        --plots FOLDER, --classes "NAME;..." only these rows of the table
    fts-bench query --collection FILE.jsonl
                                        the classes of queries on one large file, texts alone: 200 queries per class, 5
                                        passes, and the peers that do not score every match in a second engine
    fts-bench query --defaults --collection FILE.jsonl --sets FOLDER,...
                                        latency of real queries (queries.tsv of retrieval sets) with the default options of
                                        ours, counting to 10,000, to 1,000 and not at all, and, with --peers FOLDER, of Lucene
                                        and Tantivy with their French analysis: builds in turns, what is found, percentiles
                                        with bootstrap intervals, ratios to Lucene; --queries N of each set (750), --passes N (7)
    fts-bench reorder FILE.jsonl...     size and latency of an index before and after reordering by shared words;
                                        --paragraphs, --queries N per class (200), --passes N (11)
    fts-bench run INDEX QUERIES         the hits of the queries in a file, one per line, and nothing else, for
                                        Benchmarks/instructions; --all, --quick, --plain (without stop-word weights
                                        and adjacency), --weights (title weight 2), --explain, --facet NAME, --sort NAME
    fts-bench scale FILE.jsonl...       growth of build time, size, memory and latency over 1/16 ... 1 of the documents, with
                                        1 and 2 threads, and searches a second with 1 and 2 threads; --json FILE,
                                        --plots FOLDER
    fts-bench start NOTHING PROGRAM [ARGUMENT...]
                                        time from start to exit of a command, 200 runs in turns with those of NOTHING, a
                                        program that does nothing and is linked alike:
                                        echo | swiftc -O -static-stdlib -o nothing -
    fts-bench stemming [DATA]           under- and over-stemming of the French stemmers on the data in DATA, $FTS_DATA or
                                        ../shared/data; with --differences the forms whose stems by light and light1 differ
    fts-bench suggest FILE.jsonl...     latency of completions and corrections
    fts-bench quick                     all benchmarks on a little made-up text, for their assertions
    """

  /// Runs a command line without the program's name.
  ///
  /// - Returns: the exit status: 0 done, 2 a wrong command line or any error.
  static func run(_ words: [String]) -> Int32 {
    do {
      let operands = Array(words.dropFirst())
      switch words.first {
      case "all": try AllBenchmark.run(operands)
      case "analyze": try AnalyzeBenchmark.run(operands)
      case "build": try BuildBenchmark.run(operands)
      case "growth": try GrowthBenchmark.run(operands)
      case "kernels": try KernelsBenchmark.run(operands)
      case "live": try LiveBenchmark.run(operands)
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

/// A failed assertion, a wrong result or a wrong command line: figures measured beside it are void.
struct WrongAnswer: Error, CustomStringConvertible {
  let description: String
}

/// Throws ``WrongAnswer`` with a message unless a condition holds.
func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(WrongAnswer) {
  if !condition { throw WrongAnswer(description: message()) }
}

/// Returns the seconds that `body` takes, the minimum of several calls.
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

/// Returns a number with `digits` digits after the point.
func fixed(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let text = String((value * scale).rounded() / scale)
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  guard digits > 0, parts.count == 2 else { return String(parts[0]) }
  return parts[0] + "." + parts[1] + String(repeating: "0", count: max(0, digits - parts[1].count))
}
