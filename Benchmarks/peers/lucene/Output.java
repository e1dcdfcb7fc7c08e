import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON lines on standard output. */
final class Output {
    private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    static void say(Map<String, ?> row) {
        OUT.println(GSON.toJson(row));
        OUT.flush();
    }

    static Map<String, Object> row(String event) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("event", event);
        row.put("engine", "lucene");
        return row;
    }
}
