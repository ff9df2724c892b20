import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cases of single calls: methods, bodies, codings, interim answers. */
final class Exchanges {
  private static final String LONG = repeated("0123456789abcdef", 1 << 16);

  private Exchanges() {}

  static void addTo(Unchanged suite) {
    answers(suite);
    requests(suite);
    codings(suite);
    interim(suite);
  }

  private static void answers(Unchanged suite) {
    answer(suite, "a body of stated length", Answer.text("200 OK", "hello", "X-A: 1", "x-a: 2"));
    answer(suite, "a chunked body", Answer.chunked("200 OK", "hello"));
    answer(
        suite,
        "a chunked body with a trailer",
        Answer.of(
            Answer.raw(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                    + "5;ext=1\r\nhello\r\n0\r\nX-Sum: 7\r\n\r\n")));
    answer(
        suite,
        "a body that ends with the connection",
        Answer.of(Answer.raw("HTTP/1.1 200 OK\r\n\r\nhello"), Answer.CLOSE));
    answer(
        suite,
        "an answer of HTTP/1.0",
        Answer.of(Answer.raw("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"), Answer.CLOSE));
    answer(suite, "an empty body", Answer.text("200 OK", ""));
    answer(suite, "a status without a reason", Answer.text("200 ", "ok"));
    answer(suite, "204", Answer.bare("204 No Content"));
    answer(suite, "205", Answer.text("205 Reset Content", ""));
    answer(suite, "304 to a plain GET", Answer.bare("304 Not Modified", "ETag: \"1\""));
    answer(suite, "400 with a body", Answer.text("400 Bad Request", "why"));
    answer(suite, "403 with a body", Answer.text("403 Forbidden", "why"));
    answer(suite, "404 with a body", Answer.text("404 Not Found", "why"));
    answer(suite, "500 with a body", Answer.text("500 Internal Server Error", "why"));
    answer(suite, "a large body", Answer.text("200 OK", LONG));
    answer(suite, "a large chunked body", Answer.chunked("200 OK", LONG));
    answer(
        suite,
        "a type with a charset",
        Answer.bytes(
            "200 OK",
            "\u00e9".getBytes(StandardCharsets.ISO_8859_1),
            "Content-Type: text/plain; charset=ISO-8859-1"));
  }

  private static void requests(Unchanged suite) {
    Answer ok = Answer.text("200 OK", "ok");
    for (Errand.Kind kind : Errand.Kind.values()) {
      if (kind == Errand.Kind.NONE || kind == Errand.Kind.ENDLESS) continue;
      for (String method : new String[] {"POST", "PUT"}) {
        suite.add(
            method + " of a body: " + kind,
            stage -> {
              if (kind == Errand.Kind.BREAKS) stage.byConnection();
              stage.send(Errand.of(method, to(stage, ok)).body(kind, "what is sent"));
            });
      }
    }
    suite.add(
        "POST of an empty body",
        stage -> stage.send(Errand.post(to(stage, ok)).body(Errand.Kind.KNOWN, "")));
    suite.add(
        "POST of a large body",
        stage -> stage.send(Errand.post(to(stage, ok)).body(Errand.Kind.UNKNOWN, LONG)));
    suite.add(
        "DELETE with a body",
        stage ->
            stage.send(Errand.of("DELETE", to(stage, ok)).body(Errand.Kind.KNOWN, "which one")));
    for (String method : Arrays.asList("HEAD", "DELETE", "OPTIONS")) {
      suite.add(
          method + " without a body",
          stage ->
              stage.send(
                  Errand.of(
                      method, to(stage, Answer.bare("200 OK", "Content-Length: 0", "Allow: *")))));
    }
    suite.add(
        "HEAD of what is long",
        stage ->
            stage.send(
                Errand.of("HEAD", to(stage, Answer.bare("200 OK", "Content-Length: 1234"))),
                Errand.get(to(stage, ok))));
    suite.add(
        "headers of the program's",
        stage ->
            stage.send(
                Errand.get(to(stage, ok))
                    .header("User-Agent", "legacy/1")
                    .header("X-Twice", "1")
                    .header("x-twice", "2")
                    .header("Accept", "*/*")
                    .header("Cookie", "own=1")
                    .header("X-Empty", "")));
    suite.add(
        "a query and a path with escapes",
        stage -> {
          Wire wire = stage.a().on("/a%20b/%2F/c", ok);
          stage.send(Errand.get(wire.url("/a%20b/%2F/c?q=%26&r=a+b&&s")));
        });
  }

