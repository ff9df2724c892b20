package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.admin.Explanation;
import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Target;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.testing.RecordingLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a path that can be read in two ways: of a request's, and of a rule's. */
final class AmbiguousPathsTest {
  @TempDir private Path directory;

  private static final String CONFIG =
      """
      strategies: {s: {type: api-key, value: x}}
      rules:
        - {host: a.example, path: [/x/**, %s], strategy: s}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a//b | an empty segment ('//')",
        "/a;b | a ';', a backslash, or an encoded slash",
        "/a%2Fb | a ';', a backslash, or an encoded slash",
        "/a/%2e%2e/b | encoded dots",
        "/a/%252e/b | an escape within an escape (%25…)",
        "/a%00 | a control character",
        "/a/%c0%ae/b | an escape that is broken, or is not UTF-8",
        "/a\u00e9 | a character that must be encoded",
        "/a./b | a segment that ends with a dot or a space",
        "/a%EF%BC%8Fb | a character that some servers take for a slash or a dot",
      })
  void theRequestsPathIsExplained(String path, String what) throws Exception {
    Path file = Configs.write(directory, "authgraft.yml", CONFIG.formatted("/y"));
    Target target = Target.of("https", "a.example", -1, path, "GET");
    try (Inspector inspector = Authgraft.builder(file).inspect()) {
      Explanation explanation = inspector.explain(target);
      assertThat(explanation.ambiguity()).isEqualTo(what);
      assertThat(explanation.isMatched()).isFalse();
    }
    RecordingLog log = new RecordingLog();
    try (Authgraft authgraft = Configs.builder(directory, log, CONFIG.formatted("/y")).load()) {
      assertThat(authgraft.attempt(target)).isNull();
    }
    assertThat(log.lines())
        .anyMatch(
            line ->
                line.endsWith(
                    ", whose path can be read in two ways (it has "
                        + what
                        + ") and matches no pattern"));
  }

  /** Such configs were good once, so that they are no problems; what they meant is nothing now. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a//b | an empty segment ('//')",
        "//a | an empty segment ('//')",
        "/a/%252e | an escape within an escape (%25…)",
        "/a./b | a segment that ends with a dot or a space",
      })
  void aRulesPathThatNoRequestMatchesIsWarnedOf(String path, String what) throws Exception {
    Path file = Configs.write(directory, "authgraft.yml", CONFIG.formatted("'" + path + "'"));
    try (Inspector inspector = Authgraft.builder(file).inspect()) {
      assertThat(inspector.warnings())
          .extracting(ConfigProblem::text)
          .containsExactly(
              "rule 1 has the path '"
                  + path
                  + "', which no request matches: a path with "
                  + what
                  + " can be read in two ways (write it without, or remove it)");
    }
  }

  @Test
  void ordinaryPathsAreNotWarnedOf() throws Exception {
    String paths = "/, /x/, '/x y', /\u00e9, /x/*/y/**, '/100%25', /.well-known/x";
    Path file = Configs.write(directory, "authgraft.yml", CONFIG.formatted(paths));
    try (Inspector inspector = Authgraft.builder(file).inspect()) {
      assertThat(inspector.warnings()).isEmpty();
    }
  }
}
