package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.admin.Inspector;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables, placeholders and hosts that cannot be used, or that are hardly meant. */
final class ConfigValuesTest extends ConfigProblemsFixture {
  @Test
  void aPlaceholderThatIsOnlyNeededLaterIsNoProblem() {
    assertThat(
            problems(
                "strategies: {s: {type: api-key, value: \"${env:NO_SUCH_VARIABLE}\"}}\n"
                    + "rules: [{host: a.example, strategy: s}]\n"))
        .isEmpty();
  }

  @Test
  void variablesThatDoubleEachOtherAreRefused() {
    StringBuilder vars = new StringBuilder("vars:\n  v0: x\n");
    for (int i = 1; i < 60; i++) {
      vars.append("  v%1$d: \"${var:v%2$d}${var:v%2$d}\"\n".formatted(i, i - 1));
    }
    String use = "rules: [{host: \"${var:%s}\", strategy: none}]\n";
    assertThat(problems(vars + use.formatted("v30")))
        .anySatisfy(problem -> assertThat(problem).contains("refer to too many others"));
    assertThat(problems(vars + use.formatted("v59")))
        .anySatisfy(problem -> assertThat(problem).contains("refer to too many others"));
  }

  @Test
  void aVariableThatRefersToItselfIsAProblem() {
    assertThat(
            problems(
                "vars: {a: \"${var:b}\", b: \"${var:a}\"}\n"
                    + "rules: [{host: \"${var:a}\", strategy: none}]\n"))
        .anySatisfy(problem -> assertThat(problem).contains("refers to itself"));
  }

  @Test
  void packagesOfRelocatedClientsAreChecked() {
    assertThat(
            problems(
                """
                agent: {relocated: [a.shaded, "a/shaded", a.shaded., "io.x.$internal"], relocate: a}
                """
                    + RULES))
        .containsExactly(
            "authgraft.yml:1:31: 'a/shaded' is no package (write com.example.shaded)",
            "authgraft.yml:1:43: 'a.shaded.' is no package (write com.example.shaded)",
            "authgraft.yml:1:73: unknown key 'relocate' in agent of the config (did you mean"
                + " 'relocated'?)");
    assertThat(problems("agent: {relocated: []}\n" + RULES))
        .containsExactly(
            "authgraft.yml:1:20: 'relocated' of agent of the config is an empty list (leave it"
                + " out)");
  }

  @Test
  void clientsOfTheAgentAreKnownWords() throws Exception {
    assertThat(problems("agent: {clients: [okhttp, okhttp4, httpclient5]}\n" + RULES))
        .containsExactly(
            "authgraft.yml:1:27: 'clients' of agent of the config is 'okhttp4'; it can be okhttp2,"
                + " okhttp, commons-httpclient, httpclient4, httpclient5, http-url-connection,"
                + " java-net-http (did you mean 'okhttp2'?)");
    assertThat(problems("agent: {clients: []}\n" + RULES)).hasSize(1);
    String strategies = "strategies: {a: {type: api-key, header: X, value: v}}\n";
    String rules = "rules: [{host: a.example, strategy: a}]\n";
    String clients = "agent: {clients: java-net-http}\n";
    Path file = Configs.write(directory, "authgraft.yml", clients + strategies + rules);
    try (Authgraft authgraft = Authgraft.load(file)) {
      assertThat(authgraft.serves("java-net-http")).isTrue();
      assertThat(authgraft.serves("okhttp")).isFalse();
      Files.writeString(file, strategies + rules);
      assertThat(authgraft.replaceConfig(file, null)).isTrue();
      assertThat(authgraft.serves("okhttp")).isTrue();
    }
  }

  @Test
  void aHostWithAnUnderscoreIsNamedAsTheReason() {
    String yaml =
        """
        strategies: {a: {type: lazy-jwt, login: {url: "https://auth_server/login"}}}
        rules: [{host: a.example, strategy: a}]
        """;
    Path file = Configs.write(directory, "authgraft.yml", yaml);
    assertThatThrownBy(() -> Authgraft.load(file))
        .hasMessageContaining("authgraft.yml:1:")
        .hasMessageContaining("no host name has a '_'");
  }

  @Test
  void aCodeThatTravelsInClearIsWarnedOf() throws Exception {
    String yaml =
        """
        strategies:
          a:
            type: pre-auth-2fa
            pre-auth: {url: "https://a.test/pre"}
            code: {url: "http://codes.test/me"}
            login: {url: "https://a.test/login", json: {code: "${code}"}}
        rules: [{host: a.example, strategy: a}]
        """;
    Path file = Configs.write(directory, "authgraft.yml", yaml);
    try (Inspector inspector = Authgraft.builder(file).inspect()) {
      assertThat(inspector.warnings())
          .singleElement()
          .asString()
          .endsWith("authgraft.yml:5:17: code of strategy 'a' sends secrets over plain http");
    }
  }

  /** A typing error there would let the base's value stand: production's, mostly. */
  @Test
  void aVariableThatNothingUsesIsWarnedOf() throws Exception {
    Path file =
        Configs.write(
            directory,
            "authgraft.yml",
            """
            vars: {api: prod.example, prefix: "${var:inner}", inner: x, "z": 1}
            strategies: {a: {type: api-key, prefix: "${var:prefix}", value: "${var:prefix}"}}
            rules: [{host: "${var:api}", strategy: a}]
            """);
    Configs.write(directory, "authgraft-test.yml", "vars: {aip: test.example}\n");
    try (Inspector inspector = Authgraft.builder(file).environment("test").inspect()) {
      assertThat(inspector.warnings())
          .map(warning -> warning.toString().replace(directory + "/", ""))
          .containsExactly(
              "authgraft.yml:1:61: nothing uses the variable 'z'",
              "authgraft-test.yml:1:8: nothing uses the variable 'aip' (did you mean 'api'?)");
    }
  }

  /** Which variable was meant is the question, and the one that was taken may hold a secret. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{host: '${sys:authgraft.test}', strategy: none} | '${sys:authgraft.test}' has no valid port: '██'",
        "{host: a.example, path: '/x/${sys:authgraft.test}', strategy: none} | may hold no braces",
        "{host: a.example, method: '${sys:authgraft.test}', strategy: none} | is not a method",
        "{host: a.example, strategy: '${sys:authgraft.test}'} | no strategy '${sys:authgraft.test}'",
      })
  void theValueOfAVariableIsNotRepeated(String rule, String problem) {
    System.setProperty(
        "authgraft.test", problem.contains("braces") ? "{a'b'c's3cret}" : "a'b:a's3cret");
    try {
      assertThat(problems("agent: {relocated: '${sys:authgraft.test}'}\nrules: [" + rule + "]\n"))
          .hasSize(2)
          .noneMatch(line -> line.contains("s3cret"))
          .anyMatch(line -> line.contains("'${sys:authgraft.test}' is no package"))
          .anyMatch(line -> line.contains(problem));
    } finally {
      System.clearProperty("authgraft.test");
    }
  }
}
