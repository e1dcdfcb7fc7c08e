import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;

/** The folder of an index: its analysis, kept beside it, and the sizes of its files. */
final class Settings {
    private static final String NAME = "peer.txt";
    private static final List<String> GROUPS =
            List.of("dictionary", "postings", "positions", "lengths", "keys", "other");
    private static final Map<String, String> GROUP_OF =
            Map.ofEntries(
                    Map.entry(".tim", "dictionary"),
                    Map.entry(".tip", "dictionary"),
                    Map.entry(".tmd", "dictionary"),
                    Map.entry(".doc", "postings"),
                    Map.entry(".psm", "postings"),
                    Map.entry(".pos", "positions"),
                    Map.entry(".nvd", "lengths"),
                    Map.entry(".nvm", "lengths"),
                    Map.entry(".fdt", "keys"),
                    Map.entry(".fdx", "keys"),
                    Map.entry(".fdm", "keys"));

    static void write(Path folder, String words, String stem) throws IOException {
        Files.write(folder.resolve(NAME), List.of(words, stem));
    }

    static Analyzer analyzer(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(NAME));
        return Words.analyzer(lines.get(0), lines.get(1));
    }

    static void clear(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : files(folder)) Files.delete(file);
    }

    /** Bytes of the files of the index by extension; a file without one counts by its name. */
    static Map<String, Long> components(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (name.equals(NAME) || name.equals("write.lock")) continue;
            int dot = name.lastIndexOf('.');
            String component = name.startsWith("segments_") ? "segments" : dot < 0 ? name : name.substring(dot);
            sizes.merge(component, Files.size(file), Long::sum);
        }
        return sizes;
    }

    /** Sizes of the files by what they hold. */
    static Map<String, Long> groups(Map<String, Long> components) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (String name : GROUPS) sizes.put(name, 0L);
        components.forEach((name, size) -> sizes.merge(GROUP_OF.getOrDefault(name, "other"), size, Long::sum));
        return sizes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.filter(Files::isRegularFile).toList();
        }
    }
}
