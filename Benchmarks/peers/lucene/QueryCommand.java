import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.FSDirectory;

/** {@code query DIR [QUERIES.tsv]}: top hits with the pruning that Lucene does by default. */
final class QueryCommand {
    /** Hits are counted exactly up to here, then pruning starts: the value of {@code IndexSearcher.search}. */
    private static final int TOTAL_HITS_THRESHOLD = 1000;

    private final Driver options;
    private final Analyzer analyzer;
    private final IndexSearcher searcher;
    private final int limit;
    private TopDocs found;

    QueryCommand(Driver options) throws IOException {
        this.options = options;
        Path folder = Path.of(options.operands.get(0));
        analyzer = Settings.analyzer(folder);
        searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
        searcher.setQueryCache(null);
        limit = options.number("--k", 10);
    }

    void run() throws IOException {
        List<QueryRow> rows = options.operands.size() > 1 ? QueryRow.all(options.operands.get(1)) : List.of();
        List<Query> queries = new ArrayList<>();
        for (QueryRow row : rows) queries.add(query(row.kind(), row.text()));
        warmUp(queries);
        sayOverhead();
        if (options.has("--serve")) serve();
        else repeat(rows, queries);
    }

    /** Seconds of this thread, as many as asked for: the compilers of the JVM run beside it. */
    private void warmUp(List<Query> queries) throws IOException {
        long seconds = options.number("--warm-up", 30);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        while (!queries.isEmpty()
                && ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start < seconds * 1_000_000_000L) {
            for (Query query : queries) time(query);
        }
    }

    private void sayOverhead() throws IOException {
        long[] times = new long[1001];
        for (int round = 0; round < times.length; round++) times[round] = time(new MatchNoDocsQuery());
        Arrays.sort(times);
        Map<String, Object> row = Output.row("overhead");
        row.put("ns_median", times[500]);
        row.put("ns_p99", times[990]);
        Output.say(row);
    }

    private void serve() throws IOException {
        Output.say(Map.of("event", "ready"));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            QueryRow row = QueryRow.of(line);
            say(row, new long[] {time(query(row.kind(), row.text()))}, found);
        }
    }

    private void repeat(List<QueryRow> rows, List<Query> queries) throws IOException {
        int rounds = options.number("--rounds", 5);
        long[][] times = new long[rows.size()][rounds];
        TopDocs[] results = new TopDocs[rows.size()];
        for (int round = 0; round < rounds; round++) {
            for (int number = 0; number < rows.size(); number++) {
                times[number][round] = time(queries.get(number));
                results[number] = found;
            }
        }
        for (int number = 0; number < rows.size(); number++) {
            say(rows.get(number), times[number], results[number]);
        }
    }

    /** Nanoseconds of one search; its hits are left in {@code found}. */
    private long time(Query query) throws IOException {
        long start = System.nanoTime();
        found = searcher.search(query, new TopScoreDocCollectorManager(limit, null, TOTAL_HITS_THRESHOLD));
        return System.nanoTime() - start;
    }

    private void say(QueryRow row, long[] times, TopDocs hits) throws IOException {
        Map<String, Object> answer = Output.row("hits");
        answer.remove("event");
        answer.remove("engine");
        answer.put("id", row.identifier());
        answer.put("class", row.group());
        answer.put("kind", row.kind());
        answer.put("ns", times);
        answer.put("total", hits.totalHits.value());
        answer.put("exact", hits.totalHits.relation() == TotalHits.Relation.EQUAL_TO);
        List<String> keys = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (ScoreDoc hit : hits.scoreDocs) {
            keys.add(searcher.storedFields().document(hit.doc).get("key"));
            scores.add(hit.score);
        }
        answer.put("keys", keys);
        answer.put("scores", scores);
        Output.say(answer);
    }

    private Query query(String kind, String text) throws IOException {
        List<String> tokens = Words.of(text, analyzer);
        if (tokens.isEmpty()) return new MatchNoDocsQuery();
        if (kind.equals("prefix")) return new PrefixQuery(new Term("text", tokens.get(tokens.size() - 1)));
        if (tokens.size() == 1) return new TermQuery(new Term("text", tokens.get(0)));
        if (kind.equals("phrase")) return new PhraseQuery("text", tokens.toArray(new String[0]));
        BooleanClause.Occur occur = kind.equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (String token : tokens) builder.add(new TermQuery(new Term("text", token)), occur);
        return builder.build();
    }
}
