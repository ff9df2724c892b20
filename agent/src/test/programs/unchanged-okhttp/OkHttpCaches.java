import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Cache;
import okhttp3.CacheControl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Cases of OkHttp's cache on disk. */
final class OkHttpCaches {
  private static final String FRESH = "Cache-Control: max-age=600";
  private static final String STALE = "Cache-Control: max-age=0";
  private static final String DATE = "Date: Sat, 01 Jan 2000 00:00:00 GMT";

  private OkHttpCaches() {}

  static void addTo(Unchanged suite) {
    twice(suite, "a hit", Answer.text("200 OK", "kept", FRESH));
    twice(suite, "a hit without a body", Answer.text("200 OK", "", FRESH));
    twice(suite, "what may not be kept", Answer.text("200 OK", "kept", "Cache-Control: no-store"));
    twice(
        suite,
        "what has not changed",
        Answer.text("200 OK", "kept", STALE, "ETag: \"1\""),
        Answer.bare("304 Not Modified", "ETag: \"1\"", "X-New: 1"));
    twice(
        suite,
        "what has changed",
        Answer.text("200 OK", "kept", STALE, "Last-Modified: Sat, 01 Jan 2000 00:00:00 GMT"),
        Answer.text("200 OK", "new", STALE));
    twice(suite, "what is stale", Answer.text("200 OK", "kept", DATE, FRESH));
    twice(suite, "what varies", Answer.text("200 OK", "kept", FRESH, "Vary: X-Own"));
    twice(suite, "what varies always", Answer.text("200 OK", "kept", FRESH, "Vary: *"));
    twice(
        suite,
        "what varies by who asks",
        Answer.text("200 OK", "kept", FRESH, "Vary: Authorization, x-graft"));
    twice(suite, "an error", Answer.text("404 Not Found", "kept", FRESH));
    twice(suite, "a redirect", Answer.text("301 Moved", "", FRESH, "Location: /there"));
    asked(
        suite,
        "a POST between",
        stage -> {
          Request.Builder post = new Request.Builder().url(stage.a().url("/"));
          return post.post(okhttp3.RequestBody.create(null, "posted")).build();
        });
    asked(suite, "only what is kept", stage -> kept(stage, "/", CacheControl.FORCE_CACHE));
    asked(suite, "only what is not", stage -> kept(stage, "/other", CacheControl.FORCE_CACHE));
    asked(suite, "nothing that is kept", stage -> kept(stage, "/", CacheControl.FORCE_NETWORK));
    asked(
        suite,
        "what has a header of its own",
        stage -> {
          Request.Builder request = new Request.Builder().url(stage.a().url("/"));
          return request.header("X-Own", "2").build();
        });
  }

  private interface Asked {
    Request in(Stage stage) throws IOException;
  }

  private static void asked(Unchanged suite, String name, Asked asked) {
    suite.add(
        "cache: " + name,
        stage ->
            run(
                stage,
                asked,
                Answer.text("200 OK", "kept", FRESH, "Vary: X-Own"),
                Answer.text("200 OK", "second", FRESH, "Vary: X-Own")));
  }

  private static void twice(Unchanged suite, String name, Answer... answers) {
    suite.add("cache: " + name, stage -> run(stage, OkHttpCaches::get, answers));
  }

  /** Gets, then sends what the case asks, then gets again. */
  private static void run(Stage stage, Asked asked, Answer... answers) throws IOException {
    File directory = Files.createTempDirectory("unchanged").toFile();
    Cache cache = new Cache(directory, 1 << 20);
    stage.a().on("/", answers).on("/there", Answer.text("200 OK", "there"));
    OkHttpClient client = OkHttpCalls.builder(stage).cache(cache).build();
    OkHttpCalls.run(stage, client.newCall(get(stage)));
    OkHttpCalls.run(stage, client.newCall(asked.in(stage)));
    OkHttpCalls.run(stage, client.newCall(get(stage)));
    stage.say(
        "requests "
            + cache.requestCount()
            + ", network "
            + cache.networkCount()
            + ", hits "
            + cache.hitCount()
            + ", written "
            + cache.writeSuccessCount()
            + ", not written "
            + cache.writeAbortCount());
    cache.flush();
    for (String line : files(directory)) stage.say(line);
    cache.delete(); // which leaves the directory
    Files.delete(directory.toPath());
  }

  /** Returns what is on disk, but for names and times. */
  private static List<String> files(File directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.toPath())) {
      return files
          .sorted()
          .filter(file -> !file.endsWith("journal"))
          .map(OkHttpCaches::text)
          .sorted()
          .collect(Collectors.toList());
    }
  }

  private static String text(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return "file " + text.replaceAll("-Millis: \\d+", "-Millis");
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Request get(Stage stage) throws IOException {
    return new Request.Builder().url(stage.a().url("/")).header("X-Own", "1").build();
  }

  private static Request kept(Stage stage, String path, CacheControl control) throws IOException {
    return new Request.Builder().url(stage.a().url(path)).cacheControl(control).build();
  }
}
