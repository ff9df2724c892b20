package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The servers of the contract, and the configs and checks that its claims are made with. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class HttpClientContractFixture {
  /** Stands in every credential, so that one search finds them all. */
  static final String CANARY = "canary";

  @TempDir Path folder;
  HttpClientContractServer api;
  HttpClientContractServer other;
  HttpClientContractServer auth;
  final AtomicInteger logins = new AtomicInteger();
  final List<HttpClientContractClient> clients = new ArrayList<>();

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

  /** Returns what the client sends for a plus in the query of a URL. */
  protected String plusInQueries() {
    return "+";
  }

  /** Returns whether the client merges the slashes of a path before it sends the request. */
  protected boolean mergesSlashes() {
    return false;
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
  static void assertNoConnectionInUse(HttpClientContractClient client) {
    Await.until("no connection is leaked", () -> client.connectionsInUse() == 0);
  }

  static String key(String place) {
    return "type: api-key\n    " + place + "\n    value: " + CANARY;
  }

  String bearer() {
    return "type: lazy-jwt\n    login: {url: \"%s\", json: {user: me}}"
        .formatted(auth.url("/login"));
  }

  HttpClientContractClient clientOf(String strategy) throws Exception {
    return clientOf(strategy, "");
  }

  HttpClientContractClient clientOf(String strategy, String ruleOption) throws Exception {
    return clientOf(strategy, ruleOption, null);
  }

  HttpClientContractClient clientOf(
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

  static Predicate<Recorded> carries(String authorization) {
    return request -> authorization.equals(request.header("Authorization"));
  }

  static Answer acceptsOnly(String authorization, Recorded request) {
    return carries(authorization).test(request) ? Answer.of(200, "ok") : Answer.of(401, "no");
  }

  static void assertCarriesNothing(Recorded request) {
    assertThat(request.toString()).doesNotContain(CANARY);
    assertThat(request.header("Authorization")).isNull();
    assertThat(request.header("Cookie")).isNull();
    assertThat(request.header("x-api-key")).isNull();
  }

  static Answer zipped(int status, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Answer.of(status, "").body(bytes.toByteArray()).header("Content-Encoding", "gzip");
  }
}
