import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.FSDirectory;

/** {@code counts DIR [WORDS]}: what is in an index, and how many documents hold each word (as it is indexed). */
final class CountsCommand {
    static void run(Driver options) throws Exception {
        Path folder = Path.of(options.operands.get(0));
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
            Terms terms = MultiTerms.getTerms(reader, "text");
            Map<String, Object> row = Output.row("counts");
            row.put("documents", reader.numDocs());
            row.put("tokens", terms.getSumTotalTermFreq());
            row.put("terms", terms.size());
            Map<String, Integer> frequencies = new LinkedHashMap<>();
            List<String> words =
                    options.operands.size() > 1 ? Files.readAllLines(Path.of(options.operands.get(1))) : List.of();
            for (String word : words) frequencies.put(word, reader.docFreq(new Term("text", word)));
            row.put("document_frequencies", frequencies);
            Output.say(row);
        }
    }
}
