import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The analyzers by name, and the words that they make of a text. */
final class Words {
    /** Lucene's own analysis of French: without elided articles and stop words, with its light stemmer. */
    static final String FRENCH = "french";

    static Analyzer analyzer(String words, String stem) {
        return words.equals(FRENCH) ? new FrenchAnalyzer() : new Folding(words, stem);
    }

    static List<String> of(String text, Analyzer analyzer) throws IOException {
        List<String> found = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("text", new StringReader(text))) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) found.add(term.toString());
            stream.end();
        }
        return found;
    }
}
