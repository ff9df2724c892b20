import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Cases of calls that get stuck before there is an answer, and run out of time or are canceled. */
final class Stalls {
  /** So many that nobody waits for it: what ends the call is another thing. */
  private static final int NEVER = (int) Stage.MILLIS;

  private Stalls() {}

  static void addTo(Unchanged suite) {
    timeouts(suite);
    if (suite.blocks()) canceled(suite); // otherwise no thread of the case is anywhere
  }

  private static void timeouts(Unchanged suite) {
    suite.addWaiting(
        "in time: no connection",
        stage -> {
          Errand errand = Errand.get(stage.full());
          stage.send(single().connectTimeout(Settings.SHORT), errand);
        });
    suite.addWaiting(
        "in time: no end of the TLS handshake",
        stage -> {
          Wire wire = stage.a().greets(Answer.early(Answer.HANG));
          Settings settings = single().tls(Tls.program()).readTimeout(Settings.SHORT);
          stage.send(
              settings.connectTimeout(Settings.SHORT),
              Errand.get("https://one.test:" + wire.port() + "/"));
        });
    suite.addWaiting(
        "in time: no answer to CONNECT",
        stage -> {
          Wire proxy = stage.b().on("one.test:443", Answer.of(Answer.HANG));
          stage.send(
              single().proxy(proxy).tls(Tls.program()).readTimeout(Settings.SHORT),
              Errand.get("https://one.test/"));
        });
  }

  private static void canceled(Unchanged suite) {
    suite.add(
        "canceled while it connects",
        stage -> {
          stage.unordered();
          Errand errand = Errand.get(stage.full());
          Client client = stage.client(single().connectTimeout(NEVER));
          stage.cancelConnecting();
          client.send(errand);
        });
    suite.add(
        "canceled in the TLS handshake",
        stage -> {
          stage.unordered();
          Answer cancels = Answer.early(c -> c.read(1), c -> stage.cancelReading(), Answer.HANG);
          Wire wire = stage.a().greets(cancels);
          stage.send(
              single().tls(Tls.program()).connectTimeout(NEVER),
              Errand.get("https://one.test:" + wire.port() + "/"));
        });
    suite.add(
        "canceled while a tunnel is opened",
        stage -> {
          stage.unordered();
          Answer cancels = Answer.of(c -> stage.cancelReading(), Answer.HANG);
          Wire proxy = stage.b().on("one.test:443", cancels);
          stage.send(
              single().proxy(proxy).tls(Tls.program()).connectTimeout(NEVER),
              Errand.get("https://one.test/"));
        });
    suite.add(
        "canceled while a body is written",
        stage -> {
          stage.unordered();
          unread(stage, single(), c -> stage.cancelWriting());
        });
  }

  /** Sends a body without end to who takes {@code step} and does not read it. */
  static void unread(Stage stage, Settings settings, Answer.Step step) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Answer unread = Answer.early(step, connection -> await(ended), Answer.CLOSE);
    Errand endless = Errand.post(stage.a().on("/", unread).url("/"));
    try {
      stage.send(settings, endless.body(Errand.Kind.ENDLESS, "more"));
    } finally {
      ended.countDown();
    }
  }

  /** Later releases of OkHttp connect on other threads, to try two addresses at a time. */
  private static Settings single() {
    return new Settings().noRetries().noFastFallback();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
