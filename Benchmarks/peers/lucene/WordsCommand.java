import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.FSDirectory;

/** {@code words DIR QUERIES.tsv}: how many words the analysis leaves of each query, and how many a document contains. */
final class WordsCommand {
    static void run(Driver options) throws Exception {
        Path folder = Path.of(options.operands.get(0));
        Analyzer analyzer = Settings.analyzer(folder);
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
            for (QueryRow row : QueryRow.all(options.operands.get(1))) {
                List<String> words = Words.of(row.text(), analyzer);
                int found = 0;
                for (String word : words) if (reader.docFreq(new Term("text", word)) > 0) found++;
                Output.say(Map.of("id", row.identifier(), "class", row.group(), "words", words.size(), "found", found));
            }
        }
    }
}
