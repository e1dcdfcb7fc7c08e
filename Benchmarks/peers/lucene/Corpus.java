import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The documents of JSON lines, in memory. */
final class Corpus {
    record Entry(String key, String text) {}

    final List<Entry> entries = new ArrayList<>();
    /** UTF-8 bytes of the titles and bodies. */
    long bytes;

    Corpus(String path) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(Path.of(path))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) add(JsonParser.parseString(line).getAsJsonObject());
            }
        }
    }

    private void add(JsonObject row) {
        String title = text(row, "title");
        String body = text(row, "body");
        bytes += size(title) + size(body);
        entries.add(new Entry(text(row, "id"), title + "\n" + body));
    }

    private static String text(JsonObject row, String name) {
        return row.has(name) && !row.get(name).isJsonNull() ? row.get(name).getAsString() : "";
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
