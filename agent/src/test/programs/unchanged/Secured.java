/** Cases of TLS, of tunnels to it, and of SOCKS proxies. */
final class Secured {
  private static final Answer OK = Answer.text("200 OK", "ok");

  private Secured() {}

  static void addTo(Unchanged suite) {
    trusted(suite);
    distrusted(suite);
    tunnels(suite);
    socks(suite);
  }

  private static void trusted(Unchanged suite) {
    suite.add(
        "TLS: two calls",
        stage -> twice(stage, new Settings().tls(Tls.program()), Tls.begin(), "one.test"));
    suite.add(
        "TLS: a redirect to plain text and back",
        stage -> {
          String plain = "http://one.test:" + stage.b().port() + "/plain";
          Wire wire = stage.a().greets(Answer.early(Tls.begin())).on("/back", OK);
          String back = "https://one.test:" + wire.port() + "/back";
          wire.on("/", Answer.text("302 Found", "", "Location: " + plain));
          stage.b().on("/plain", Answer.text("302 Found", "", "Location: " + back));
          Settings settings = new Settings().tls(Tls.program());
          stage.send(settings, Errand.get("https://one.test:" + wire.port() + "/"));
        });
    for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
      suite.add(
          "TLS: a certificate of the program's, " + protocol,
          stage ->
              twice(
                  stage,
                  new Settings().tls(Tls.programWithKey()),
                  Tls.beginWanting(stage, protocol),
                  "one.test"));
      suite.add(
          "TLS: a certificate that the program does not have, " + protocol,
          stage ->
              twice(
                  stage,
                  new Settings().tls(Tls.program()),
                  Tls.beginWanting(stage, protocol),
                  "one.test"));
    }
  }

  private static void distrusted(Unchanged suite) {
    suite.add(
        "TLS: a host that the certificate does not name",
        stage -> twice(stage, new Settings().tls(Tls.program()), Tls.begin(), "other.test"));
    suite.add(
        "TLS: a certificate that is not trusted",
        stage -> twice(stage, new Settings().tls(Tls.distrustful()), Tls.begin(), "one.test"));
  }

  private static void tunnels(Unchanged suite) {
    Answer.Step opened = Answer.raw("HTTP/1.1 200 OK\r\n\r\n");
    suite.add(
        "a tunnel to TLS",
        stage -> {
          Answer tunnel = Answer.early(opened, Tls.begin());
          Wire proxy = stage.b().on("one.test:443", tunnel).on("/there", OK);
          stage.send(
              new Settings().proxy(proxy).tls(Tls.program()),
              Errand.get("https://one.test/there"),
              Errand.post("https://one.test/there"));
        });
    suite.add(
        "a tunnel to TLS that wants a password",
        stage -> {
          Answer who = Answer.text("407 Who", "", "Proxy-Authenticate: Basic realm=\"p\"");
          Answer tunnel = Answer.early(opened, Tls.begin());
          Answer checked = // OkHttp sends a password before it is asked for one
              Answer.early(
                  connection ->
                      (connection.header("proxy-authorization") == null ? who : tunnel)
                          .run(connection));
          Wire proxy = stage.b().on("one.test:443", checked).on("/there", OK);
          stage.send(
              new Settings().proxy(proxy).tls(Tls.program()).user("me", "secret"),
              Errand.get("https://one.test/there"));
        });
    suite.add(
        "a tunnel to TLS of another host",
        stage -> {
          Answer tunnel = Answer.early(opened, Tls.begin());
          Wire proxy = stage.b().on("other.test:443", tunnel);
          stage.send(
              new Settings().proxy(proxy).tls(Tls.program()),
              Errand.get("https://other.test/there"));
        });
  }

  private static void socks(Unchanged suite) {
    suite.add(
        "through a SOCKS proxy",
        stage -> {
          Wire proxy = stage.b().greets(Answer.early(Socks.lets(stage))).on("/there", OK);
          stage.send(
              new Settings().socks(proxy),
              Errand.get("http://one.test/there"),
              Errand.post("http://one.test/there"));
        });
    suite.add(
        "through a SOCKS proxy to TLS",
        stage -> {
          Answer lets = Answer.early(Socks.lets(stage), Tls.begin());
          Wire proxy = stage.b().greets(lets).on("/there", OK);
          stage.send(
              new Settings().socks(proxy).tls(Tls.program()), Errand.get("https://one.test/there"));
        });
    suite.add(
        "a SOCKS proxy that refuses",
        stage -> {
          Wire proxy = stage.b().greets(Answer.early(Socks.refuses()));
          stage.send(new Settings().socks(proxy), Errand.get("http://one.test/there"));
        });
  }

  private static void twice(Stage stage, Settings settings, Answer.Step begins, String host)
      throws Exception {
    Wire wire = stage.a().greets(Answer.early(begins)).on("/there", OK);
    String url = "https://" + host + ":" + wire.port() + "/there";
    stage.send(settings, Errand.get(url), Errand.post(url));
  }
}
