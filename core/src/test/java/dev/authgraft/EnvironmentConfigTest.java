package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file of an environment, which is laid over the config. */
final class EnvironmentConfigTest extends ConfigProblemsFixture {
  @Test
  void anEnvironmentsFileIsLaidOverAndItsProblemsHaveItsPlaces() {
    Configs.write(
        directory,
        "authgraft-prod.yml",
        "rules:\n  - {host: b.example, strategy: nobody}\nhttp: {timeout: x}\n");
    assertThat(problems("http: {timout: 1s}\n" + RULES, "prod"))
        .containsExactly(
            "authgraft.yml:1:8: unknown key 'timout' in http of the config (did you mean"
                + " 'timeout'?)",
            "authgraft-prod.yml:2:33: no strategy 'nobody' (known here: none)",
            "authgraft-prod.yml:3:17: 'timeout' of http of the config is not a duration: x (write"
                + " 500ms, 30s, 2h45m or ISO-8601)");
  }

  /** Its lines are commented out, as is done for a while; that takes nothing away. */
  @Test
  void anEmptySectionOfAnEnvironmentLeavesTheBases() {
    String base = "vars: {api: a.example}\nrules: [{host: \"${var:api}\", strategy: none}]\n";
    Configs.write(directory, "authgraft-prod.yml", "vars:\n  # api: b.example\nhttp:\n");
    assertThat(problems(base, "prod")).isEmpty();
    Configs.write(directory, "authgraft-prod.yml", "vars: ~\n");
    assertThat(problems(base, "prod"))
        .singleElement()
        .asString()
        .startsWith("authgraft.yml:2:16: no variable 'api' under vars");
    Configs.write(directory, "authgraft-prod.yml", "vars: [api]\n");
    assertThat(problems(base, "prod"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith(
            "authgraft-prod.yml:1:7: 'vars' of the config must be a map of keys, not a list");
  }

  @Test
  void anEnvironmentWithoutAFileIsAProblem() {
    assertThat(problems(RULES, "prd"))
        .singleElement()
        .asString()
        .contains("authgraft-prd.yml: does not exist (write it for the environment 'prd'");
    assertThat(problems(RULES, "../x")).singleElement().asString().contains("cannot be part");
  }

  @Test
  void aMissingEnvironmentNamesThoseThatThereAre() throws Exception {
    for (String each : List.of("dev", "prod", "staging")) {
      Configs.write(directory, "authgraft-" + each + ".yml", "rules: []\n");
    }
    Path file = Configs.write(directory, "authgraft.yml", "rules: []\n");
    assertThatThrownBy(() -> Authgraft.load(file, "prd"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("authgraft-prd.yml: does not exist")
        .hasMessageContaining("there is dev, prod, staging (did you mean 'prod'?)");
    Path alone = Configs.write(directory, "alone.yml", "rules: []\n");
    assertThatThrownBy(() -> Authgraft.load(alone, "prod"))
        .hasMessageContaining("there is none beside alone.yml");
  }
}
