package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.HttpClientContractClient.Reply;
import dev.authgraft.testing.HttpClientContractServer.Answer;
import dev.authgraft.testing.HttpClientContractServer.Recorded;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every client integration must do. A subclass only creates the client; every claim is checked
 * at the server.
 */
public abstract class HttpClientContract extends HttpClientContractRedirects {
  // Rejections

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE"})
  void rejectedCallIsSentOnceMoreWithANewCredential(String method) throws Exception {
    api.answer(request -> acceptsOnly("Bearer canary2", request));
    HttpClientContractClient client = clientOf(bearer());
    Call call = Call.of(method, api.url("/items?a=1")).header("X-Own", "1");
    boolean hasBody = method.startsWith("P");
    Reply reply = client.send(hasBody ? call.body("the same body") : call);
    assertThat(reply.status()).isEqualTo(200);
    List<Recorded> requests = api.requests();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0)).matches(carries("Bearer canary1"));
    assertThat(requests.get(1)).matches(carries("Bearer canary2"));
    for (Recorded request : requests) {
      assertThat(request.method()).isEqualTo(method);
      assertThat(request.query()).isEqualTo("a=1");
      assertThat(request.body()).isEqualTo(hasBody ? "the same body" : "");
      assertThat(request.header("X-Own")).isEqualTo("1");
    }
    assertThat(requests.get(1).names()).isEqualTo(requests.get(0).names());
    assertThat(client.send(Call.get(api.url("/items"))).status()).isEqualTo(200);
    assertThat(logins).hasValue(2);
  }

  @Test
  void answerToTheReplayIsDecompressedToo() throws Exception {
    api.answer(
        request ->
            "Bearer canary2".equals(request.header("Authorization"))
                ? zipped(200, "a text that was zipped")
                : zipped(401, "no"));
    Reply reply = clientOf(bearer()).send(Call.get(api.url("/items")));
    assertThat(reply.body()).isEqualTo("a text that was zipped");
  }

  @Test
  void rejectionAfterARedirectRepeatsThatHopOnly() throws Exception {
    api.answer(
        request ->
            request.path().equals("/start")
                ? Answer.redirect(302, "/end")
                : acceptsOnly("Bearer canary2", request));
    Reply reply = clientOf(bearer()).send(Call.get(api.url("/start")));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(api.requests()).extracting(Recorded::path).containsExactly("/start", "/end", "/end");
  }

  @Test
  void serverThatRejectsEverythingGetsOneReplay() throws Exception {
    api.answer(request -> Answer.of(401, "not you"));
    Reply reply = clientOf(bearer()).send(Call.post(api.url("/items"), "text"));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).isEqualTo("not you");
    assertThat(api.requests()).hasSize(2);
  }

  @Test
  void bodyThatCannotBeSentAgainIsSentOnce() throws Exception {
    api.answer(
        request -> {
          Answer answer = acceptsOnly("Bearer canary2", request);
          return answer.status() == 200 ? answer : Answer.of(401, "not you");
        });
    HttpClientContractClient client = clientOf(bearer());
    Reply reply = client.send(Call.post(api.url("/items"), "only once").oneShot());
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).isEqualTo(handsOnAnswersToStreams() ? "not you" : "");
    assertThat(api.request().body()).isEqualTo("only once");
    assertNoConnectionInUse(client);
    Reply next = client.send(Call.post(api.url("/items"), "only once").oneShot());
    assertThat(next.status()).isEqualTo(200);
    assertThat(api.requests()).hasSize(2);
  }

  @Test
  void bodyOfAnAnswerIsReadInItsOwnCharacterSet() throws Exception {
    byte[] rejection = "Sitzung ung\u00fcltig".getBytes(StandardCharsets.ISO_8859_1);
    api.answer(
        request ->
            "Bearer canary2".equals(request.header("Authorization"))
                ? Answer.of(200, "welcome")
                : Answer.of(403, "")
                    .body(rejection)
                    .header("Content-Type", "text/html; charset=\"iso-8859-1\""));
    String rejected = "rejected-when: {status: [403], body: \"ung\u00fcltig\"}";
    HttpClientContractClient client = clientOf(bearer() + "\n    " + rejected);
    assertThat(client.send(Call.get(api.url("/items"))).body()).isEqualTo("welcome");
    assertThat(api.requests()).hasSize(2);
  }

  @Test
  void bodyOfAnAnswerCanSayThatTheCredentialIsRejected() throws Exception {
    String rejection = "{\"detail\": \"Token has expired\"}";
    api.answer(
        request ->
            "Bearer canary2".equals(request.header("Authorization"))
                ? Answer.of(403, "{\"detail\": \"not for you\"}")
                : zipped(403, rejection));
    String rejected = "rejected-when: {status: [403], body: Token has expired}";
    HttpClientContractClient client = clientOf(bearer() + "\n    " + rejected);
    Reply reply = client.send(Call.get(api.url("/items")));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).isEqualTo("{\"detail\": \"not for you\"}");
    assertThat(api.requests()).hasSize(2);
    assertThat(client.send(Call.get(api.url("/items"))).body()).contains("not for you");
    assertThat(api.requests()).hasSize(3);
  }

  @Test
  void longAnswerArrivesWholeAfterItsBeginningWasRead() throws Exception {
    String text = "0123456789".repeat(50_000);
    api.answer(request -> Answer.of(401, text));
    String rejected = "rejected-when: {status: [401], body: Token has expired}";
    HttpClientContractClient client = clientOf(bearer() + "\n    " + rejected);
    assertThat(client.send(Call.get(api.url("/items"))).body()).isEqualTo(text);
    assertThat(api.requests()).isNotEmpty();
  }

  @Test
  void redirectToTheLoginPageIsARejection() throws Exception {
    auth.answer(
        request -> Answer.of(200, "welcome").cookie("SESSION", CANARY + logins.incrementAndGet()));
    api.answer(
        request -> {
          if (request.path().equals("/login")) return Answer.of(200, "please log in");
          return request.cookies().equals(List.of("SESSION=canary2"))
              ? Answer.of(200, "data")
              : Answer.redirect(302, "/login").cookie("SESSION", "anonymous");
        });
    HttpClientContractClient client =
        clientOf(
            """
            type: form-login
                login: {url: "%s", form: {user: me}, cookies: [SESSION]}
                rejected-when: {redirect-to: /login}"""
                .formatted(auth.url("/login")));
    assertThat(client.send(Call.get(api.url("/data"))).body()).isEqualTo("data");
    assertThat(client.send(Call.get(api.url("/data"))).body()).isEqualTo("data");
    assertThat(logins).hasValue(2);
  }

  // Failures and the program's own authentication

  @Test
  void failedLoginFailsTheCallAndNamesTheStrategy() {
    auth.answer(request -> Answer.of(403, "no"));
    assertThatThrownBy(() -> clientOf(bearer()).send(Call.get(api.url("/items"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("grafted")
        .hasMessageNotContaining(CANARY);
    assertThat(api.requests()).isEmpty();
    assertThat(auth.requests()).hasSize(1);
  }

  @Test
  void failedLoginCanLetTheCallPass() throws Exception {
    auth.answer(request -> Answer.of(403, "no"));
    clientOf(bearer(), "on-failure: pass").send(Call.get(api.url("/items")));
    assertCarriesNothing(api.request());
  }

  @Test
  void programStillAnswersChallengesItself() throws Exception {
    api.answer(
        request -> {
          String sent = request.header("Authorization");
          return sent != null && sent.startsWith("Basic ")
              ? Answer.of(200, "ok")
              : Answer.of(401, "no").header("WWW-Authenticate", "Basic realm=\"r\"");
        });
    HttpClientContractClient client =
        clientOf(bearer(), "", new PasswordAuthentication("user", "pass".toCharArray()));
    assertThat(client.send(Call.get(api.url("/items"))).body()).isEqualTo("ok");
    assertThat(client.send(Call.post(other.url("/items"), "text")).body()).isEqualTo("ok");
  }
}
