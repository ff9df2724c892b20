package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.client.Target;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RecordingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One-time codes where the server's {@code Date} is not to be relied on. */
@Timeout(600)
final class OneTimeCodesTest {
  private static final Pattern CODE = Pattern.compile("\"code\":\"([0-9]{6})\"");

  @TempDir private Path directory;

  private final FakeTime time = new FakeTime();
  private volatile Instant date = Instant.EPOCH;
  private RawLoginServer server;
  private Authgraft authgraft;

  @BeforeEach
  void load() throws Exception {
    server =
        new RawLoginServer(
            (request, wire) ->
                wire.answer(
                    "200 OK\r\nDate: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            date.atOffset(ZoneOffset.UTC)),
                    "{\"access_token\":\"t\"}"));
    StringBuilder yaml = new StringBuilder("strategies:\n");
    yaml.append(
        """
          s0: &two
            type: pre-auth-2fa
            pre-auth: {url: "%s", json: {user: u}}
            code: {totp: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ}
            login: {url: "%s", json: {token: "${pre-auth.token}", code: "${code}"}}
        """
            .formatted(server.url("/first"), server.url("/second")));
    for (int i = 1; i < 6; i++) yaml.append("  s").append(i).append(": *two\n");
    yaml.append("rules:\n");
    for (int i = 0; i < 6; i++) {
      yaml.append("  - {host: api.example, path: /%1$d, strategy: s%1$d}\n".formatted(i));
    }
    authgraft = Configs.builder(directory, new RecordingLog(), yaml.toString()).time(time).load();
  }

  @AfterEach
  void close() throws IOException {
    authgraft.close();
    server.close();
  }

  /** Makes the login of strategy {@code number} and returns how long it waited for its code. */
  private Duration logIn(int number, Duration ahead) throws IOException {
    date = Instant.ofEpochMilli(time.millis()).plus(ahead);
    long before = time.slept();
    Target target = Target.of("https", "api.example", -1, "/" + number, "GET");
    assertThat(authgraft.attempt(target).obtain(true, () -> false)).isTrue();
    return Duration.ofMillis(time.slept() - before);
  }

  private Stream<String> codes() {
    return server.requests("/second").stream()
        .map(CODE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  /** The next one waited until the clock had caught up: 152 s, with a timeout of 5 s. */
  @Test
  void aDateThatIsAheadOnceMakesNobodyWait() throws Exception {
    assertThat(logIn(0, Duration.ofSeconds(130))).isZero();
    assertThat(logIn(1, Duration.ZERO)).isZero();
    assertThat(codes()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void datesThatJumpBehindABalancerSendNoCodeTwiceAndCostAStepAtMost() throws Exception {
    List<Duration> ahead = Stream.of(130, 0, 130, -3600, 0, 130).map(Duration::ofSeconds).toList();
    for (int i = 0; i < 6; i++) {
      assertThat(logIn(i, ahead.get(i))).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
    assertThat(codes()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void whereNoCodeIsLeftForAMinuteTheLoginSaysWhenToComeAgain() throws Exception {
    Instant stopped = Instant.ofEpochMilli(time.millis());
    for (int i = 0; i < 3; i++) {
      logIn(i, Duration.between(Instant.ofEpochMilli(time.millis()), stopped));
    }
    long slept = time.slept();
    assertThatThrownBy(
            () -> logIn(3, Duration.between(Instant.ofEpochMilli(time.millis()), stopped)))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("every one-time code of the next 1m30s was sent already")
        .hasMessageContaining("next attempt in 1m30s");
    assertThat(time.slept()).isEqualTo(slept);
    assertThat(codes()).hasSize(3).doesNotHaveDuplicates();
    time.advance(Duration.ofSeconds(91));
    logIn(3, Duration.ZERO);
    assertThat(codes()).hasSize(4).doesNotHaveDuplicates();
  }
}
