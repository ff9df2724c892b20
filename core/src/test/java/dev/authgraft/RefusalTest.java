package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.testing.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What counts as a refused login, at a server that counts them while a program goes on calling for
 * an hour: eight tries, however the server says no.
 */
final class RefusalTest extends RefusalFixture {
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
  void aRedirectOrAClientErrorIsARefusal(int status) throws Exception {
    api.answerWith(Reply.problem(status, "no such thing").header("Location", "/elsewhere"));
    assertThat(callForAnHour(lazyJwt()))
        .contains("login was answered " + status + ": no such thing", "next attempt in 30s");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 501, 502, 503, 504, 529})
  void aServerErrorIsTriedAgainSoon(int status) throws Exception {
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

  /** The server opened a session for it. */
  @Test
  void aTokenThatNoHeaderCanCarryDoesNotOpenASessionEachSecond() throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\\nX: y\"}"));
    assertThat(callForAnHour(lazyJwt())).contains("what cannot be sent");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }
}
