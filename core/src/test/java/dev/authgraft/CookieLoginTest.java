package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.OdooApi;
import dev.authgraft.testing.OneAnswerApi;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.SpringSecurityApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A login is no success because its answer set a cookie, and a session is known to end. */
final class CookieLoginTest {
  private static final String SESSION = "Path=/; HttpOnly";

  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    assertThat(String.join("\n", log.lines())).doesNotContain("a&b=c", "a%26b");
  }

  private String yaml(ApiServer api, String strategy) {
    return "strategies:\n  s: {type: form-login, "
        + strategy
        + "}\nrules: [{host: \""
        + api.authority()
        + "\", strategy: s}]\n";
  }

  private TestClient load(ApiServer api, String strategy) throws ConfigException {
    authgraft = Configs.builder(directory, log, yaml(api, strategy)).time(time).load();
    return new TestClient(authgraft);
  }

  private static String form(URI login, String cookies) {
    String form = "{username: me, password: '" + ApiServer.AWKWARD_PASSWORD + "'}";
    return "login: {url: \"" + login + "\", form: " + form + ", cookies: [" + cookies + "]}";
  }

  private static String spring(SpringSecurityApi api) {
    return form(api.url("/login"), "JSESSIONID");
  }

  private static SpringSecurityApi springApi(String attributes) {
    return new SpringSecurityApi(ApiServer.AWKWARD_PASSWORD, attributes);
  }

  @Test
  void springsRedirectToItsErrorPageIsARefusal() throws Exception {
    try (SpringSecurityApi api = new SpringSecurityApi("another", SESSION)) {
      TestClient client = load(api, spring(api));
      for (int i = 0; i < 720; i++) { // An hour.
        assertThatThrownBy(() -> client.get(api.url("/api")))
            .hasMessageContaining(
                "login was answered 302 with the login page (wrong user or password?")
            .hasMessageContaining("leads to /login,")
            .hasMessageContaining("rejected-when: {redirect-to");
        time.advance(Duration.ofSeconds(5));
      }
      assertThat(api.count("login")).isEqualTo(8);
      assertThat(api.count("protected")).isZero();
    }
  }

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

  @Test
  void anErrorInJsonIsARefusalWhateverCookieItSets() throws Exception {
    try (OdooApi api = new OdooApi("another")) {
      TestClient client = load(api, odoo(api, ""));
      for (int i = 0; i < 720; i++) {
        assertThatThrownBy(() -> client.get(api.url("/api")))
            .hasMessageContaining("200 with an error: 200, Odoo Server Error, Access Denied");
        time.advance(Duration.ofSeconds(5));
      }
      assertThat(api.count("login")).isEqualTo(8);
    }
  }

  @Test
  void odoosSessionIsRenewedWhenItSaysThatItIsOver() throws Exception {
    try (OdooApi api = new OdooApi(ApiServer.AWKWARD_PASSWORD)) {
      TestClient client =
          load(api, odoo(api, ", rejected-when: {status: 200, body: Odoo Session Expired}"));
      assertThat(client.get(api.url("/api")).body()).contains("result");
      api.expireSessions();
      assertThat(client.get(api.url("/api")).body()).contains("result");
      assertThat(api.count("login")).isEqualTo(2);
    }
  }

  private static String odoo(OdooApi api, String more) {
    return "login: {url: \""
        + api.url("/web/session/authenticate")
        + "\", json: {jsonrpc: '2.0', params: {db: d, login: me, password: '"
        + ApiServer.AWKWARD_PASSWORD
        + "'}}, cookies: [session_id]}"
        + more;
  }

  private static Reply redirect(String location) {
    return Reply.redirect(location).header("Set-Cookie", "sid=x");
  }

  /** Of a login at {@code /login} whose page is {@code /page}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/login             |                  | true",
        "/login?error       |                  | true",
        "/login?m=Bad %s[]  |                  | true",
        "/login/            |                  | true",
        "/login;jsessionid=A?error |           | true",
        "login?error        |                  | true",
        "?error             |                  | true",
        "https://sso.example/login#x |         | true",
        "/page?error        |                  | true",
        "/                  |                  | false",
        "/home              |                  | false",
        "/loginok           |                  | false",
        "/login/ok          |                  | false",
        "/login?error       | /signin          | false",
        "/signin;v=1?e=a b  | /signin          | true",
        "/page?error        | /signin          | true",
      })
  void aRedirectToWhereALoginBeginsIsARefusal(String location, String redirectTo, boolean refused)
      throws Exception {
    String at = location.replace("%s", "creds");
    try (OneAnswerApi api = new OneAnswerApi(redirect(at))) {
      String explicit =
          redirectTo == null ? "" : ", rejected-when: {redirect-to: " + redirectTo + "}";
      api.answerNext("/page", Reply.of(200, "text/html", "<form></form>"));
      TestClient client =
          load(
              api,
              "page: \"" + api.url("/page") + "\", " + form(api.url("/login"), "sid") + explicit);
      if (refused) {
        assertThatThrownBy(() -> client.get(api.url("/api"))).hasMessageContaining("login page");
      } else {
        assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
      }
      assertThat(api.count("login")).isEqualTo(1);
    }
  }

  /** Programs that tell their pages apart by a parameter: {@code /index.php?route=…}. */
  @ParameterizedTest
  @CsvSource({
    "/index.php?route=home, false",
    "/index.php?route=login, true",
    "/index.php?error=1&route=login, true",
    "/index.php?error=1, true"
  })
  void aPageThatIsAParameterIsAnother(String location, boolean refused) throws Exception {
    try (OneAnswerApi api = new OneAnswerApi(redirect(location))) {
      api.answerNext("/index.php", redirect(location));
      TestClient client = load(api, form(api.url("/index.php?route=login"), "sid"));
      if (refused) {
        assertThatThrownBy(() -> client.get(api.url("/api"))).hasMessageContaining("login page");
      } else {
        assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error': {'code': 100, 'message': 'no'}}",
        "{'errors': ['no']}",
        "{'success': false}",
        "{'status': 'error', 'msg': 'no'}",
        "{'code': 1001, 'msg': 'no'}",
        "{'errcode': 40029}",
        "{'result': false}",
        "{'ok': 0}",
        "{'status': 'KO'}",
        "{'code': 401}",
        "{'code': 2, 'msg': 'no'}",
        "{'statusCode': 401, 'message': 'Unauthorized'}", // NestJS
        "{'exception': 'moodle_exception', 'errorcode': 'invalidlogin'}", // Moodle
        "[{'message': 'expired', 'errorCode': 'INVALID_SESSION_ID'}]", // Salesforce
        "{'clientlogin': {'status': 'FAIL', 'messagecode': 'wrongpassword'}}", // MediaWiki
        "{'login': {'result': 'Failed', 'reason': 'Incorrect password entered'}}", // its old one
        "{'data': {'login': {'errors': [{'message': 'no'}]}}}", // a mutation of GraphQL
        "{'isAuthenticated': false}",
        "{'hasError': true}",
        "false",
      })
  void anErrorWithACookieIsARefusal(String body) throws Exception {
    Reply reply = Reply.of(200, "application/json", body.replace('\'', '"'));
    try (OneAnswerApi api = new OneAnswerApi(reply.header("Set-Cookie", "sid=x"))) {
      TestClient client = load(api, form(api.url("/login"), "sid"));
      assertThatThrownBy(() -> client.get(api.url("/api")))
          .hasMessageContaining("login was answered 200 with an error")
          .hasMessageContaining("next attempt in 30s");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'error': null, 'errors': []}",
        "{'code': 0, 'msg': 'fine'}",
        "{'code': 200, 'message': 'welcome'}",
        "{'code': 20000, 'message': 'welcome'}",
        "{'code': 1, 'msg': 'welcome'}",
        "{'status': 'success', 'data': {'code': 5}}",
        "{'status': 200, 'success': true}",
        "{'errcode': 0, 'errmsg': 'success'}",
        "{'hasError': false, 'type': 'user', 'state': 'active'}",
        "{'jsonrpc': '2.0', 'result': 0}",
        "{'data': {'login': {'errors': [], 'user': {'status': 'failed'}}}}",
        "[{'id': 1, 'message': 'hello'}]",
        "{'session': {'name': 'JSESSIONID', 'value': 'x'}, 'loginInfo': {'failedLoginCount': 3}}",
        "welcome",
        "<h1>error</h1>",
        "",
      })
  void aCookieWithoutAnErrorIsASuccess(String body) throws Exception {
    Reply reply = Reply.of(200, "text/html", body.replace('\'', '"'));
    try (OneAnswerApi api = new OneAnswerApi(reply.header("Set-Cookie", "sid=x"))) {
      TestClient client = load(api, form(api.url("/login"), "sid"));
      assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aMissingCookieIsNamedWithThoseThatCame() throws Exception {
    Reply reply = Reply.json(200, java.util.Map.of("user", 7)).header("Set-Cookie", "JSESSIONID=x");
    try (OneAnswerApi api = new OneAnswerApi(reply)) {
      TestClient client = load(api, form(api.url("/login"), "sid, csrf"));
      assertThatThrownBy(() -> client.get(api.url("/api")))
          .hasMessageContaining("without the cookie sid, csrf: it has /user and the cookie JSESSIO")
          .hasMessageContaining("next attempt in 30s");
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
        long ends = seconds < 0 ? -1 : time.millis() + seconds * 1000;
        assertThat(report.expiresAt()).isEqualTo(ends);
        if (seconds > 0) assertThat(report.renewedFrom()).isBetween(time.millis() + 1, ends - 1);
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
  void whereNothingSaysThatASessionEndsCheckWarns() throws Exception {
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
  void whatRejectsIsExplained() throws Exception {
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
