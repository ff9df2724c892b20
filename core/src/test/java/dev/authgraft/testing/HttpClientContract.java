package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.HttpClientContractClient.Reply;
import dev.authgraft.testing.HttpClientContractServer.Answer;
import dev.authgraft.testing.HttpClientContractServer.Recorded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.PasswordAuthentication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every client integration must do. A subclass only creates the client; every claim is checked
 * at the server.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HttpClientContract {
  /** Stands in every credential, so that one search finds them all. */
  private static final String CANARY = "canary";

  @TempDir private Path folder;
  private HttpClientContractServer api;
  private HttpClientContractServer other;
  private HttpClientContractServer auth;
  private final AtomicInteger logins = new AtomicInteger();
  private final List<HttpClientContractClient> clients = new ArrayList<>();

  /**
   * Returns a client that is served by what {@code config} says.
   *
   * @param program what the program itself answers a Basic challenge with, null for nothing
   */
  protected abstract HttpClientContractClient open(
      Path config, @Nullable PasswordAuthentication program) throws Exception;

  /** Returns whether the client gives the program the body of a 401 to a streamed request. */
  protected boolean handsOnAnswersToStreams() {
    return true;
  }

  @BeforeEach
  void startServers() throws IOException {
    api = new HttpClientContractServer();
    other = new HttpClientContractServer();
    auth = new HttpClientContractServer();
    auth.answer(
        request -> {
          String token = CANARY + logins.incrementAndGet();
          return Answer.of(200, "{\"access_token\": \"" + token + "\", \"expires_in\": 3600}")
              .header("Content-Type", "application/json");
        });
  }

  @AfterEach
  void stopServers() throws IOException {
    try {
      for (HttpClientContractClient client : clients) {
        assertNoConnectionInUse(client);
        client.close();
      }
    } finally {
      api.close();
      other.close();
      auth.close();
    }
  }

  /** Pools count while they tidy up, so that one look may see a connection that is gone. */
  private static void assertNoConnectionInUse(HttpClientContractClient client) {
    Await.until("no connection is leaked", () -> client.connectionsInUse() == 0);
  }

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
    assertThat(api.requests().get(0).query()).isEqualTo("q=a%20b&r=%C3%A9+1&api_key=" + CANARY);
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
    assertThat(api.requests()).extracting(Recorded::path).containsExactly(path, "/pub/admin/x");
    assertCarriesNothing(api.requests().get(0));
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

  // Redirects

  @ParameterizedTest
  @CsvSource({
    "302, header: x-api-key",
    "302, header: Authorization",
    "302, query: api_key",
    "302, cookie: KEY",
    "307, header: x-api-key",
    "307, header: Authorization"
  })
  void redirectToAnotherOriginCarriesNothing(int status, String place) throws Exception {
    api.answer(request -> Answer.redirect(status, other.url("/there?b=2")));
    HttpClientContractClient client = clientOf(key(place));
    Reply reply = client.send(Call.post(api.url("/here?a=1"), "text"));
    assertThat(api.request().toString()).contains(CANARY);
    assertThat(reply.status()).isIn(200, 307); // OkHttp before 4.6 follows no 307 of a POST.
    for (Recorded there : other.requests()) {
      assertCarriesNothing(there);
      assertThat(there.query()).isEqualTo("b=2");
      assertThat(there.body()).isEqualTo(status == 307 ? "text" : "");
    }
    assertThat(other.requests()).hasSize(reply.status() == 200 ? 1 : 0);
  }

  @Test
  void redirectBackGetsTheCredentialAgain() throws Exception {
    api.answer(
        request ->
            request.path().equals("/start")
                ? Answer.redirect(302, other.url("/between"))
                : Answer.of(200, "back"));
    other.answer(request -> Answer.redirect(302, api.url("/end")));
    Reply reply = clientOf(key("header: x-api-key")).send(Call.get(api.url("/start")));
    assertThat(reply.body()).isEqualTo("back");
    assertThat(api.requests()).hasSize(2).allMatch(r -> CANARY.equals(r.header("x-api-key")));
    assertCarriesNothing(other.request());
  }

  @Test
  void redirectWithinTheOriginCarriesTheCredentialOnBothHops() throws Exception {
    api.answer(
        request ->
            request.path().equals("/start") ? Answer.redirect(302, "/end") : Answer.of(200, "end"));
    Reply reply = clientOf(bearer()).send(Call.get(api.url("/start")));
    assertThat(reply.body()).isEqualTo("end");
    assertThat(api.requests()).hasSize(2).allMatch(carries("Bearer canary1"));
  }

  /** HttpClient from 5.1 on leaves the headers behind where a redirect makes a GET of a POST. */
  @ParameterizedTest
  @CsvSource({
    "302, header: x-api-key, x-api-key, %s",
    "303, header: x-api-key, x-api-key, %s",
    "307, header: x-api-key, x-api-key, %s",
    "302, cookie: KEY, Cookie, KEY=%s",
    "303, cookie: KEY, Cookie, KEY=%s",
    "307, cookie: KEY, Cookie, KEY=%s"
  })
  void redirectCarriesTheCredentialThatTheClientDropped(
      int status, String place, String header, String form) throws Exception {
    api.answer(
        request ->
            request.path().equals("/start")
                ? Answer.redirect(status, "/end")
                : Answer.of(200, "end"));
    String own = form.formatted("own");
    clientOf(key(place)).send(Call.post(api.url("/start"), "text").header(header, own));
    assertThat(api.requests()).isNotEmpty();
    assertThat(api.requests().get(0).header(header)).isEqualTo(own);
    assertThat(api.requests()).allMatch(hop -> isEither(hop.header(header), own, form));
  }

  private static boolean isEither(@Nullable String sent, String own, String form) {
    return own.equals(sent) || form.formatted(CANARY).equals(sent);
  }

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
  void bodyThatCannotBeSentAgainIsNot() throws Exception {
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
  void longAnswerWhoseBodyIsLookedIntoArrivesWhole() throws Exception {
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

  private static String key(String place) {
    return "type: api-key\n    " + place + "\n    value: " + CANARY;
  }

  private String bearer() {
    return "type: lazy-jwt\n    login: {url: \"%s\", json: {user: me}}"
        .formatted(auth.url("/login"));
  }

  private HttpClientContractClient clientOf(String strategy) throws Exception {
    return clientOf(strategy, "");
  }

  private HttpClientContractClient clientOf(String strategy, String ruleOption) throws Exception {
    return clientOf(strategy, ruleOption, null);
  }

  private HttpClientContractClient clientOf(
      String strategy, String ruleOption, @Nullable PasswordAuthentication program)
      throws Exception {
    String config =
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          grafted:
            %s
        rules:
          - host: "%s"
            strategy: grafted
            %s
        """
            .formatted(strategy, api.host(), ruleOption);
    Path file = Files.createTempFile(folder, "authgraft", ".yml");
    Files.writeString(file, config);
    HttpClientContractClient client = open(file, program);
    clients.add(client);
    return client;
  }

  private static Predicate<Recorded> carries(String authorization) {
    return request -> authorization.equals(request.header("Authorization"));
  }

  private static Answer acceptsOnly(String authorization, Recorded request) {
    return carries(authorization).test(request) ? Answer.of(200, "ok") : Answer.of(401, "no");
  }

  private static void assertCarriesNothing(Recorded request) {
    assertThat(request.toString()).doesNotContain(CANARY);
    assertThat(request.header("Authorization")).isNull();
    assertThat(request.header("Cookie")).isNull();
    assertThat(request.header("x-api-key")).isNull();
  }

  private static Answer zipped(int status, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Answer.of(status, "").body(bytes.toByteArray()).header("Content-Encoding", "gzip");
  }
}
