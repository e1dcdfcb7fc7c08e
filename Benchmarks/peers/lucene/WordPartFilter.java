import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Parts words at their apostrophes, and at points and the like after a letter, each part with a position of its own:
 * {@code l'eau} is {@code l}, {@code eau}; {@code www.fr} is {@code www}, {@code fr}; {@code 3.14} stays.
 */
final class WordPartFilter extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    /** The word whose parts are being returned; all attributes but the term are those of the word. */
    private char[] pending = new char[0];
    private int start;
    private int end;

    WordPartFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        boolean continues = start < end;
        if (!continues) {
            if (!input.incrementToken()) return false;
            int first = partEnd(term.buffer(), 0, term.length());
            if (first == term.length()) return true;
            keep();
        }
        int stop = partEnd(pending, start, end);
        term.copyBuffer(pending, start, stop - start);
        if (continues) increment.setPositionIncrement(1);
        start = stop + 1;
        return true;
    }

    /** A word neither begins nor ends with a separator, nor has two in a row: every part has a letter. */
    private void keep() {
        if (pending.length < term.length()) pending = new char[term.length() * 2];
        System.arraycopy(term.buffer(), 0, pending, 0, term.length());
        start = 0;
        end = term.length();
    }

    private static int partEnd(char[] text, int from, int to) {
        int offset = from;
        while (offset < to && !parts(text, from, offset)) offset++;
        return offset;
    }

    private static boolean parts(char[] text, int from, int offset) {
        return switch (text[offset]) {
            case '\'', '\u2018', '\u2019' -> true;
            case '.', ':', '\u00B7' -> offset > from && !Character.isDigit(text[offset - 1]);
            default -> false;
        };
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        start = 0;
        end = 0;
    }
}
