package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.admin.Inspector;
import dev.authgraft.admin.LoginReport;
import dev.authgraft.client.Target;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.OneAnswerApi;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.SpringSecurityApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a session ends: by its cookie, by the answer of a call, and as the config says. */
final class SessionEndTest extends CookieLoginFixture {
  @Test
  void springsSessionIsRenewedWhenItEnds() throws Exception {
    try (SpringSecurityApi api = springApi(SESSION)) {
      TestClient client = load(api, spring(api));
      assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
      for (int i = 1; i <= 3; i++) {
        api.expireSessions();
        time.advance(Duration.ofMinutes(30));
        assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
        assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
        assertThat(api.count("login")).isEqualTo(1 + i);
      }
    }
  }

  private String in(Duration life) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochMilli(time.millis()).plus(life).atOffset(ZoneOffset.UTC));
  }

  /** RFC 6265, section 5.3: Max-Age counts before Expires; the shortest of the named cookies. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sid=1; Max-Age=600 |                        |     | 600",
        "sid=1; Expires=@600 |                       |     | 600",
        "sid=1; Max-Age=600; Expires=@9000 |         |     | 600",
        "sid=1; Expires=@9000; Max-Age=600 |         |     | 600",
        "sid=1; Max-Age=9000 | csrf=1; Max-Age=600   |     | 600",
        "sid=1; Max-Age=600 | other=1; Max-Age=20    |     | 600",
        "sid=1; Max-Age=600 | csrf=1                 |     | 600",
        "sid=1              |                        | 10m | 600",
        "sid=1; Max-Age=9000 |                       | 10m | 600",
        "sid=1; Max-Age=600 |                        | 2h  | 600",
        "sid=1              |                        |     | -1",
        "sid=1; Max-Age=x; Expires=soon |            |     | -1",
        "sid=1; Max-Age=99999999999999999999 |       |     | 3153600000",
      })
  void aCookiesLifeIsTheSessions(String first, String second, String lifetime, long seconds)
      throws Exception {
    Reply reply = undated(first);
    if (second != null) reply = reply.header("Set-Cookie", second);
    try (OneAnswerApi api = new OneAnswerApi(reply)) {
      String cookies = second != null && second.startsWith("csrf") ? "sid, csrf" : "sid";
      String more = lifetime == null ? "" : ", lifetime: " + lifetime;
      String yaml = yaml(api, form(api.url("/login"), cookies) + more);
      try (Inspector inspector =
          Configs.builder(directory, log, yaml).transport(new Undated()).time(time).inspect()) {
        LoginReport report = inspector.login("s");
        if (seconds < 0) {
          assertThat(report.expiresAt()).isNull();
          assertThat(report.renewedFrom()).isNull();
          return;
        }
        Instant now = Instant.ofEpochMilli(time.millis());
        Instant ends = now.plusSeconds(seconds);
        assertThat(report.expiresAt()).isEqualTo(ends);
        assertThat(report.renewedFrom()).isStrictlyBetween(now, ends);
      }
    }
  }

  private Reply undated(String setCookie) {
    String written = setCookie;
    int at = setCookie.indexOf('@');
    if (at >= 0) {
      int end = setCookie.indexOf(';', at) < 0 ? setCookie.length() : setCookie.indexOf(';', at);
      Duration life = Duration.ofSeconds(Long.parseLong(setCookie.substring(at + 1, end)));
      written = setCookie.substring(0, at) + in(life) + setCookie.substring(end);
    }
    return Reply.json(200, java.util.Map.of()).header("Set-Cookie", written);
  }

  /** Drops the Date, which tells real time; the lives here are told by a clock that stands. */
  private static final class Undated implements LoginTransport {
    private final LoginTransport real = new dev.authgraft.testing.JdkLoginTransport();

    @Override
    public LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException {
      LoginResponse answer = real.send(request, settings);
      LoginResponse.Builder builder = LoginResponse.builder(answer.status(), answer.body());
      for (String name : answer.headerNames()) {
        if (name.equalsIgnoreCase("Date")) continue;
        for (String value : answer.headers(name)) builder.header(name, value);
      }
      return builder.build();
    }

    @Override
    public void close() {}
  }

  /** Else each end costs a rejection, and a body that cannot be sent twice its call. */
  @Test
  void aSessionIsRenewedAheadOfTheEndOfItsCookie() throws Exception {
    try (SpringSecurityApi api = springApi("Max-Age=600")) {
      TestClient client = load(api, spring(api));
      client.get(api.url("/api"));
      time.advance(Duration.ofSeconds(590));
      assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
      Await.until("the renewal", () -> api.count("login") == 2);
      assertThat(api.count("refused")).isZero();
    }
  }

  private List<ConfigProblem> warnings(ApiServer api, String strategy) throws ConfigException {
    String yaml = yaml(api, strategy);
    try (Inspector inspector = Configs.builder(directory, log, yaml).inspect()) {
      return inspector.warnings();
    }
  }

  @Test
  void checkWarnsIfNothingTellsTheEndOfASession() throws Exception {
    try (OneAnswerApi api = new OneAnswerApi(Reply.empty(200))) {
      String cookies = form(api.url("/login"), "sid");
      assertThat(warnings(api, cookies))
          .extracting(ConfigProblem::text)
          .anySatisfy(
              text ->
                  assertThat(text)
                      .startsWith("nothing says how the end of a session of strategy 's' is seen")
                      .contains("status 401, or a redirect to /login is assumed"));
      assertThat(warnings(api, "page: \"" + api.url("/page") + "\", " + cookies))
          .extracting(ConfigProblem::text)
          .anySatisfy(text -> assertThat(text).contains("a redirect to /page or /login"));
      for (String said :
          new String[] {"{redirect-to: /login}", "{status: 200, body: Sign in}", "{status: 403}"}) {
        assertThat(warnings(api, cookies + ", rejected-when: " + said))
            .extracting(ConfigProblem::text)
            .noneSatisfy(text -> assertThat(text).contains("end of a session"));
      }
      String token = "login: {url: \"" + api.url("/login") + "\", form: {p: q1}}";
      assertThat(warnings(api, token))
          .extracting(ConfigProblem::text)
          .noneSatisfy(text -> assertThat(text).contains("end of a session"));
    }
  }

  @Test
  void explainNamesTheAnswersThatReject() throws Exception {
    try (OneAnswerApi api = new OneAnswerApi(Reply.empty(200))) {
      String cookies = form(api.url("/login"), "sid");
      assertThat(rejectedBy(api, cookies)).isEqualTo("status 401, or a redirect to /login");
      assertThat(rejectedBy(api, cookies + ", rejected-when: {status: [401, 403]}"))
          .isEqualTo("status 401 or 403, or a redirect to /login");
      assertThat(rejectedBy(api, cookies + ", rejected-when: {redirect-to: /sso}"))
          .isEqualTo("status 401, or a redirect to /sso");
      assertThat(rejectedBy(api, cookies + ", rejected-when: {status: 200, body: Sign in}"))
          .isEqualTo("status 200 with a text in its body, or a redirect to /login");
    }
  }

  private String rejectedBy(ApiServer api, String strategy) throws ConfigException {
    String yaml = yaml(api, strategy);
    try (Inspector inspector = Configs.builder(directory, log, yaml).inspect()) {
      Target target = Target.of("http", "127.0.0.1", api.port(), "/api", "GET");
      return inspector.explain(target).rejectedBy();
    }
  }
}
