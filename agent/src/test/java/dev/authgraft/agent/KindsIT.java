package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.agent.CoreServer.Answer;
import dev.authgraft.agent.CoreServer.Received;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.HttpClientContractClient.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The rarer kinds of clients: that they present a credential, and forget one that is rejected. */
@ParameterizedClass(name = "{0}")
@MethodSource("lanes")
@Timeout(600)
class KindsIT {
  private static final Map<Lane, IdlePrograms> PROGRAMS = new ConcurrentHashMap<>();

  private final Set<String> rejected = ConcurrentHashMap.newKeySet();
  private final AtomicInteger logins = new AtomicInteger();
  private volatile boolean canLogIn = true;
  private final Lane lane;
  private CoreServer api;
  private CoreServer auth;
  private @Nullable HttpClientContractClient client;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  KindsIT(Lane lane) {
    this.lane = lane;
  }

  static List<Lane> lanes() {
    return Lane.ofKinds();
  }

  @BeforeEach
  void start() throws Exception {
    boolean speaksHttp2 = lane.calls().contains("h2");
    api =
        new CoreServer(
            speaksHttp2 ? HttpVersionPolicy.FORCE_HTTP_2 : HttpVersionPolicy.FORCE_HTTP_1,
            this::answer);
    auth = new CoreServer(HttpVersionPolicy.FORCE_HTTP_1, this::logIn);
    String config =
        """
        strategies:
          grafted:
            type: lazy-jwt
            login: {url: "%s", json: {user: me}}
        rules:
          - {host: "%s", path: /api/**, strategy: grafted}
        """
            .formatted(auth.url("/login"), api.host());
    Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
    client = PROGRAMS.computeIfAbsent(lane, IdlePrograms::new).open(file);
  }

  @AfterEach
  void stop() throws IOException {
    try {
      if (client != null) client.close(); // null where the JDK is missing
    } finally {
      api.close();
      auth.close();
    }
  }

  @AfterParameterizedClassInvocation
  static void endPrograms(Lane lane) throws IOException {
    IdlePrograms programs = PROGRAMS.remove(lane);
    if (programs != null) programs.close();
  }

  private Answer logIn(Received request) {
    int number = logins.incrementAndGet();
    return canLogIn
        ? Answer.of(200, "{\"access_token\": \"canary" + number + "\", \"expires_in\": 3600}")
        : Answer.of(403, "{}");
  }

  private Answer answer(Received request) {
    String sent = String.valueOf(request.authorization());
    if (rejected.contains(sent)) return Answer.of(401, "rejected");
    boolean cached = request.path().equals("/api/cached");
    return cached ? new Answer(200, "kept", "max-age=1000") : Answer.of(200, "ok");
  }

  @Test
  void oneLoginServesEveryCall() throws Exception {
    for (int i = 0; i < 3; i++) {
      Reply reply = send("GET", "/api/items", null);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("ok");
      assertThat(reply.seen()).doesNotContain("canary");
    }
    assertThat(logins).hasValue(1);
    String protocol = lane.calls().contains("h2") ? "HTTP/2.0" : "HTTP/1.1";
    assertThat(api.requests("/api/items"))
        .hasSize(3)
        .allMatch(request -> "Bearer canary1".equals(request.authorization()))
        .allMatch(request -> request.protocol().equals(protocol));
  }

  @Test
  void bodiesAreSentAsTheyAre() throws Exception {
    Assumptions.assumeFalse(lane.program().startsWith("cache"), "sends none");
    assertThat(send("POST", "/api/items", "a body").status()).isEqualTo(200);
    assertThat(send("POST", "/open", "a body").status()).isEqualTo(200);
    assertThat(api.requests("/api/items").get(0).body()).isEqualTo("a body");
    assertThat(api.requests("/api/items").get(0).authorization()).isEqualTo("Bearer canary1");
    assertThat(api.requests("/open").get(0).body()).isEqualTo("a body");
    assertThat(api.requests("/open").get(0).authorization()).isNull();
  }

  @Test
  void rejectedCredentialIsReplaced() throws Exception {
    rejected.add("Bearer canary1");
    Reply reply = send("GET", "/api/items", null);
    boolean sendsOnce = lane.calls().startsWith("minimal");
    assertThat(reply.status()).isEqualTo(sendsOnce ? 401 : 200);
    assertThat(reply.body()).isEqualTo(sendsOnce ? "rejected" : "ok");
    assertThat(send("GET", "/api/items", null).status()).isEqualTo(200);
    assertThat(logins).hasValue(2);
    assertThat(api.requests("/api/items")).hasSize(sendsOnce ? 2 : 3);
  }

  @Test
  void failedLoginFailsTheCallAndNamesTheStrategy() {
    canLogIn = false;
    assertThatThrownBy(() -> send("GET", "/api/items", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("grafted");
    assertThat(api.requests("/api/items")).isEmpty();
    assertThat(logins).hasValue(1);
  }

  @Test
  void answerFromTheCacheNeedsNoLogin() throws Exception {
    Assumptions.assumeTrue(lane.program().startsWith("cache"), "has no cache");
    Reply fetched = send("GET", "/api/cached", null);
    assertThat(fetched.body()).isEqualTo("kept");
    canLogIn = false;
    rejected.add("Bearer canary1");
    assertThat(send("GET", "/api/items", null).status()).isEqualTo(401);
    assertThat(logins).hasValue(2);

    Reply kept = send("GET", "/api/cached", null);
    assertThat(kept.body()).isEqualTo("kept");
    assertThat(kept.seen()).contains("max-age").doesNotContain("canary");
    assertThat(api.requests("/api/cached")).hasSize(1);
    assertThat(logins).hasValue(2);
  }

  private Reply send(String method, String path, @Nullable String body) throws IOException {
    byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    return client.send(new Call(method, api.url(path), Map.of(), bytes, false));
  }
}
