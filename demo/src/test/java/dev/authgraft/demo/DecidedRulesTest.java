package dev.authgraft.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.demo.LegacyProgram.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidedRulesTest {
  private static final List<String> LOG =
      List.of(
          "rule 1 (authgraft.yml:7:5) (long) for GET http://127.0.0.1:81/users/7",
          "rule 2 (authgraft.yml:8:5) (short) for GET http://127.0.0.1:81/users");

  @Test
  void decisionIsThatOfTheWholeUrl() throws IOException {
    DecidedRules rules = new DecidedRules(Path.of("authgraft.yml"), LOG);
    assertThat(rules.of(Call.parse("OkHttp|GET|http://127.0.0.1:81/users|200")))
        .isEqualTo("2 short");
    assertThat(rules.of(Call.parse("OkHttp|POST|http://127.0.0.1:81/users|200"))).isEqualTo("?");
  }

  @Test
  void rulesOfTheDemoAreNumberedFromItsConfig() throws IOException {
    assertThat(new DecidedRules(Path.of("authgraft.yml"), LOG).rules())
        .hasSize(7)
        .allMatch(rule -> rule.contains("strategy: "))
        .allMatch(rule -> rule.length() <= 95);
  }
}
