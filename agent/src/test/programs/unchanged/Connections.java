import java.util.function.BiConsumer;

/** Cases of connections: used again or not, gone stale, through proxies, with challenges. */
final class Connections {
  private Connections() {}

  static void addTo(Unchanged suite) {
    reuse(suite);
    if (suite.blocks()) stale(suite); // otherwise it is chance whether that is noticed before
    challenges(suite);
    proxies(suite);
    cookies(suite);
  }

  private static void reuse(Unchanged suite) {
    twice(suite, "kept", Answer.text("200 OK", "ok"));
    twice(suite, "kept for a time", Answer.text("200 OK", "ok", "Keep-Alive: timeout=60"));
    twice(
        suite,
        "closed by the server",
        Answer.text("200 OK", "ok", "Connection: close").then(Answer.CLOSE));
    suite.add(
        "a connection closed by the program",
        stage -> {
          Wire wire = stage.a().on("/", Answer.text("200 OK", "ok"));
          Errand closing = Errand.get(wire.url("/")).header("Connection", "close");
          stage.send(closing, Errand.get(wire.url("/")));
        });
    suite.add(
        "an answer that is not read",
        stage -> {
          Wire wire = stage.a().on("/", Answer.text("200 OK", "not read"));
          stage.send(Errand.get(wire.url("/")).reads(0), Errand.get(wire.url("/")));
        });
    suite.addWaiting(
        "an answer that is closed half way",
        stage -> {
          Answer half = Answer.of(Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"));
          Wire wire = stage.a().on("/half", half).on("/", Answer.text("200 OK", "ok"));
          Settings settings = new Settings().readTimeout(Settings.SHORT); // for HttpClient
          stage.send(settings, Errand.get(wire.url("/half")).reads(2), Errand.get(wire.url("/")));
        });
  }

  private static void stale(Unchanged suite) {
    Errand.Kind[] kinds = {Errand.Kind.NONE, Errand.Kind.KNOWN, Errand.Kind.ONCE};
    for (Errand.Kind kind : kinds) {
      for (boolean retries : new boolean[] {true, false}) {
        suite.add(
            "a stale connection" + (retries ? "" : ", without retries") + ": " + kind,
            stage -> {
              Answer ok = Answer.text("200 OK", "ok");
              Wire wire = stage.a().on("/", Answer.text("200 OK", "ok").then(Answer.CLOSE), ok);
              Settings settings = retries ? new Settings() : new Settings().noRetries();
              Client client = stage.client(settings);
              client.send(Errand.get(wire.url("/")));
              wire.awaitClosed();
              String method = kind == Errand.Kind.NONE ? "GET" : "POST";
              client.send(Errand.of(method, wire.url("/")).body(kind, "second"));
            });
      }
    }
    suite.add(
        "a connection with something left over",
        stage -> {
          Answer more =
              Answer.of(
                  Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 No\r\n"));
          Wire wire = stage.a().on("/", more, Answer.text("200 OK", "ok"));
          stage.send(Errand.get(wire.url("/")), Errand.get(wire.url("/")));
        });
  }

  private static void challenges(Unchanged suite) {
    Answer ok = Answer.text("200 OK", "ok");
    Answer basic = Answer.text("401 Unauthorized", "who?", "WWW-Authenticate: Basic realm=\"r\"");
    challenged(suite, "that nobody answers", new Settings(), basic, Errand.Kind.NONE);
    challenged(
        suite,
        "without a challenge",
        new Settings(),
        Answer.text("401 No", "no"),
        Errand.Kind.NONE);
    Settings user = new Settings().user("me", "secret");
    Answer checked = Answer.basic(basic, ok);
    challenged(suite, "that the program answers", user, checked, Errand.Kind.KNOWN);
    challenged(suite, "that the program answers in vain", user, basic, Errand.Kind.NONE);
    Answer digest =
        Answer.text(
            "401 Unauthorized",
            "who?",
            "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5");
    challenged(
        suite,
        "that the program answers by a digest",
        user,
        Answer.early(c -> (c.sends("Digest") ? ok : digest).run(c)),
        Errand.Kind.KNOWN);
    challenged(suite, "of a body that is read once", user, checked, Errand.Kind.ONCE);
    suite.add(
        "a credential of the program's",
        stage ->
            stage.send(
                Errand.get(stage.a().on("/", ok).url("/")).header("Authorization", "Own it")));
  }

  private static void challenged(
      Unchanged suite, String name, Settings settings, Answer answer, Errand.Kind kind) {
    BiConsumer<String, Unchanged.Case> adding =
        kind == Errand.Kind.ONCE ? suite::addReadOnce : suite::add;
    adding.accept(
        "401 " + name,
        stage -> {
          Wire wire = stage.a().on("/", answer).on("/free", Answer.text("200 OK", "ok"));
          String method = kind == Errand.Kind.NONE ? "GET" : "POST";
          stage.send(
              settings,
              Errand.get(wire.url("/free")),
              Errand.of(method, wire.url("/")).body(kind, "what is sent"));
        });
  }

  private static void proxies(Unchanged suite) {
    Answer ok = Answer.text("200 OK", "ok");
    suite.add(
        "through a proxy",
        stage -> {
          Wire proxy = stage.b().on("/there", ok);
          stage.send(
              new Settings().proxy(proxy),
              Errand.get("http://one.test/there?q"),
              Errand.post("http://one.test/there"));
        });
    suite.add(
        "through a proxy that wants a password",
        stage -> {
          Answer who = Answer.text("407 Who", "", "Proxy-Authenticate: Basic realm=\"p\"");
          Wire proxy = stage.b().on("/there", who, ok);
          stage.send(
              new Settings().proxy(proxy).user("me", "secret"),
              Errand.get("http://one.test/there"));
        });
    suite.add(
        "a tunnel that is refused",
        stage -> {
          Wire proxy = stage.b().on("one.test:443", Answer.text("403 Forbidden", "no tunnel"));
          stage.send(new Settings().proxy(proxy), Errand.get("https://one.test/there"));
        });
    suite.add(
        "a tunnel that wants a password and leads nowhere",
        stage -> {
          Answer who = Answer.text("407 Who", "", "Proxy-Authenticate: Basic realm=\"p\"");
          Answer tunnel = Answer.early(Answer.raw("HTTP/1.1 200 OK\r\n\r\n"), Answer.END);
          Wire proxy = stage.b().on("one.test:443", who, tunnel);
          stage.send(
              new Settings().proxy(proxy).noRetries().user("me", "secret"),
              Errand.get("https://one.test/there"));
        });
  }

  private static void cookies(Unchanged suite) {
    suite.add(
        "cookies that servers set",
        stage -> {
          Answer sets = Answer.text("200 OK", "ok", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2");
          Wire wire = stage.a().on("/", sets).on("/b/c", Answer.text("200 OK", "ok"));
          stage.send(
              new Settings().cookies(),
              Errand.get(wire.url("/")),
              Errand.get(wire.url("/b/c")),
              Errand.get(wire.url("/b/c")).header("Cookie", "own=1"));
        });
  }

  private static void twice(Unchanged suite, String name, Answer answer) {
    suite.add(
        "a connection " + name,
        stage -> {
          Wire wire = stage.a().on("/", answer);
          stage.send(
              Errand.get(wire.url("/")), Errand.post(wire.url("/")), Errand.get(wire.url("/")));
        });
  }
}
