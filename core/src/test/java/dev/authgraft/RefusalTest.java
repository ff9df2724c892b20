package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.OneAnswerApi;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What counts as a refused login, at a server that counts them while a program goes on calling for
 * an hour: eight tries, however the server says no.
 */
final class RefusalTest {
  /** 0 s, 30 s, then after pauses that double: 90, 210, 450, 930, 1830 and 2730 s. */
  private static final int REFUSED_IN_AN_HOUR = 8;

  private static final String JSON = "application/json";

  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final OneAnswerApi api = new OneAnswerApi(Reply.empty(500));
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
    String printed = String.join("\n", log.lines());
    assertThat(printed).doesNotContain("a&b=c", "a%26b", "s3cret-t0ken-that-nobody-may-see");
  }

  private TestClient load(String strategy) throws ConfigException {
    authgraft =
        Configs.builder(
                directory,
                log,
                "strategies:\n  s: "
                    + strategy
                    + "\nrules: [{host: \""
                    + api.authority()
                    + "\", strategy: s}]\n")
            .time(time)
            .load();
    return new TestClient(authgraft);
  }

  private String password() {
    return "'" + ApiServer.AWKWARD_PASSWORD + "'";
  }

  private String exchange(String path, String more) {
    return "{url: \"" + api.url(path) + "\", json: {p: " + password() + "}" + more + "}";
  }

  private TestClient lazyJwt() throws ConfigException {
    return load("{type: lazy-jwt, login: " + exchange("/login", "") + "}");
  }

  /** Calls every five seconds for an hour, and returns the message of the first failure. */
  private String callForAnHour(TestClient client) throws Exception {
    String first = null;
    for (int i = 0; i < 720; i++) {
      try {
        client.get(api.url("/api"));
      } catch (CredentialException e) {
        if (first == null) first = e.getMessage();
      }
      time.advance(Duration.ofSeconds(5));
    }
    return first;
  }

  private static Reply ok(String body) {
    return Reply.of(200, JSON, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // RFC 6749, Google, JSON-RPC (Zabbix, Odoo), GraphQL, and what else there is
        "{'error': 'denied'} | denied",
        "{'error': {'code': 401, 'message': 'denied', 'status': 'UNAUTHENTICATED'}} | 401, denied",
        "{'jsonrpc': '2.0', 'error': {'code': -32500, 'message': 'Application error.', 'data':"
            + " 'Incorrect user name or password.'}, 'id': 1}"
            + " | Application error., Incorrect user name or password.",
        "{'jsonrpc': '2.0', 'error': {'code': 200, 'message': 'Odoo Server Error', 'data': {'name':"
            + " 'x', 'debug': 'Traceback', 'message': 'Access Denied'}}}"
            + " | Odoo Server Error, Access Denied",
        "{'data': {'login': null}, 'errors': [{'message': 'bad password', 'path': ['login']}]}"
            + " | bad password",
        "{'errors': ['bad password']} | bad password",
        "{'errors': {'email': ['is unknown']}} | email: is unknown",
        "{'errors': {'email': 'is unknown'}} | email: is unknown",
        "{'status': 'error', 'msg': 'bad password'} | bad password",
        "{'status': 'fail', 'data': {'title': 'x'}} | without a token",
        "{'code': 1001, 'msg': 'bad password'} | 1001, bad password",
        "{'errcode': 40029, 'errmsg': 'invalid code'} | 40029, invalid code",
        "{'Success': false, 'Message': 'bad password'} | bad password",
        "{'success': 'false', 'ErrorMessage': 'bad password'} | bad password",
        "{'ok': false, 'Error_Description': 'bad password'} | bad password",
        "{'message': 'bad password'} | bad password; it has /message",
        "{'fault': {'faultstring': 'Invalid', 'detail': {'errorcode': 'oauth.v2.Invalid'}}}"
            + " | oauth.v2.Invalid, Invalid",
        "{'type': 'about:blank', 'title': 'Unauthorized', 'status': 401} | Unauthorized",
        "{'meta': {'code': 401, 'message': 'denied'}} | 401, denied",
        "{'clientlogin': {'status': 'FAIL', 'message': 'Incorrect password'}} | Incorrect password",
        "{'result': null} | it has /result",
        "{'result': false} | without a token at /access_token",
        "{} | without a token at /access_token",
        "[] | without a token at /access_token",
        "null | without a token at /access_token",
        "false | without a token at /access_token",
        "{'access_token': null} | it has /access_token",
        "{'access_token': ''} | it has /access_token",
        "{'access_token': {'value': 's3cret-t0ken-that-nobody-may-see'}}"
            + " | it has /access_token/value",
        "{'data': {'token': 's3cret-t0ken-that-nobody-may-see', 'user': [{'id': 7}]}}"
            + " | it has /data/token, /data/user/0/id",
        "'s3cret-t0ken-that-nobody-may-see' | it has a text alone (token: \"\" takes it)",
        "{'message': 's3cret-t0ken-that-nobody-may-see', 'n': 1} | ██; it has /message, /n",
        "{'s3cret-t0ken-that-nobody-may-see1234': {'n': 1}} | it has /██/n",
      })
  void aGoodStatusWithoutTheTokenIsARefusal(String body, String reason) throws Exception {
    api.answerWith(ok(body.replace('\'', '"')));
    assertThat(callForAnHour(lazyJwt()))
        .contains("login was answered 200", reason, "next attempt in 30s");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=utf-8 | <html><head><title>Sign in</title></head> | text/html: Sign in",
        "text/html | no page at all | not JSON but text/html",
        "text/plain | s3cret-t0ken-that-nobody-may-see | not JSON but text/plain",
        "text/xml | <e:Envelope><e:Fault><faultstring>Bad</faultstring></e:Fault> | text/xml: Bad",
        "application/soap+xml | <E><Fault><Text lang='en'>Bad</Text></Fault></E> | +xml: Bad",
        "application/xml | <response status='error'><msg><![CDATA[Bad]]></msg></response> | Bad",
        "application/xml | <r><key>s3cret-t0ken-that-nobody-may-see</key></r> | not JSON but",
        "application/json | {\"access_tok | not JSON but application/json",
        "application/problem+json | {\"title\": \"No\", \"detail\": \"bad password\"} | No, bad",
      })
  void aBodyThatIsNotWhatWasWantedIsARefusal(String type, String body, String reason)
      throws Exception {
    api.answerWith(Reply.of(200, type, body));
    assertThat(callForAnHour(lazyJwt())).contains("login was answered 200", reason);
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void anAnswerWithoutABodyIsARefusal(int status) throws Exception {
    api.answerWith(
        Reply.empty(status)
            .header("X-Subject-Token", "s3cret-t0ken-that-nobody-may-see")
            .header("Set-Cookie", "sid=s3cret-t0ken-that-nobody-may-see; Path=/"));
    assertThat(callForAnHour(lazyJwt()))
        .contains("login was answered " + status)
        .containsIgnoringCase("it has no body and the header X-Subject-Token and the cookie sid");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 409, 410, 412, 415, 418, 422,
        423, 428, 451, 499
      })
  void whatAsksForAnotherRequestIsARefusal(int status) throws Exception {
    api.answerWith(Reply.problem(status, "no such thing").header("Location", "/elsewhere"));
    assertThat(callForAnHour(lazyJwt()))
        .contains("login was answered " + status + ": no such thing", "next attempt in 30s");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 501, 502, 503, 504, 529})
  void whatIsTheServersOwnTroubleIsTriedAgainSoon(int status) throws Exception {
    api.answerWith(Reply.problem(status, "busy"));
    TestClient client = lazyJwt();
    assertThatThrownBy(() -> client.get(api.url("/api"))).hasMessageContaining(status + ": busy");
    api.answerWith(ok("{\"access_token\": \"t\"}"));
    time.advance(Duration.ofSeconds(2));
    assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
  }

  /** The rate is refused, not the account. */
  @Test
  void tooManyRequestsWaitsForHalfAMinuteAtLeastAndAMinuteAtMost() throws Exception {
    api.answerWith(Reply.problem(429, "slow down"));
    assertThat(callForAnHour(lazyJwt())).contains("next attempt in 30s");
    assertThat(api.count("login")).isBetween(60, 120);
  }

  @ParameterizedTest
  @CsvSource({"423, 120, 2m", "429, 120, 2m", "403, 5, 30s", "429, 5, 30s", "423, 99999, 1h"})
  void aLongerRetryAfterCounts(int status, String retryAfter, String pause) throws Exception {
    api.answerWith(Reply.problem(status, "locked").header("Retry-After", retryAfter));
    TestClient client = lazyJwt();
    assertThatThrownBy(() -> client.get(api.url("/api")))
        .hasMessageContaining("next attempt in " + pause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'access_token': 't', 'error': null}",
        "{'access_token': 't', 'errors': []}",
        "{'access_token': 't', 'error': false, 'errors': {}}",
        "{'access_token': 't', 'error': '', 'code': 0, 'msg': 'ok'}",
        "{'access_token': 't', 'status': 'success', 'success': true}",
        "{'access_token': 't', 'success': false}",
        "{'access_token': 't', 'code': 1001, 'message': 'welcome'}",
        "{'access_token': 12345}",
      })
  void aTokenIsASuccessWhateverStandsBesideIt(String body) throws Exception {
    api.answerWith(ok(body.replace('\'', '"')));
    assertThat(callForAnHour(lazyJwt())).isNull();
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void theTokenOfARootStringIsOne() throws Exception {
    api.answerWith(ok("\"t\""));
    TestClient client = load("{type: lazy-jwt, login: " + exchange("/login", ", token: ''") + "}");
    assertThat(callForAnHour(client)).isNull();
    assertThat(api.count("login")).isEqualTo(1);
  }

  /** As the first exchange of a login, which sends the password. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"404", "409", "200", "302"})
  void theSameHoldsForAPreAuth(int status) throws Exception {
    api.answerWith(Reply.of(status, JSON, "{\"message\": \"no\"}"));
    TestClient client =
        load(
            "{type: pre-auth-2fa, pre-auth: "
                + exchange("/pre-auth", "")
                + ", login: "
                + exchange("/login", "")
                + "}");
    assertThat(callForAnHour(client)).contains("pre-auth was answered " + status);
    assertThat(api.count("pre-auth")).isEqualTo(REFUSED_IN_AN_HOUR);
    assertThat(api.count("login")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 410})
  void theSameHoldsForAPage(int status) throws Exception {
    api.answerWith(Reply.problem(status, "gone").header("Location", "/elsewhere"));
    TestClient client =
        load(
            "{type: form-login, page: \""
                + api.url("/page")
                + "\", login: {url: \""
                + api.url("/login")
                + "\", form: {p: "
                + password()
                + "}, cookies: [sid]}}");
    assertThat(callForAnHour(client)).contains("page was answered " + status);
    assertThat(api.count("page")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  /** Each try makes the server send one more message to somebody's telephone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{url: \"%s/code\"}",
        "{url: \"%s/code\", token: /nowhere}",
        "{file: not-there}",
        "{command: \"false\"}",
        "{totp: \"${env:AUTHGRAFT_NOT_SET}\"}"
      })
  void aMissingCodeDoesNotAskForTheNextEachSecond(String code) throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\"}"));
    TestClient client =
        load(
            "{type: pre-auth-2fa, pre-auth: "
                + exchange("/pre-auth", "")
                + ", code: "
                + code.formatted("http://" + api.authority())
                + ", login: "
                + exchange("/login", ", headers: {X-Code: \"${code}\"}")
                + "}");
    assertThat(callForAnHour(client)).contains("no one-time code");
    assertThat(api.count("pre-auth")).isEqualTo(REFUSED_IN_AN_HOUR);
    assertThat(api.count("login")).isZero();
  }

  /** The server opened a session for it. */
  @Test
  void aTokenThatNoHeaderCanCarryDoesNotOpenASessionEachSecond() throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\\nX: y\"}"));
    assertThat(callForAnHour(lazyJwt())).contains("what cannot be sent");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  /** A refresh that brings nothing means a login, and is not repeated while the old token lives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"200 | {}", "200 | <html>", "404 | {}", "409 | {}", "302 | {}", "200 | \"x"})
  void aRefreshWithoutATokenIsFollowedByALogin(int status, String body) throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\", \"expires_in\": 600, \"refresh_token\": \"r\"}"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", "")
                + ", refresh: {url: \""
                + api.url("/refresh")
                + "\", json: {t: \"${refresh-token}\"}}}");
    client.get(api.url("/api"));
    api.answerWith(Reply.of(status, JSON, body));
    time.advance(Duration.ofSeconds(590)); // stale, and still good
    String first = callForAnHour(client);
    assertThat(first).contains("login was answered " + status);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(1 + REFUSED_IN_AN_HOUR);
  }

  /** What only the config can know: a good status, or a 5xx, that refuses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "500 | {'message': 'no'}      | {status: 500}",
        "503 | {'message': 'locked'}  | {body: locked}",
        "503 | {'message': 'locked'}  | {body: [no such user, locked]}",
        "200 | {'access_token': 't', 'state': 'locked'} | {status: [200, 500], body: locked}",
        "500 | {'message': 'locked'}  | [{status: 503}, {status: 500, body: [x, locked]}]",
      })
  void theConfigSaysWhatRefuses(int status, String body, String refusedWhen) throws Exception {
    api.answerWith(Reply.of(status, JSON, body.replace('\'', '"')));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", ", refused-when: " + refusedWhen)
                + "}");
    assertThat(callForAnHour(client))
        .contains("login was answered " + status + ", which refused-when names");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{status: 200, body: locked}", "{status: 503}", "[{body: [locked, no]}]"})
  void whatNoneOfItsConditionsMeetsIsTroubleAsBefore(String refusedWhen) throws Exception {
    api.answerWith(Reply.problem(500, "busy"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", ", refused-when: " + refusedWhen)
                + "}");
    assertThatThrownBy(() -> client.get(api.url("/api"))).hasMessageContaining("500: busy");
    api.answerWith(ok("{\"access_token\": \"t\"}"));
    time.advance(Duration.ofSeconds(2));
    assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
  }

  @Test
  void aRefreshThatTheConfigTakesForRefusedIsFollowedByALogin() throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\", \"expires_in\": 600}"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", "")
                + ", refresh: {url: \""
                + api.url("/refresh")
                + "\", json: {t: \"${token}\"}, refused-when: {status: 500, body: revoked}}}");
    client.get(api.url("/api"));
    api.answerNext("/refresh", Reply.problem(500, "revoked"));
    time.advance(Duration.ofSeconds(600));
    assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(2);
  }

  /** Where a cookie's login redirects, its body may tell. */
  @Test
  void aRedirectMayBeARefusalByItsBody() throws Exception {
    api.answerWith(
        Reply.of(302, "text/html", "<title>Sorry</title>")
            .header("Location", "/home")
            .header("Set-Cookie", "sid=x"));
    TestClient client =
        load(
            "{type: form-login, login: {url: \""
                + api.url("/login")
                + "\", form: {p: "
                + password()
                + "}, cookies: [sid], refused-when: {body: Sorry}}}");
    assertThat(callForAnHour(client)).contains("302, which refused-when names: Sorry");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  /** A refusal is about what was sent: another password is tried at once, the same is not. */
  @Test
  void anotherSecretIsTriedAtOnce() throws Exception {
    Path secret = Configs.write(directory, "secret", "one");
    api.answerWith(Reply.problem(404, "no such user"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: {url: \""
                + api.url("/login")
                + "\", json: {p: \"${file:"
                + secret
                + "}\"}}}");
    assertThatThrownBy(() -> client.get(api.url("/api"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.get(api.url("/api"))).isInstanceOf(IOException.class);
    assertThat(api.count("login")).isEqualTo(1);
    Configs.write(directory, "secret", "other");
    api.answerWith(ok("{\"access_token\": \"t\"}"));
    assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }
}
