import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A row of a file of queries. */
record QueryRow(String identifier, String group, String kind, String text) {
    static QueryRow of(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 4) throw new IllegalArgumentException("a query row has 4 columns: " + line);
        return new QueryRow(parts[0], parts[1], parts[2], parts[3]);
    }

    static List<QueryRow> all(String file) throws IOException {
        List<QueryRow> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file))) {
            if (!line.isBlank()) rows.add(of(line));
        }
        return rows;
    }
}
