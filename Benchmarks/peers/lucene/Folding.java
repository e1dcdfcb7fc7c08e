import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.ext.FrenchStemmer;

/**
 * Words, lower case, without diacritics (those of đ, ơ, ư too).
 *
 * <p>What a word is: {@code split}, a word of Unicode's standard annex 29 parted at its apostrophes and points (the
 * nearest to ours); {@code standard}, the same in one; {@code elision}, the same without a French article;
 * {@code letters}, a run of letters and digits, as in Tantivy.
 */
final class Folding extends Analyzer {
    private final String words;
    private final boolean stems;

    Folding(String words, String stem) {
        this.words = words;
        this.stems = stem.equals("fr");
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        boolean standard = !words.equals("letters");
        Tokenizer tokenizer =
                standard ? new StandardTokenizer() : CharTokenizer.fromTokenCharPredicate(Character::isLetterOrDigit);
        TokenStream stream = new LowerCaseFilter(tokenizer);
        if (words.equals("split")) stream = new WordPartFilter(stream);
        if (words.equals("elision")) stream = new ElisionFilter(stream, FrenchAnalyzer.DEFAULT_ARTICLES);
        if (stems) stream = new SnowballFilter(stream, new FrenchStemmer());
        return new TokenStreamComponents(tokenizer, new ASCIIFoldingFilter(stream));
    }
}
