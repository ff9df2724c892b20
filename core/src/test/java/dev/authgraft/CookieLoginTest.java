package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.OdooApi;
import dev.authgraft.testing.OneAnswerApi;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.SpringSecurityApi;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A login is no success because its answer set a cookie. */
final class CookieLoginTest extends CookieLoginFixture {
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
  void aRedirectToTheLoginPageIsARefusal(String location, String redirectTo, boolean refused)
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
}
