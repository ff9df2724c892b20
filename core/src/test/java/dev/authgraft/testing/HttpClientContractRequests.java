package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.HttpClientContractClient.Reply;
import dev.authgraft.testing.HttpClientContractServer.Answer;
import dev.authgraft.testing.HttpClientContractServer.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link HttpClientContract} about requests: what gets a credential, and where. */
abstract class HttpClientContractRequests extends HttpClientContractFixture {
  // Where a credential goes

  @Test
  void keyGoesIntoItsHeader() throws Exception {
    HttpClientContractClient client = clientOf(key("header: x-api-key"));
    assertThat(client.send(Call.get(api.url("/items"))).body()).isEqualTo("ok");
    assertThat(api.request().header("x-api-key")).isEqualTo(CANARY);
    assertThat(api.request().header("Authorization")).isNull();
  }

  @Test
  void keyGoesBehindTheQueryOfTheProgram() throws Exception {
    HttpClientContractClient client = clientOf(key("query: api_key"));
    client.send(Call.get(api.url("/items?q=a%20b&r=%C3%A9+1")));
    client.send(Call.get(api.url("/items")));
    assertThat(api.requests().get(0).query())
        .isEqualTo("q=a%20b&r=%C3%A9" + plusInQueries() + "1&api_key=" + CANARY);
    assertThat(api.requests().get(1).query()).isEqualTo("api_key=" + CANARY);
  }

  @Test
  void keyGoesIntoACookie() throws Exception {
    clientOf(key("cookie: KEY")).send(Call.get(api.url("/items")));
    assertThat(api.request().cookies()).containsExactly("KEY=" + CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE"})
  void oneLoginServesEveryCall(String method) throws Exception {
    HttpClientContractClient client = clientOf(bearer());
    assertThat(logins).hasValue(0);
    for (int i = 0; i < 3; i++) {
      boolean hasBody = method.startsWith("P");
      Call call = Call.of(method, api.url("/items"));
      Reply reply = client.send(hasBody ? call.body("{\"n\": 1}") : call);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(api.requests().get(i).method()).isEqualTo(method);
      assertThat(api.requests().get(i).body()).isEqualTo(hasBody ? "{\"n\": 1}" : "");
      assertThat(api.requests().get(i).header("Authorization")).isEqualTo("Bearer canary1");
    }
    assertThat(logins).hasValue(1);
  }

  @Test
  void threadsThatStartColdShareOneLogin() throws Exception {
    HttpClientContractClient client = clientOf(bearer());
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        replies.add(threads.submit(() -> client.send(Call.get(api.url("/items")))));
      }
      for (Future<Reply> reply : replies) {
        assertThat(reply.get(Await.SECONDS, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(logins).hasValue(1);
    assertThat(api.requests()).hasSize(32).allMatch(carries("Bearer canary1"));
  }

  // What is left alone

  @Test
  void hopThatNoRuleMatchesIsSentAsItIs() throws Exception {
    HttpClientContractClient client = clientOf(bearer());
    client.send(Call.post(other.url("/items"), "text").header("X-Own", "1"));
    client.send(Call.get(api.url("/items")));
    assertThat(other.request().body()).isEqualTo("text");
    assertThat(other.request().header("X-Own")).isEqualTo("1");
    assertCarriesNothing(other.request());
    assertThat(other.request().names()).doesNotContain("authgraft");
  }

  /** Servers merge slashes, decode twice and cut parameters off, each in its own way. */
  @ParameterizedTest
  @ValueSource(strings = {"/pub//admin/x", "/pub/y/%252e%252e/admin/x", "/pub/;a/admin/x"})
  void pathThatServersReadDifferentlyGetsNothing(String path) throws Exception {
    HttpClientContractClient client = clientOf(key("header: x-api-key"), "path: /pub/**");
    client.send(Call.get(api.url(path)));
    client.send(Call.get(api.url("/pub/admin/x")));
    String sent = mergesSlashes() ? path.replace("//", "/") : path;
    assertThat(api.requests()).extracting(Recorded::path).containsExactly(sent, "/pub/admin/x");
    if (sent.equals(path)) assertCarriesNothing(api.requests().get(0));
    assertThat(api.requests().get(1).header("x-api-key")).isEqualTo(CANARY);
  }

  @ParameterizedTest
  @CsvSource({"keep, Bearer own", "replace, Bearer canary1"})
  void headerOfTheProgramIsKeptUnlessTheRuleReplacesIt(String policy, String sent)
      throws Exception {
    HttpClientContractClient client = clientOf(bearer(), "existing: " + policy);
    client.send(Call.get(api.url("/items")).header("Authorization", "Bearer own"));
    assertThat(api.request().header("Authorization")).isEqualTo(sent);
  }

  @Test
  void programNeverSeesTheCredential() throws Exception {
    api.answer(
        request ->
            request.path().equals("/start") ? Answer.redirect(302, "/end") : Answer.of(200, "ok"));
    for (String place : List.of("header: x-api-key", "query: api_key", "cookie: KEY")) {
      Reply reply = clientOf(key(place)).send(Call.get(api.url("/start")));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.seen()).contains("/end").doesNotContain(CANARY).doesNotContain("api_key");
    }
    Reply reply = clientOf(bearer()).send(Call.get(api.url("/start")));
    assertThat(reply.seen()).contains("/end").doesNotContain(CANARY);
    assertThat(api.requests()).hasSize(8).allMatch(request -> request.toString().contains(CANARY));
  }

  @Test
  void cookiesOfTheServerAndTheProgramStayBesideOurs() throws Exception {
    api.answer(request -> Answer.of(200, "ok").cookie("SEEN", "1"));
    HttpClientContractClient client = clientOf(key("cookie: KEY"));
    client.send(Call.get(api.url("/items")));
    client.send(Call.get(api.url("/items")));
    assertThat(api.requests().get(1).header("Cookie")).doesNotContain(" AND ");
    assertThat(api.requests().get(1).cookies()).containsExactly("KEY=" + CANARY, "SEEN=1");
  }

  @Test
  void cookieThatTheProgramSetsItselfIsKept() throws Exception {
    HttpClientContractClient client = clientOf(key("cookie: KEY"));
    client.send(Call.get(api.url("/items")).header("Cookie", "A=1"));
    client.send(Call.get(api.url("/items")).header("Cookie", "KEY=own"));
    assertThat(api.requests().get(0).cookies()).containsExactly("A=1", "KEY=" + CANARY);
    assertThat(api.requests().get(1).cookies()).containsExactly("KEY=own");
  }

  @Test
  void answerIsDecompressedAsWithoutUs() throws Exception {
    api.answer(request -> zipped(200, "a text that was zipped"));
    Reply reply = clientOf(bearer()).send(Call.get(api.url("/items")));
    assertThat(reply.body()).isEqualTo("a text that was zipped");
  }
}