  private static void codings(Unchanged suite) {
    byte[] zipped = Answer.gzip("hello, zipped");
    answer(suite, "gzip", Answer.bytes("200 OK", zipped, "Content-Encoding: gzip"));
    suite.add(
        "gzip that the program asked for",
        stage ->
            stage.send(
                Errand.get(to(stage, Answer.bytes("200 OK", zipped, "Content-Encoding: gzip")))
                    .header("Accept-Encoding", "gzip")));
    suite.add(
        "identity that the program asked for",
        stage ->
            stage.send(
                Errand.get(to(stage, Answer.text("200 OK", "plain", "Content-Encoding: identity")))
                    .header("Accept-Encoding", "identity")));
    answer(
        suite,
        "gzip that breaks off",
        Answer.bytes("200 OK", Arrays.copyOf(zipped, 20), "Content-Encoding: gzip"));
    answer(suite, "gzip that is none", Answer.text("200 OK", "plain", "Content-Encoding: gzip"));
    answer(
        suite, "an unknown coding", Answer.text("200 OK", "plain", "Content-Encoding: x-unknown"));
    for (boolean raw : new boolean[] {false, true}) {
      byte[] deflated = Answer.deflate("hello, deflated", raw);
      answer(
          suite,
          raw ? "deflate without its head" : "deflate",
          Answer.bytes("200 OK", deflated, "Content-Encoding: deflate"));
    }
    answer(suite, "gzip of nothing", Answer.bare("204 No Content", "Content-Encoding: gzip"));
    suite.add(
        "HEAD of what is zipped",
        stage ->
            stage.send(
                Errand.of(
                    "HEAD",
                    to(
                        stage,
                        Answer.bare("200 OK", "Content-Encoding: gzip", "Content-Length: 99")))));
  }

  private static void interim(Unchanged suite) {
    Answer.Step ok = Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    answer(
        suite,
        "100 that nobody asked for",
        Answer.of(Answer.raw("HTTP/1.1 100 Continue\r\n\r\n"), ok));
    answer(
        suite,
        "103 before the answer",
        Answer.of(Answer.raw("HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n"), ok));
    expect(
        suite,
        "expect-continue, accepted",
        Answer.early(Answer.raw("HTTP/1.1 100 Continue\r\n\r\n"), Wire.Connection::readBody, ok));
    expect(
        suite,
        "expect-continue, refused",
        Answer.early(
            Answer.raw("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 3\r\n\r\nwhy"),
            Answer.CLOSE));
    expect(
        suite,
        "expect-continue, answered at once",
        Answer.early(
            Answer.raw("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nwhy"), Answer.CLOSE));
  }

  private static void answer(Unchanged suite, String name, Answer answer) {
    suite.add("GET: " + name, stage -> stage.send(Errand.get(to(stage, answer))));
  }

  private static void expect(Unchanged suite, String name, Answer answer) {
    suite.add(
        name, stage -> stage.send(Errand.post(to(stage, answer)).header("Expect", "100-continue")));
  }

  private static String to(Stage stage, Answer answer) throws java.io.IOException {
    return stage.a().on("/there", answer).url("/there");
  }

  private static String repeated(String text, int times) {
    StringBuilder repeated = new StringBuilder(text.length() * times);
    for (int i = 0; i < times; i++) repeated.append(text);
    return repeated.toString();
  }
}
