import java.util.Arrays;
import java.util.function.BiConsumer;

/** Cases of servers that fail, hang or talk nonsense, and of calls that are given up. */
final class Failures {
  private Failures() {}

  static void addTo(Unchanged suite) {
    connecting(suite);
    nonsense(suite);
    timeouts(suite);
    givenUp(suite);
    unavailable(suite);
  }

  private static void connecting(Unchanged suite) {
    suite.add("a refused connection", stage -> stage.send(Errand.get("http://127.0.0.1:1/")));
    suite.add(
        "a refused connection of a POST", stage -> stage.send(Errand.post("http://127.0.0.1:1/")));
    suite.add("an unknown host", stage -> stage.send(Errand.get("http://unknown.test/")));
    suite.add(
        "a host's second address",
        stage -> {
          stage.a().on("/there", Answer.text("200 OK", "ok"));
          stage.send(
              new Settings().noFastFallback(),
              Errand.get("http://two.test:" + stage.a().port() + "/there"));
        });
    // An asynchronous client may be told of the end before it has read what came.
    if (suite.blocks()) {
      suite.add(
          "TLS to a server that speaks none",
          stage -> {
            Answer.Step plain = Answer.raw("HTTP/1.1 400 Bad Request\r\n\r\n");
            Wire wire = stage.a().greets(Answer.early(plain, Answer.END));
            stage.send(Errand.get("https://127.0.0.1:" + wire.port() + "/"));
          });
    }
    suite.add(
        "a refused connection, without retries",
        stage ->
            stage.send(
                new Settings().noRetries().noFastFallback(), Errand.get("http://two.test:1/")));
  }

  private static void nonsense(Unchanged suite) {
    broken(suite, "no answer at all", "");
    broken(suite, "a status line that is none", "ICY 200 OK\r\n\r\n");
    broken(suite, "a status that is none", "HTTP/1.1 9x9 What\r\n\r\n");
    broken(suite, "a header without a colon", "HTTP/1.1 200 OK\r\nNonsense\r\n\r\n");
    broken(suite, "headers that break off", "HTTP/1.1 200 OK\r\nContent-Le");
    broken(suite, "a body that breaks off", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    broken(
        suite,
        "chunks that break off",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf");
    broken(
        suite,
        "a chunk size that is none",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhalf");
    broken(suite, "a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhalf");
    broken(suite, "a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nhalf");
    broken(
        suite,
        "two lengths",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 4\r\n\r\nhalf");
    broken(suite, "204 with a body", "HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\nhalf");
    broken(suite, "101 that nobody asked for", "HTTP/1.1 101 Switch\r\nUpgrade: x\r\n\r\n");
    char[] digits = new char[300_000];
    Arrays.fill(digits, '7');
    broken(
        suite,
        "a header of 300 kB",
        "HTTP/1.1 200 OK\r\nX-Long: " + new String(digits) + "\r\nContent-Length: 0\r\n\r\n");
    suite.add(
        "an upload that the server breaks off",
        stage -> {
          Wire wire = stage.a().on("/up", Answer.early(Answer.CLOSE));
          stage.send(new Settings().noRetries(), Errand.post(wire.url("/up")));
        });
  }

  private static void timeouts(Unchanged suite) {
    Settings settings = new Settings().readTimeout(Settings.SHORT);
    timeout(suite, "no answer", settings, Answer.of(Answer.HANG));
    timeout(
        suite,
        "no end of the headers",
        settings,
        Answer.of(Answer.raw("HTTP/1.1 200 OK\r\nX-Half: "), Answer.HANG));
    timeout(
        suite,
        "no end of the body",
        settings,
        Answer.of(Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), Answer.HANG));
    suite.addWaiting(
        "a POST in time: no answer",
        stage ->
            stage.send(settings, Errand.post(stage.a().on("/", Answer.of(Answer.HANG)).url("/"))));
  }

  private static void givenUp(Unchanged suite) {
    suite.addWaiting(
        "canceled when the answer is there",
        stage -> {
          Answer half = Answer.of(Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
          Wire wire = stage.a().on("/", half.then(Answer.HANG));
          Settings settings = new Settings().readTimeout(Settings.SHORT); // for who waits on
          stage.send(settings, Errand.get(wire.url("/")).atAnswer(stage::cancel));
        });
    if (suite.blocks()) whileItReads(suite); // otherwise it is chance who is first
  }

  private static void whileItReads(Unchanged suite) {
    suite.add(
        "canceled while it waits",
        stage -> {
          stage.unordered();
          Answer cancels = Answer.of(connection -> stage.cancelReading()).then(Answer.HANG);
          stage.send(Errand.get(stage.a().on("/", cancels).url("/")));
        });
    suite.add(
        "interrupted while it waits",
        stage -> {
          Answer.Step ok = Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          Answer interrupts = Answer.of(connection -> stage.caller().awaitReading());
          interrupts.then(connection -> stage.caller().interrupt()).then(ok);
          stage.send(Errand.get(stage.a().on("/", interrupts).url("/")));
        });
    suite.add(
        "interrupted before",
        stage -> {
          Wire wire = stage.a().on("/", Answer.text("200 OK", "ok"));
          Client client = stage.client(new Settings());
          client.send(Errand.get(wire.url("/"))); // later releases connect on another thread
          stage.caller().interrupt();
          client.send(Errand.get(wire.url("/")));
        });
  }

  private static void unavailable(Unchanged suite) {
    Answer ok = Answer.text("200 OK", "ok");
    for (String header : new String[] {"Retry-After: 0", "Retry-After: 1", "X-None: 1"}) {
      for (String status : new String[] {"503 Unavailable", "429 Too Many", "408 Timeout"}) {
        boolean waits = header.equals("Retry-After: 1");
        BiConsumer<String, Unchanged.Case> adding = waits ? suite::addWaiting : suite::add;
        adding.accept(
            status + ", " + header,
            stage -> {
              Wire wire = stage.a().on("/", Answer.text(status, "later", header), ok);
              stage.send(Errand.get(wire.url("/")));
            });
      }
    }
    suite.add(
        "408 of a body that is read once",
        stage -> {
          Answer late = Answer.text("408 Timeout", "", "Connection: close").then(Answer.CLOSE);
          Wire wire = stage.a().on("/", late, ok);
          stage.send(Errand.post(wire.url("/")).body(Errand.Kind.ONCE, "sent once"));
        });
    suite.add(
        "503 twice",
        stage -> {
          Wire wire = stage.a().on("/", Answer.text("503 Unavailable", "", "Retry-After: 0"));
          stage.send(Errand.get(wire.url("/")));
        });
    suite.add(
        "421",
        stage -> {
          Wire wire = stage.a().on("/", Answer.text("421 Misdirected Request", "not here"), ok);
          stage.send(Errand.get(wire.url("/")));
        });
  }

  private static void broken(Unchanged suite, String name, String answer) {
    suite.add(
        "answered by " + name,
        stage -> {
          Answer broken = Answer.of(Answer.raw(answer), Answer.CLOSE);
          stage.send(Errand.get(stage.a().on("/", broken).url("/")));
        });
  }

  private static void timeout(Unchanged suite, String name, Settings settings, Answer answer) {
    suite.addWaiting(
        "in time: " + name,
        stage -> stage.send(settings, Errand.get(stage.a().on("/", answer).url("/"))));
  }
}
