package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Target;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that is never reached is told to whoever reads the log. */
@Timeout(300)
final class ShadowedRulesTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();

  private List<String> warnings() {
    return log.lines().stream()
        .filter(line -> line.startsWith("WARN "))
        .map(line -> line.replace(directory + "/", ""))
        .toList();
  }

  private static String rules(String... hosts) {
    StringBuilder rules = new StringBuilder("rules:\n");
    for (String host : hosts) rules.append("  - {host: \"" + host + "\", strategy: none}\n");
    return rules.toString();
  }

  @Test
  void theLogNamesItAndTheRuleBeforeIt() throws Exception {
    String yaml = rules("*.example", "a.example", "b.test", "*.a.example");
    try (Authgraft authgraft = Configs.builder(directory, log, yaml).time(time).load()) {
      assertThat(warnings())
          .containsExactly(
              "WARN authgraft.yml:3:5: rule 2 is never reached: rule 1 (authgraft.yml:2:5)"
                  + " matches all that it does (move it up, or remove it)",
              "WARN authgraft.yml:5:5: rule 4 is never reached: rule 1 (authgraft.yml:2:5)"
                  + " matches all that it does (move it up, or remove it)");
      Path changed = Configs.write(directory, "new", rules("c.test", "c.test"));
      Files.move(changed, directory.resolve("authgraft.yml"), StandardCopyOption.REPLACE_EXISTING);
      time.advance(Duration.ofSeconds(3));
      authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
      Await.until("a third warning", () -> warnings().size() >= 3);
      assertThat(warnings().get(2)).startsWith("WARN authgraft.yml:3:5: rule 2 is never reached");
    }
  }

  /** What an environment makes of it counts: here of a host. */
  @Test
  void anEnvironmentMayBeTheReason() throws Exception {
    String yaml = "vars: {a: a.example, b: b.example}\n" + rules("${var:a}", "${var:b}");
    Configs.write(directory, "authgraft-dev.yml", "vars: {a: \"*.example\"}\n");
    Configs.write(directory, "authgraft-prod.yml", rules("x.example", "*.example", "y.example"));
    Configs.builder(directory, log, yaml).load().close();
    assertThat(warnings()).isEmpty();
    Configs.builder(directory, log, yaml).environment("dev").load().close();
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("authgraft.yml:4:5: rule 2 is never");
    Configs.builder(directory, log, yaml).environment("prod").load().close();
    assertThat(warnings().get(1))
        .contains(
            "authgraft-prod.yml:4:5: rule 3 is never reached: rule 2 (authgraft-prod.yml:3:5)");
  }

  /** A rule that says nothing of its scheme means https, whose own port is 443. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{host: a.example}              | {host: a.example, scheme: https}  | true",
        "{host: a.example, scheme: https} | {host: a.example}               | true",
        "{host: localhost, scheme: https} | {host: localhost}               | false",
        "{host: localhost}              | {host: localhost, scheme: any}    | true",
        "{host: '*.localhost'}          | {host: a.localhost, scheme: http} | true",
        "{host: a.example}              | {host: a.example, scheme: any}    | false",
        "{host: a.example}              | {host: a.example, scheme: http}   | false",
        "{host: '*.0.0.1', scheme: https} | {host: '*.0.0.1'}               | false",
        "{host: '*.0.0.1'}              | {host: '*.0.0.1'}                 | true",
        "{host: 'a.example:443'}        | {host: a.example}                 | true",
        "{host: a.example}              | {host: 'a.example:443'}           | true",
        "{host: 'a.example:80'}         | {host: a.example}                 | false",
        "{host: 'a.example:80', scheme: http} | {host: a.example, scheme: http} | true",
        "{host: 'a.example:443', scheme: any} | {host: a.example, scheme: any}  | false",
        "{host: 'localhost:443'}        | {host: localhost}                 | false",
        "{host: 'a.example:*'}          | {host: 'a.example:443'}           | true",
      })
  void schemesAndPortsAreComparedByWhatTheyMean(String first, String second, boolean shadowed)
      throws Exception {
    String yaml = "rules: [%s, %s]\n".formatted(first, second).replace("}", ", strategy: none}");
    Configs.builder(directory, log, yaml).load().close();
    assertThat(warnings()).hasSize(shadowed ? 1 : 0);
  }

  @Test
  void severalRulesMayTogetherLeaveNothing() throws Exception {
    String yaml =
        """
        rules:
          - {host: a.example, path: /x/**, method: GET, strategy: none}
          - {host: a.example, path: /x/**, method: POST, strategy: none}
          - {host: b.example, strategy: none}
          - {host: [a.example, b.example], path: [/x/y, /x/z], method: [GET, POST], strategy: none}
          - {host: [a.example, b.example], path: [/x/y, /z], method: [GET, POST], strategy: none}
          - {host: c.example, scheme: http, strategy: none}
          - {host: c.example, strategy: none}
          - {host: c.example, scheme: any, strategy: none}
        """;
    Configs.builder(directory, log, yaml).load().close();
    assertThat(warnings())
        .containsExactly(
            "WARN authgraft.yml:5:5: rule 4 is never reached: rule 1 (authgraft.yml:2:5), rule 2"
                + " (authgraft.yml:3:5) and rule 3 (authgraft.yml:4:5) together match all that it"
                + " does (move it up, or remove it)",
            "WARN authgraft.yml:9:5: rule 8 is never reached: rule 6 (authgraft.yml:7:5) and rule 7"
                + " (authgraft.yml:8:5) together match all that it does (move it up, or remove it)");
  }

  @Test
  void thousandsOfShadowedRulesDoNotFloodTheLog() throws Exception {
    String[] hosts = new String[10_000];
    java.util.Arrays.fill(hosts, "a.example");
    Configs.builder(directory, log, rules(hosts)).load().close();
    assertThat(warnings()).hasSize(21);
    assertThat(warnings().get(20))
        .isEqualTo("WARN 9979 more rules are never reached: check lists them");
  }
}
