package dev.authgraft.okhttp;

import static com.example.rewriting.Rewriting.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.rewriting.Rewriting;
import dev.authgraft.Authgraft;
import dev.authgraft.okhttp.internal.ChainHook;
import dev.authgraft.testing.HttpClientContractHook;
import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RecordingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http.RealInterceptorChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network interceptor of the program's changes the request after its rule was found. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RewrittenRequestTest {
  private final AtomicInteger logins = new AtomicInteger();
  private final RecordingLog log = new RecordingLog();
  private String rejects = "nothing";
  @TempDir private Path folder;
  private RawLoginServer server;
  private Authgraft authgraft;

  @BeforeEach
  void start() throws Exception {
    server = new RawLoginServer(this::answer);
  }

  private void answer(String request, RawLoginServer.Wire wire) throws IOException {
    if (request.startsWith("POST /login ")) {
      wire.answer("200 OK", "{\"access_token\": \"t" + logins.incrementAndGet() + "\"}");
    } else {
      wire.answer(request.contains(rejects) ? "401 No" : "200 OK", "data");
    }
  }

  @AfterEach
  void stop() throws IOException {
    authgraft.close();
    server.close();
  }

  private OkHttpClient client(boolean byHand, Interceptor program, String... more)
      throws Exception {
    Path config = folder.resolve("authgraft.yml");
    Files.writeString(
        config,
        """
        %2$s
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          key: {type: api-key, header: x-key, value: k}
          asked: {type: api-key, query: api_key, value: q}
          token: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}}}
          cookie: {type: api-key, cookie: c, value: k}
          broken: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}, token: /x}}
        rules:
          - {host: "127.0.0.1:%1$d", path: /open/**, strategy: none}
          - {host: "127.0.0.1:%1$d", path: /token/**, strategy: token}
          - {host: "127.0.0.1:%1$d", path: /asked/**, strategy: asked}
          - {host: "127.0.0.1:%1$d", path: /broken/**, strategy: broken}
          - {host: "127.0.0.1:%1$d", path: /keep/**, existing: keep, strategy: key}
          - {host: "127.0.0.1:%1$d", path: /key/**, existing: replace, strategy: key}
          - {host: "127.0.0.1:%1$d", method: PUT, strategy: key}
          - {host: "127.0.0.1:%1$d", path: /cookie/**, strategy: cookie}
        """
            .formatted(server.port(), String.join("\n", more)));
    authgraft = Authgraft.builder(config).log(log).load();
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder().readTimeout(10, TimeUnit.MINUTES).addNetworkInterceptor(program);
    if (byHand) {
      OkHttpAuth.install(builder, authgraft);
    } else {
      HttpClientContractHook.install(
          ByteBuddyAgent.install(),
          RealInterceptorChain.class,
          ElementMatchers.isConstructor(),
          new ChainHook(() -> authgraft));
    }
    return builder.build();
  }

  private static Interceptor to(String path) {
    return Rewriting.by(request -> moved(request, path));
  }

  private String get(OkHttpClient client, String path) throws IOException {
    return send(client, new Request.Builder().url(url(path)).build());
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  private static String send(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return response.code() + " " + response.body().string();
    }
  }

  /** Returns the API's requests, each as its first line and what credentials it has. */
  private List<String> sent() {
    return server.requests().stream()
        .filter(request -> !request.startsWith("POST /login "))
        .map(
            request ->
                request
                    .lines()
                    .filter(line -> line.matches("(?i)(\\w+ /|x-key:|authorization:|cookie:).*"))
                    .map(line -> line.replace(" HTTP/1.1", ""))
                    .reduce((first, line) -> first + ", " + line)
                    .orElse(""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestRewrittenToAnUnmatchedPathCarriesNothing(boolean byHand) throws Exception {
    assertThat(get(client(byHand, to("/open/x")), "/key/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /open/x");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rewrittenRequestThatNoRuleMatchesCarriesNothing(boolean byHand) throws Exception {
    assertThat(get(client(byHand, to("/elsewhere")), "/token/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /elsewhere");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rewrittenRequestOfTheSameRuleCarriesItsCredential(boolean byHand) throws Exception {
    assertThat(get(client(byHand, to("/token/y")), "/token/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /token/y, Authorization: Bearer t1");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rewrittenRequestCarriesTheCredentialOfItsNewRule(boolean byHand) throws Exception {
    assertThat(get(client(byHand, to("/token/y")), "/key/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /token/y, Authorization: Bearer t1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestRewrittenFromAnUnmatchedPathCarriesACredential(boolean byHand) throws Exception {
    assertThat(get(client(byHand, to("/key/y")), "/open/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /key/y, x-key: k");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMethodThatChangesIsMatchedAgain(boolean byHand) throws Exception {
    OkHttpClient client =
        client(
            byHand,
            Rewriting.by(request -> request.newBuilder().method("POST", request.body()).build()));
    RequestBody body = RequestBody.create(null, "text");
    assertThat(send(client, new Request.Builder().url(url("/any")).put(body).build()))
        .isEqualTo("200 data");
    assertThat(sent()).containsExactly("POST /any");
  }

  /** A key in the query is a change too, but ours. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherQueryIsTheSameHop(boolean byHand) throws Exception {
    OkHttpClient client =
        client(
            byHand,
            Rewriting.by(
                request -> {
                  HttpUrl url = request.url().newBuilder().query("page=2").build();
                  return request.newBuilder().url(url).build();
                }));
    assertThat(get(client, "/asked/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /asked/x?page=2&api_key=q");
    assertThat(log.lines()).noneMatch(line -> line.contains("rewritten"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theProgramsOwnCredentialIsKeptIfTheNewRuleSaysSo(boolean byHand) throws Exception {
    OkHttpClient client = client(byHand, to("/keep/y"));
    Request own = new Request.Builder().url(url("/key/x")).header("x-key", "own").build();
    assertThat(send(client, own)).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /keep/y, x-key: own");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theProgramsCookieThatItsJarReplacesIsNotKept(boolean byHand) throws Exception {
    CookieJar jar =
        new CookieJar() {
          @Override
          public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}

          @Override
          public List<Cookie> loadForRequest(HttpUrl url) {
            return List.of(Cookie.parse(url, "c=servers"), Cookie.parse(url, "d=servers"));
          }
        };
    OkHttpClient client =
        client(byHand, Rewriting.by(request -> request)).newBuilder().cookieJar(jar).build();
    Request own = new Request.Builder().url(url("/cookie/x")).header("Cookie", "c=own").build();
    assertThat(send(client, own)).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /cookie/x, Cookie: d=servers; c=k");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRejectedHopIsSentOnceMoreAndRewrittenAgain(boolean byHand) throws Exception {
    rejects = "Bearer t1";
    assertThat(get(client(byHand, to("/token/y")), "/key/x")).isEqualTo("200 data");
    assertThat(sent())
        .containsExactly(
            "GET /token/y, Authorization: Bearer t1", "GET /token/y, Authorization: Bearer t2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplayThatIsRewrittenOtherwiseCarriesNothingThere(boolean byHand) throws Exception {
    rejects = "Bearer t1";
    AtomicInteger sends = new AtomicInteger();
    OkHttpClient client =
        client(
            byHand,
            Rewriting.by(
                request -> sends.incrementAndGet() == 1 ? moved(request, "/token/y") : request));
    assertThat(get(client, "/open/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /token/y, Authorization: Bearer t1", "GET /open/x");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLoginThatFailsThereFailsTheCallWithoutSendingIt(boolean byHand) throws Exception {
    OkHttpClient client = client(byHand, to("/broken/y"));
    assertThatThrownBy(() -> get(client, "/open/x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("strategy 'broken'");
    assertThat(sent()).isEmpty();
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rewrittenRequestIsObservedAsItIsSent(boolean byHand) throws Exception {
    assertThat(get(client(byHand, to("/key/y"), "mode: observe"), "/open/x")).isEqualTo("200 data");
    assertThat(sent()).containsExactly("GET /key/y");
    assertThat(authgraft.observed())
        .contains("observed: 1 requests that a rule matches, 0 others")
        .anyMatch(line -> line.matches("observed: rule 6 .* would set x-key: ██ .*: 1"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLogNamesTheRewrittenRequest(boolean byHand) throws Exception {
    get(client(byHand, to("/key/y")), "/open/x");
    assertThat(log.lines())
        .anyMatch(line -> line.startsWith("DEBUG rewritten by the program: GET http://127.0.0.1"))
        .anyMatch(line -> line.matches("DEBUG rule 6 .*\\(key\\) for GET http://\\S+/key/y"));
  }
}
