package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Answer;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.config.Warnings;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.testing.RecordingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers reject a credential, and which of them are looked into. */
final class RejectionTest {
  @TempDir private Path directory;

  private Rejection read(String rejectedWhen) throws ConfigException {
    return config(rejectedWhen).engine().config().strategies().get("s").rejection();
  }

  private Authgraft config(String rejectedWhen) throws ConfigException {
    String yaml =
        "strategies: {s: {type: api-key, value: x, rejected-when: %s}}\n".formatted(rejectedWhen)
            + "rules: [{host: a.example, strategy: s}]\n";
    return Configs.builder(directory, new RecordingLog(), yaml).load();
  }

  /** A body that must not be looked into is null. */
  private static boolean isIn(
      Rejection rejection, int status, Map<String, String> headers, @Nullable String body)
      throws IOException {
    Answer answer =
        new Answer() {
          @Override
          public int status() {
            return status;
          }

          @Override
          public @Nullable String header(String name) {
            return headers.get(name);
          }

          @Override
          public String peek(int limit) {
            assertThat(body).as("a body that is looked into").isNotNull();
            return body;
          }
        };
    return rejection.isIn(answer, "GET");
  }

  @ParameterizedTest
  @CsvSource({
    "401, -, true", // decided without a look
    "403, Token has expired, true",
    "403, Token is invalid, true",
    "403, not for you, false",
    "404, -, false"
  })
  void anyConditionRejectsByAnyOfItsTexts(int status, String body, boolean rejects)
      throws Exception {
    Rejection rejection = read("[{status: 401}, {status: 403, body: [has expired, is invalid]}]");
    assertThat(isIn(rejection, status, Map.of(), body.equals("-") ? null : body))
        .isEqualTo(rejects);
  }

  @Test
  void aConditionWithoutABodyDecidesBeforeOneWithABody() throws Exception {
    Rejection rejection = read("[{status: [401, 403], body: expired}, {status: 403}]");
    assertThat(isIn(rejection, 403, Map.of(), null)).isTrue();
    assertThat(isIn(rejection, 401, Map.of(), "no")).isFalse();
  }

  @Test
  void aRedirectOfAnyConditionRejects() throws Exception {
    Rejection rejection = read("[{status: 403, body: x}, {redirect-to: /login}]");
    assertThat(isIn(rejection, 302, Map.of("Location", "/login?error"), null)).isTrue();
    assertThat(isIn(rejection, 302, Map.of("Location", "/"), null)).isFalse();
    assertThat(rejection.isRedirectToLogin("https://a.example/login")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream",
        "Text/Event-Stream; charset=utf-8",
        "application/grpc",
        "application/grpc+proto",
        "application/x-ndjson",
        "application/stream+json",
        "multipart/x-mixed-replace; boundary=x",
        "application/octet-stream",
        "image/png",
        "video/mp4",
        "no type"
      })
  void whatIsNoTextIsNotLookedInto(String type) throws Exception {
    Rejection rejection = read("{status: [200, 401], body: expired}");
    assertThat(isIn(rejection, 200, Map.of("Content-Type", type), null)).isFalse();
    assertThat(isIn(rejection, 401, Map.of("Content-Type", type), null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/html; charset=utf-8",
        "application/json",
        "Application/Problem+JSON;charset=UTF-8",
        "application/xml",
        "application/soap+xml",
        "application/x-www-form-urlencoded",
        ""
      })
  void textIsLookedInto(String type) throws Exception {
    Rejection rejection = read("{body: expired}");
    assertThat(isIn(rejection, 401, Map.of("Content-Type", type), "Token has expired")).isTrue();
  }

  @Test
  void aMissingBodyOrAnUnknownCodingIsNotRead() throws Exception {
    Rejection rejection = read("{status: [101, 200, 204, 304, 401], body: expired}");
    for (int status : new int[] {101, 204, 304}) {
      assertThat(isIn(rejection, status, Map.of(), null)).isFalse();
    }
    assertThat(isIn(rejection, 401, Map.of("Content-Encoding", "br"), null)).isFalse();
    assertThat(isIn(rejection, 401, Map.of("Content-Encoding", "gzip"), "expired")).isTrue();
  }

  @Test
  void checkWarnsOfBodyConditionsForGoodStatuses() throws Exception {
    String rejectedWhen = "[{status: 401}, {status: [200, 403], body: [a, b]}]";
    try (Authgraft authgraft = config(rejectedWhen)) {
      assertThat(Warnings.of(authgraft.engine().config(), List.of()))
          .extracting(ConfigProblem::text)
          .singleElement()
          .asString()
          .startsWith("every answer with status 200 to a request of strategy 's' is looked into");
    }
    try (Authgraft authgraft = config("[{status: 200}, {status: 403, body: a}]")) {
      assertThat(Warnings.of(authgraft.engine().config(), List.of())).isEmpty();
    }
  }
}
