package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That no layer of a {@link LoginTransport} repeats a request, as the server's socket sees it. A
 * subclass only creates it.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HttpClientContractLoginOnce {
  private static final int CALLERS = 64;
  private static final String KEPT = "200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=60";

  @TempDir private Path folder;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  protected abstract LoginTransport transport();

  @AfterEach
  void endCallers() {
    callers.shutdownNow();
    Authenticator.setDefault(null);
  }

  /** How an answer is lost, after the request was read to its end. */
  enum Loss {
    RESET("", true),
    CLOSED("", false),
    RESET_WITHIN_STATUS("HTTP/1.1 2", true),
    CLOSED_WITHIN_STATUS("HTTP/1.1 2", false),
    RESET_WITHIN_HEADER("HTTP/1.1 200 OK\r\nContent-Le", true),
    CLOSED_WITHIN_HEADER("HTTP/1.1 200 OK\r\nContent-Le", false),
    RESET_WITHIN_BODY("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"access_token\": \"x", true),
    CLOSED_WITHIN_BODY(
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"access_token\": \"x", false),
    RESET_WITHIN_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n63\r\n{\"acc", true),
    CLOSED_WITHIN_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n63\r\n{\"acc", false);

    private final String sent;
    private final boolean reset;

    Loss(String sent, boolean reset) {
      this.sent = sent;
      this.reset = reset;
    }

    void happen(Wire wire) throws IOException {
      wire.send(sent);
      if (reset) {
        wire.reset();
      } else {
        wire.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void requestWhoseAnswerIsLostIsSeenOnce(Loss loss) throws Exception {
    try (RawLoginServer server = new RawLoginServer((request, wire) -> loss.happen(wire))) {
      assertThatThrownBy(() -> logIn(lazy(server), "")).isInstanceOf(IOException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** A client that pools connections takes this for one that has gone stale, and sends again. */
  @ParameterizedTest
  @EnumSource
  void requestAfterAGoodExchangeIsSeenOnceWhenItsAnswerIsLost(Loss loss) throws Exception {
    try (RawLoginServer server =
        new RawLoginServer(
            (request, wire) -> {
              if (isFor("/first", request)) {
                wire.answer(KEPT, "{\"first\": \"f\"}");
              } else {
                loss.happen(wire);
              }
            })) {
      assertThatThrownBy(() -> logIn(twoSteps(server), "")).isInstanceOf(IOException.class);
      assertThat(server.requests("/first")).hasSize(1);
      assertThat(server.requests("/login")).hasSize(1);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void requestAfterTheKeptConnectionHasEndedIsSeenOnce() throws Exception {
    try (RawLoginServer server =
        new RawLoginServer(
            (request, wire) -> {
              wire.answer(KEPT, "{\"first\": \"f\", \"access_token\": \"t\"}");
              wire.close();
            })) {
      logIn(twoSteps(server), "");
      assertThat(server.requests("/first")).hasSize(1);
      assertThat(server.requests("/login")).hasSize(1);
    }
  }

  /** Each is an answer after which one client or another sends the request again by itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "301 X|Location: /login",
        "302 X|Location: /login",
        "303 X|Location: /login",
        "307 X|Location: /login",
        "308 X|Location: /login",
        "307 X|Location: /other",
        "401 X|WWW-Authenticate: Basic realm=x",
        "401 X|WWW-Authenticate: Digest realm=x, nonce=n, qop=auth",
        "401 X|WWW-Authenticate: Negotiate",
        "407 X|Proxy-Authenticate: Basic realm=x",
        "408 X",
        "408 X|Retry-After: 0",
        "408 X|Connection: close",
        "421 X",
        "425 X",
        "429 X|Retry-After: 0",
        "500 X",
        "502 X|Retry-After: 0",
        "503 X",
        "503 X|Retry-After: 0",
        "503 X|Retry-After: 00",
        "504 X|Retry-After: 0"
      })
  void requestIsSeenOnceWhateverTheAnswer(String answer) throws Exception {
    useCredentialsOfTheProgram();
    try (RawLoginServer server =
        new RawLoginServer(
            (request, wire) -> {
              if (isFor("/first", request)) {
                wire.answer(KEPT, "{\"first\": \"f\"}");
              } else {
                wire.answer(answer.replace("|", "\r\n"), "");
              }
            })) {
      assertThatThrownBy(() -> logIn(lazy(server), "")).isInstanceOf(IOException.class);
      assertThat(server.requests()).hasSize(1);
      assertThatThrownBy(() -> logIn(twoSteps(server), "")).isInstanceOf(IOException.class);
      assertThat(server.requests("/first")).hasSize(1);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void proxyThatWantsCredentialsSeesTheRequestOnce() throws Exception {
    useCredentialsOfTheProgram();
    try (RawLoginServer proxy =
        new RawLoginServer(
            (request, wire) -> wire.answer("407 X\r\nProxy-Authenticate: Basic realm=x", ""))) {
      String through = "proxy: 'http://127.0.0.1:" + proxy.port() + "'";
      for (String scheme : List.of("http", "https")) {
        String login = "type: lazy-jwt, login: {url: '" + scheme + "://login.example/', json: {}}";
        assertThatThrownBy(() -> logIn(login, through)).isInstanceOf(IOException.class);
      }
      assertThat(proxy.requests()).hasSize(2);
    }
  }

  /** The whole of it: the token may be spent once, and whether it was nobody can know. */
  @ParameterizedTest
  @EnumSource
  void singleUseRefreshWhoseAnswerIsLostIsSeenOnceAndFollowedByOneLogin(Loss loss)
      throws Exception {
    try (RawLoginServer server = new RawLoginServer(losingRefreshes(loss, "3600"));
        LoginTransport transport = transport();
        Authgraft authgraft = load(refreshing(server), "", transport)) {
      List<Attempt> attempts = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Attempt attempt = attempt(authgraft);
        assertThat(attempt.obtain(true, () -> false)).isTrue();
        attempts.add(attempt);
      }
      assertThat(server.requests()).as("one login for all").hasSize(1);
      // The server has expired it, and all of them hear of it at once.
      assertThat(callAll(attempts, attempt -> attempt.renew(true, () -> false))).containsOnly(true);
      assertThat(server.requests("/refresh")).hasSize(1);
      assertThat(server.requests("/refresh").get(0)).contains("\"r-1\"");
      assertThat(server.requests("/login")).hasSize(2);
      assertThat(server.requests()).hasSize(3);
    }
  }

  /** The same where it is the clock that says so. */
  @ParameterizedTest
  @EnumSource
  void singleUseRefreshAtTheEndOfALifeIsSeenOnce(Loss loss) throws Exception {
    try (RawLoginServer server = new RawLoginServer(losingRefreshes(loss, "0.001"));
        LoginTransport transport = transport();
        Authgraft authgraft = load(refreshing(server), "", transport)) {
      assertThat(attempt(authgraft).obtain(true, () -> false)).isTrue();
      long end = System.currentTimeMillis() + 2;
      while (System.currentTimeMillis() <= end) Thread.onSpinWait();
      List<Attempt> attempts = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) attempts.add(attempt(authgraft));
      assertThat(callAll(attempts, attempt -> attempt.obtain(true, () -> false)))
          .containsOnly(true);
      assertThat(server.requests("/refresh")).hasSize(1);
      assertThat(server.requests("/login")).hasSize(2);
      assertThat(server.requests()).hasSize(3);
    }
  }

  private static RawLoginServer.Answering losingRefreshes(Loss loss, String firstLife) {
    AtomicInteger logins = new AtomicInteger();
    return (request, wire) -> {
      if (isFor("/refresh", request)) {
        loss.happen(wire);
        return;
      }
      int login = logins.incrementAndGet();
      String answer = "{'access_token': 'a-%d', 'refresh_token': 'r-%d', 'expires_in': %s}";
      String life = login == 1 ? firstLife : "3600";
      wire.answer(KEPT, answer.formatted(login, login, life).replace('\'', '"'));
    };
  }

  private List<Boolean> callAll(List<Attempt> attempts, Call call) throws Exception {
    CyclicBarrier together = new CyclicBarrier(attempts.size());
    List<Future<Boolean>> calls = new ArrayList<>();
    for (Attempt attempt : attempts) {
      calls.add(
          callers.submit(
              () -> {
                together.await();
                return call.of(attempt);
              }));
    }
    List<Boolean> results = new ArrayList<>();
    for (Future<Boolean> each : calls) results.add(each.get());
    return results;
  }

  private interface Call {
    boolean of(Attempt attempt) throws IOException;
  }

  /** What a program has set for its own calls answers no challenge to a login. */
  private static void useCredentialsOfTheProgram() {
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("program", "secret".toCharArray());
          }
        });
  }

  private static boolean isFor(String path, String request) {
    return request.contains(path + " HTTP/1.1\r\n");
  }

  private static String lazy(RawLoginServer server) {
    return "type: lazy-jwt, login: {url: '%s', json: {user: u}}".formatted(server.url("/login"));
  }

  private static String twoSteps(RawLoginServer server) {
    return """
        type: pre-auth-2fa,
        pre-auth: {url: '%s', json: {user: u}, token: /first},
        login: {url: '%s', json: {token: "${pre-auth.token}"}}
        """
        .formatted(server.url("/first"), server.url("/login"));
  }

  private static String refreshing(RawLoginServer server) {
    return """
        type: lazy-jwt,
        login: {url: '%s', json: {user: u}},
        refresh: {url: '%s', json: {refresh: "${refresh-token}"}, single-use: true}
        """
        .formatted(server.url("/login"), server.url("/refresh"));
  }

  private void logIn(String strategy, String http) throws Exception {
    try (LoginTransport transport = transport();
        Authgraft authgraft = load(strategy, http, transport)) {
      assertThat(attempt(authgraft).obtain(true, () -> false)).isTrue();
    }
  }

  private Authgraft load(String strategy, String http, LoginTransport transport) throws Exception {
    Path file = Files.createTempFile(folder, "authgraft", ".yml");
    Files.writeString(
        file,
        """
        http: {timeout: 10m, connect-timeout: 10m, %s}
        strategies: {once: {%s}}
        rules: [{host: api.example, strategy: once}]
        """
            .formatted(http, strategy.replace("\n", " ")));
    return Authgraft.builder(file).transport(transport).log(new RecordingLog()).load();
  }

  private static Attempt attempt(Authgraft authgraft) {
    return Objects.requireNonNull(
        authgraft.attempt(Target.of("https", "api.example", -1, "/", "GET")));
  }
}
