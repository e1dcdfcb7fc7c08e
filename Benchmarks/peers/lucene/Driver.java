import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The driver of Lucene: the command line. README.md states the contract. */
public final class Driver {
    private static final Set<String> SWITCHES = Set.of("--stored", "--serve", "--french");

    final List<String> operands = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> switches = new HashSet<>();

    private Driver(String[] words) {
        for (int index = 1; index < words.length; index++) {
            String word = words[index];
            if (SWITCHES.contains(word)) switches.add(word);
            else if (word.startsWith("--") && index + 1 < words.length) values.put(word, words[++index]);
            else operands.add(word);
        }
    }

    boolean has(String name) {
        return switches.contains(name);
    }

    String value(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(value(name, Integer.toString(otherwise)));
    }

    public static void main(String[] words) throws Exception {
        Driver options = new Driver(words);
        String command = words.length == 0 ? "" : words[0];
        int needed = command.equals("index") || command.equals("words") ? 2 : 1;
        if (options.operands.size() < needed) command = "";
        switch (command) {
            case "index" -> new IndexCommand(options).run();
            case "query" -> new QueryCommand(options).run();
            case "counts" -> CountsCommand.run(options);
            case "words" -> WordsCommand.run(options);
            default -> {
                System.err.println(
                        "lucene index CORPUS.jsonl DIR | query DIR [QUERIES.tsv] | counts DIR [WORDS]"
                                + " | words DIR QUERIES.tsv");
                System.exit(2);
            }
        }
    }
}
