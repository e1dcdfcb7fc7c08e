import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/** {@code index CORPUS.jsonl DIR}: one thread, one segment. */
final class IndexCommand {
    private final Driver options;
    private final Corpus corpus;
    private final Path folder;
    private final String words;
    private final String stem;
    private final FieldType type = new FieldType();

    IndexCommand(Driver options) throws IOException {
        this.options = options;
        corpus = new Corpus(options.operands.get(0));
        folder = Path.of(options.operands.get(1));
        words = options.has("--french") ? Words.FRENCH : options.value("--words", "split");
        stem = options.value("--stem", "");
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setTokenized(true);
        type.setStored(options.has("--stored"));
        type.freeze();
    }

    /** Builds that are not counted come first: a compiler that has seen nothing is not what is to be measured. */
    void run() throws IOException {
        for (int round = options.number("--warm-up", 2); round > 0; round--) build();
        if (!options.has("--serve")) {
            for (int round = options.number("--rounds", 1); round > 0; round--) Output.say(build());
            return;
        }
        Output.say(Map.of("event", "ready"));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        while (input.readLine() != null) Output.say(build());
    }

    private Map<String, Object> build() throws IOException {
        Settings.clear(folder);
        System.gc();
        Map<String, Object> row = Output.row("index");
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, configuration())) {
            long cpu = processCPU();
            long start = System.nanoTime();
            addAll(writer);
            writer.commit();
            long built = System.nanoTime();
            cpu = processCPU() - cpu;
            writer.forceMerge(1);
            writer.commit();
            long merged = System.nanoTime();
            row.put("version", Version.LATEST.toString());
            row.put("words", words);
            row.put("documents", writer.getDocStats().numDocs);
            row.put("bytes", corpus.bytes);
            row.put("build_seconds", (built - start) / 1e9);
            row.put("merge_seconds", (merged - built) / 1e9);
            row.put("cpu_seconds", cpu / 1e9);
            row.put("mb_per_second", corpus.bytes / 1e6 / ((built - start) / 1e9));
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                row.put("segments", reader.leaves().size());
            }
        }
        Map<String, Long> components = Settings.components(folder);
        row.put("index_bytes", components.values().stream().mapToLong(Long::longValue).sum());
        row.put("components", components);
        row.put("groups", Settings.groups(components));
        Settings.write(folder, words, stem);
        return row;
    }

    private IndexWriterConfig configuration() {
        IndexWriterConfig configuration = new IndexWriterConfig(Words.analyzer(words, stem));
        configuration.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        // Files of their own for the components, so that they can be counted apart.
        configuration.setUseCompoundFile(false);
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setNoCFSRatio(0);
        configuration.setMergePolicy(policy);
        configuration.setRAMBufferSizeMB(1024);
        configuration.setMaxBufferedDocs(IndexWriterConfig.DISABLE_AUTO_FLUSH);
        return configuration;
    }

    /** One document object and its fields are used again for each document: what Lucene recommends for speed. */
    private void addAll(IndexWriter writer) throws IOException {
        Document document = new Document();
        StoredField key = new StoredField("key", "");
        Field text = new Field("text", "", type);
        document.add(key);
        document.add(text);
        for (Corpus.Entry entry : corpus.entries) {
            key.setStringValue(entry.key());
            text.setStringValue(entry.text());
            writer.addDocument(document);
        }
    }

    private static long processCPU() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
