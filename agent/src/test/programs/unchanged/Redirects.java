/** Cases of redirects: every code, with and without a body, to everywhere. */
final class Redirects {
  private static final String[] STATUSES = {
    "300 Multiple Choices",
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect"
  };

  private Redirects() {}

  static void addTo(Unchanged suite) {
    for (String status : STATUSES) {
      String code = status.substring(0, 3);
      suite.add(code + " of a GET", stage -> stage.send(Errand.get(redirect(stage, status))));
      suite.add(code + " of a POST", stage -> stage.send(Errand.post(redirect(stage, status))));
      suite.addReadOnce(
          code + " of a PUT whose body is read once",
          stage ->
              stage.send(
                  Errand.of("PUT", redirect(stage, status)).body(Errand.Kind.ONCE, "sent once")));
    }
    suite.add(
        "302 of a HEAD", stage -> stage.send(Errand.of("HEAD", redirect(stage, "302 Found"))));
    suite.add(
        "redirects that are not followed",
        stage ->
            stage.send(new Settings().noRedirects(), Errand.get(redirect(stage, "302 Found"))));
    targets(suite);
    chains(suite);
  }

  private static void targets(Unchanged suite) {
    to(suite, "nowhere");
    to(suite, "a place that is no URL", "Location: http://[");
    to(suite, "another scheme", "Location: ftp://127.0.0.1/file");
    to(suite, "an empty place", "Location: ");
    to(suite, "a relative place", "Location: there?again=1#part");
    suite.add(
        "a redirect to another host",
        stage -> {
          stage.b().on("/other", Answer.text("200 OK", "other"));
          String other = "http://one.test:" + stage.b().port() + "/other";
          stage.a().on("/here", Answer.text("302 Found", "", "Location: " + other));
          stage.send(
              Errand.get(stage.a().url("/here"))
                  .header("Authorization", "Program own")
                  .header("Cookie", "own=1")
                  .header("X-Own", "1"));
        });
    if (suite.blocks()) thereAndBack(suite);
    suite.add(
        "a redirect to a port where nobody listens",
        stage -> {
          String dead = "http://127.0.0.1:1/";
          stage.a().on("/here", Answer.text("302 Found", "", "Location: " + dead));
          stage.send(Errand.get(stage.a().url("/here")));
        });
  }

  /* An asynchronous call of HttpClient's is now and then never answered here, without the agent. */
  private static void thereAndBack(Unchanged suite) {
    suite.add(
        "307 of a POST to another host and back",
        stage -> {
          stage.b().on("/other", Answer.text("307 Go", "", "Location: " + stage.a().url("/back")));
          String other = "http://one.test:" + stage.b().port() + "/other";
          stage
              .a()
              .on("/here", Answer.text("307 Go", "", "Location: " + other))
              .on("/back", Answer.text("200 OK", "back"));
          stage.send(Errand.post(stage.a().url("/here")));
        });
  }

  private static void chains(Unchanged suite) {
    suite.add(
        "a redirect with a body",
        stage -> {
          stage
              .a()
              .on("/here", Answer.chunked("302 Found", "gone there", "Location: /there"))
              .on("/there", Answer.text("200 OK", "there"));
          stage.send(Errand.get(stage.a().url("/here")));
        });
    suite.add(
        "a redirect that closes its connection",
        stage -> {
          Answer gone =
              Answer.text("302 Found", "", "Location: /there", "Connection: close")
                  .then(Answer.CLOSE);
          stage.a().on("/here", gone).on("/there", Answer.text("200 OK", "there"));
          stage.send(Errand.get(stage.a().url("/here")));
        });
    suite.add(
        "a redirect to itself",
        stage -> {
          stage.a().on("/here", Answer.text("302 Found", "", "Location: /here"));
          stage.send(Errand.get(stage.a().url("/here")));
        });
    suite.add(
        "redirects without end",
        stage -> {
          for (int i = 0; i < 60; i++) {
            stage.a().on("/" + i, Answer.text("302 Found", "", "Location: /" + (i + 1)));
          }
          stage.send(Errand.get(stage.a().url("/0")));
        });
    suite.add(
        "a redirect that sets a cookie",
        stage -> {
          stage
              .a()
              .on("/here", Answer.text("302 Found", "", "Location: /there", "Set-Cookie: s=1"))
              .on("/there", Answer.text("200 OK", "there"));
          stage.send(new Settings().cookies(), Errand.get(stage.a().url("/here")));
        });
  }

  private static void to(Unchanged suite, String name, String... headers) {
    suite.add(
        "a redirect to " + name,
        stage -> {
          stage
              .a()
              .on("/here", Answer.text("302 Found", "moved", headers))
              .on("/there", Answer.text("200 OK", "there"));
          stage.send(Errand.get(stage.a().url("/here")));
        });
  }

  private static String redirect(Stage stage, String status) throws java.io.IOException {
    return stage
        .a()
        .on("/here", Answer.text(status, "moved", "Location: /there"))
        .on("/there", Answer.text("200 OK", "there"))
        .url("/here");
  }
}
