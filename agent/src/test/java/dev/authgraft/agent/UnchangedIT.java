package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.TokenApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing else changes: whatever a program and its servers see of a client, they see with the agent
 * as well, but for the credential. {@code src/test/programs/unchanged*} has the cases.
 */
@Tag("matrix")
@ParameterizedClass(name = "{0}")
@MethodSource("lines")
class UnchangedIT {
  /*
   * The credential shows in two more places, where a program that looks sees what is sent: OkHttp's
   * EventListener.requestHeadersEnd and responseHeadersEnd. Transcript allows it there and nowhere
   * else.
   */

  /** Where a token is rejected, a new one is obtained and the request is sent once more. */
  private static final Set<String> RENEWED =
      Set.of("401 that nobody answers", "401 without a challenge");

  /** Some clients do that before they ask for the program's own user and password. */
  private static final Set<String> RENEWED_BEFORE_THE_PROGRAMS =
      Set.of(
          "401 that the program answers",
          "401 that the program answers by a digest",
          "401 that the program answers in vain");

  private static final String RULES =
      """
      rules:
        - {host: "127.0.0.1:*", strategy: mine}
        - {host: ["*.test", "*.test:*"], scheme: any, strategy: mine}
      """;

  private static final Map<Unchanged, CompletableFuture<Transcript>> WITHOUT_AGENT =
      new ConcurrentHashMap<>();

  private final Unchanged line;
  @TempDir private Path directory;

  UnchangedIT(Unchanged line) {
    this.line = line;
  }

  static List<Unchanged> lines() {
    return Unchanged.toRun();
  }

  @Test
  void whereNoRuleMatchesNothingChanges() throws Exception {
    Transcript with =
        run(
            """
            strategies:
              mine: {type: api-key, header: x-graft, value: canary}
            rules:
              - {host: elsewhere.example, strategy: mine}
            """);

    assertThat(withoutAgent().differences(with)).isEmpty();
  }

  @Test
  void whereAKeyIsAppliedNothingElseChanges() throws Exception {
    Transcript with =
        run("strategies: {mine: {type: api-key, header: x-graft, value: canary}}\n" + RULES);

    // HttpURLConnection sends what the program's Authenticator says, and that alone.
    Transcript without =
        isConnection() ? withoutAgent().except(RENEWED_BEFORE_THE_PROGRAMS) : withoutAgent();
    assertThat(without.differences(with.without("x-graft", "canary"))).isEmpty();
  }

  private boolean isConnection() {
    return line.program().endsWith("connection");
  }

  @Test
  void whereATokenIsAppliedNothingElseChanges() throws Exception {
    try (TokenApi api = new TokenApi()) {
      Transcript with =
          run(
              """
              strategies:
                mine: {type: lazy-jwt, login: {url: "%s", json: {}}}
              """
                      .formatted(api.url("/token"))
                  + RULES);

      assertThat(api.count("login")).isPositive();
      Transcript without = withoutAgent();
      Set<String> renewed = new HashSet<>(RENEWED);
      if (line.program().endsWith("apache") || isConnection()) {
        renewed.addAll(RENEWED_BEFORE_THE_PROGRAMS);
      }
      for (String name : renewed) {
        // HttpURLConnection ends after 20 requests, with the agent and without.
        boolean isEndless = isConnection() && name.endsWith("in vain");
        long more = isEndless ? 0 : 1;
        assertThat(with.requests(name)).as(name).isEqualTo(without.requests(name) + more);
      }
      String token = "Bearer access-\\d+";
      Transcript others = without.except(renewed).withoutEvents("Authorization", token);
      assertThat(others.differences(with.without("Authorization", token))).isEmpty();
    }
  }

  /** Runs the program at the first call for a line; whoever calls meanwhile waits for that. */
  private Transcript withoutAgent() throws Exception {
    CompletableFuture<Transcript> own = new CompletableFuture<>();
    CompletableFuture<Transcript> first = WITHOUT_AGENT.putIfAbsent(line, own);
    if (first != null) return first.get();
    try {
      Transcript without = line.run(directory, null);
      assertThat(without.cases()).hasSizeGreaterThan(100);
      own.complete(without);
      return without;
    } catch (Throwable e) {
      own.completeExceptionally(e);
      throw e;
    }
  }

  private Transcript run(String config) throws Exception {
    Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
    return line.run(directory, file);
  }
}
