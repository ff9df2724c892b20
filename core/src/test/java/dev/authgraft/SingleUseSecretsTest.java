package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.Target;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.ReceivedRequest;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command that prints what is good for one use, such as a signed assertion with an id. */
@Timeout(600)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs shell scripts")
final class SingleUseSecretsTest {
  @TempDir private Path directory;

  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private Authgraft authgraft;

  @BeforeEach
  void writeCommand() throws Exception {
    Path command = directory.resolve("assertion");
    // One line, one run: appending is atomic, however many run at once.
    Files.writeString(command, "#!/bin/sh\necho $$ >> runs\necho assertion-$$\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void close() {
    authgraft.close();
    api.close();
  }

  private void load(String secrets) throws ConfigException {
    String yaml =
        """
        secrets: %1$s
        strategies:
          a: &two
            type: lazy-jwt
            login: {url: "%2$s", json: {assertion: "${command:./assertion}"}}
            refresh: {url: "%3$s", json: {refresh_token: "${refresh-token}", assertion: "${command:./assertion}"}}
          b: *two
          key: {type: api-key, header: x-key, value: "${command:./assertion}"}
        rules:
          - {host: api.example, path: /a, strategy: a}
          - {host: api.example, path: /b, strategy: b}
          - {host: api.example, path: /key, strategy: key}
        """
            .formatted(secrets, api.url("/token"), api.url("/refresh"));
    authgraft = Configs.builder(directory, new RecordingLog(), yaml).time(time).load();
  }

  private Attempt attempt(String path) {
    return authgraft.attempt(Target.of("https", "api.example", -1, path, "GET"));
  }

  private List<Object> sent() {
    return api.requests().stream().map(SingleUseSecretsTest::assertion).toList();
  }

  private static Object assertion(ReceivedRequest request) {
    try {
      return String.valueOf(request.json().get("assertion"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<String> runs() throws Exception {
    Path runs = directory.resolve("runs");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }

  @Test
  void twoLoginsAtOnceSendTwoValuesOfOneRunEach() throws Exception {
    load("{}");
    CompletableFuture<Boolean> a = attempt("/a").obtainAsync(true).toCompletableFuture();
    CompletableFuture<Boolean> b = attempt("/b").obtainAsync(true).toCompletableFuture();
    assertThat(a.get()).isTrue();
    assertThat(b.get()).isTrue();
    assertThat(sent()).hasSize(2).doesNotHaveDuplicates();
    assertThat(runs()).hasSize(2);
  }

  @Test
  void theLoginAfterARefusedRefreshSendsAnotherValue() throws Exception {
    api.useLifetime(Duration.ofHours(1), 600);
    load("{}");
    assertThat(attempt("/a").obtain(true, () -> false)).isTrue();
    api.answerNext("/refresh", Reply.problem(401, "no"));
    time.advance(Duration.ofMinutes(11));
    assertThat(attempt("/a").obtain(true, () -> false)).isTrue();
    assertThat(sent()).hasSize(3).doesNotHaveDuplicates();
  }

  /** Each value is another, which is no change of the secret that deserves a try of its own. */
  @Test
  void aRefusedLoginIsBackedOffThoughItsValueIsAnotherEachTime() throws Exception {
    load("{}");
    assertThat(refusedInAnHour()).isLessThanOrEqualTo(8 + 2);
    assertThat(sent()).doesNotHaveDuplicates();
  }

  @Test
  void aSecretThatIsNotKeptIsNotReadWhileALoginIsBackedOff() throws Exception {
    load("{command: {cache: 0s}}");
    assertThat(refusedInAnHour()).isLessThanOrEqualTo(8);
    assertThat(sent()).doesNotHaveDuplicates();
    assertThat(runs()).hasSize(api.count("login"));
  }

  private int refusedInAnHour() throws Exception {
    for (int i = 0; i < 20; i++) api.answerNext("/token", Reply.problem(401, "no"));
    for (int i = 0; i < 360; i++) {
      assertThatThrownBy(() -> attempt("/a").obtain(true, () -> false))
          .isInstanceOf(CredentialException.class);
      time.advance(Duration.ofSeconds(10));
    }
    return api.count("login");
  }

  @Test
  void aLoginRefusedToOneStrategyIsNotSentByAnotherAtOnce() throws Exception {
    load("{command: {cache: 0s}}");
    api.answerNext("/token", Reply.problem(401, "no"));
    for (String path : List.of("/a", "/b")) {
      assertThatThrownBy(() -> attempt(path).obtain(true, () -> false))
          .isInstanceOf(CredentialException.class);
    }
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void aKeyThatIsNotKeptIsReadForEachRequest() throws Exception {
    load("{command: {cache: 0s}}");
    for (int i = 1; i <= 3; i++) {
      assertThat(attempt("/key").obtain(true, () -> false)).isTrue();
      assertThat(runs()).hasSize(i).doesNotHaveDuplicates();
    }
  }
}
