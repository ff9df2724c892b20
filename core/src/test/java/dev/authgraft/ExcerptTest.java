package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.authgraft.config.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a line is shown with a problem, and which part of it is underlined. */
final class ExcerptTest {
  @TempDir private Path directory;

  private List<ConfigProblem> problems(String yaml, String environment) {
    Path file = Configs.write(directory, "authgraft.yml", yaml);
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> Authgraft.builder(file).environment(environment).load().close());
    assertThat(refused).as(yaml).isNotNull();
    return refused.problems();
  }

  /** Returns each line that is shown, with the underlined part in brackets. */
  private List<String> shown(String yaml) {
    return problems(yaml, null).stream()
        .map(ConfigProblem::excerpt)
        .map(
            excerpt ->
                new StringBuilder(excerpt.line())
                    .append(" ".repeat(Math.max(0, excerpt.to() - excerpt.line().length())))
                    .insert(excerpt.to(), "»")
                    .insert(excerpt.from(), "«")
                    .toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "  - {host: a.example, pathh: /x, strategy: none}"
            + "|  - {host: a.example, «pathh»: ██, strategy: none}",
        "  - {host: a.example, strategy: nun}|  - {host: a.example, strategy: «nun»}",
        "  - {host: a.example, strategy: 'nun' } # s3cret"
            + "|  - {host: a.example, strategy: «'nun'» }",
        "  - {strategy: none}|  - «{strategy: none}»",
        "  - {host: 'a b', strategy: none}|  - {host: «'a b'», strategy: none}",
        "  - {host: a.example, path: [/a, b], strategy: none}"
            + "|  - {host: a.example, path: [/a, «b»], strategy: none}",
        "  - {host: 日本.example, strategy: 日本}|  - {host: 日本.example, strategy: «日本»}",
        "  - {host: a.example, strategy: [none]}|  - {host: a.example, strategy: «[none]»}",
        "  - {host: https://u:p@a.example, strategy: none}|  - {host: «██», strategy: none}",
        "  - {host: 'a.example?key=x', strategy: none}|  - {host: «'██'», strategy: none}",
        "  - {host: '${env:NO_SUCH:-s3cret x}', strategy: none}"
            + "|  - {host: «'${env:NO_SUCH:-s3cret x}'», strategy: none}",
      })
  void theOffendingTextOfARuleIsUnderlined(String rule, String shown) {
    assertThat(shown("rules:\n" + rule + "\n")).first().isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: api-key, value: x, valeu: s3cret}|{type: api-key, value: ██, «valeu»: ██}",
        "{type: api-key, value: [s3cret]}|{type: api-key, value: «[██]»}",
        "{type: api-key, value: 's3${foo:x}'}|{type: api-key, value: «'██'»}",
        "{type: api-key, value: 'a${env:A}b${env:B:-s3cret}', hedder: X}"
            + "|{type: api-key, value: '██${env:A}██${env:B██',"
            + " «hedder»: ██}",
        "{type: lazy-jwt, login: {url: a.example, json: {p: s3cret, token: s3cret}}}"
            + "|{type: lazy-jwt, login: {url: «a.example», json: {p: ██, token: ██}}}",
        "{type: lazy-jwt, login: {url: 'https://a/', headers: {X-Key: s3cret}}, lifetime: x}"
            + "|{type: lazy-jwt, login: {url: 'https://a/', headers: {X-Key: ██}}, lifetime: «x»}",
        "{type: lazy-jwt, login: {url: 'https://a/', token: s3cret}}"
            + "|{type: lazy-jwt, login: {url: 'https://a/', token: «██»}}",
        "{type: basic, username: u, password: a,s3cret}"
            + "|{type: basic, username: ██, password: ██,«██»}",
        "{type: api-key, value: {s3cret: x}}|{type: api-key, value: «{██: ██}»}",
        "{type: api-key, value: x, header: 'Authorization: s3cret'}"
            + "|{type: api-key, value: ██, header: «'██'»}",
      })
  void noValueThatMayBeASecretIsShown(String strategy, String shown) {
    String head = "strategies: {s: ";
    assertThat(shown(head + strategy + "}\nrules: []\n")).first().isEqualTo(head + shown + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: s3cret: x",
        "password: \"s3cret\\q\"",
        "password: \"abc\n      host: s3cret\\q\"",
        "password: 'abc\n      host: s3cret",
        "password: s3cret\n     host: x",
        "password: @s3cret",
        "password: {s3cret, x: *s3cret",
        "password: |\n      host: s3cret\n   type: x",
        "password: >\n   s3cret\n  \ts3cret: [",
        "username: 's3cret' x: [",
      })
  void noSecretOfABrokenFileIsShown(String entry) {
    assertThat(shown("strategies:\n  a:\n    type: basic\n    " + entry + "\nrules: [\n"))
        .allSatisfy(line -> assertThat(line).doesNotContain("s3cret"));
  }

  /**
   * How an unquoted secret may begin or go on so that YAML takes it for something else. What ends a
   * flow map's entry and begins another, key and colon, is that entry: nothing can tell it apart.
   */
  private static final List<String> SHAPES =
      List.of(
          "{s3cret",
          "{s3cret}",
          "{s3cret: x}",
          "{s3cret: x",
          "{a: s3cret}",
          "{s3cret : x}",
          "{s3cret:x}",
          "{? s3cret}",
          "{? s3cret : x}",
          "{'s3cret': x}",
          "{\"s3cret\":x}",
          "{{s3cret: x}: y}",
          "{a, s3cret: x}",
          "{a: {s3cret: x}}",
          "{a: [s3cret: x]}",
          "{host: s3cret}",
          "{url: s3cret}",
          "{type: s3cret}",
          "{json: {s3cret: x}}",
          "{s3cret: x}y",
          "{<<: s3cret}",
          "{<<: {s3cret: x}}",
          "{s3cret: x, s3cret: y}",
          "{!s3cret x: y}",
          "[s3cret",
          "[s3cret]",
          "[s3cret: x]",
          "[s3cret: x",
          "[host: s3cret]",
          "[{s3cret: x}]",
          "&s3cret",
          "&s3cret x",
          "&x s3cret",
          "*s3cret",
          "*s3cret : x",
          "!s3cret",
          "!s3cret x",
          "!!s3cret x",
          "!<s3cret> x",
          "! s3cret",
          "|s3cret",
          "| s3cret",
          ">s3cret",
          "> s3cret",
          "|\n      s3cret: x",
          ">\n      host: s3cret",
          "? s3cret",
          "? s3cret : x",
          "- s3cret",
          "- s3cret: x",
          ": s3cret",
          "%s3cret",
          "@s3cret",
          "`s3cret",
          "#s3cret",
          "x #s3cret",
          "s3cret: x",
          "s3cret:",
          "s3cret: host: x",
          "host: s3cret",
          "'s3cret",
          "\"s3cret",
          "'x's3cret",
          "\"x\"s3cret",
          "'x''s3cret: x",
          "x\n      s3cret",
          "x\n      s3cret: y",
          "\n      s3cret: x",
          "\n      host: s3cret",
          "\n      - s3cret: x",
          "\n      {s3cret: x}",
          "\n      ? s3cret\n      : x",
          "}s3cret",
          "]s3cret: x",
          "--- s3cret",
          "... s3cret",
          "<<: s3cret",
          "\ts3cret: x",
          "s3cret\\",
          "x\u2028s3cret: y");

  /** Where it stands; on the same line, or after it, is what makes the line be shown. */
  private static final List<String> AROUND =
      List.of(
          "strategies:\n  a: {type: basic, username: u, password: %s, bogus: 1}\nrules: []\n",
          "strategies:\n  a: {bogus: 1, type: api-key, value: %s}\nrules: []\n",
          "strategies:\n  a:\n    type: basic\n    username: u\n    password: %s\n    bogus: 1\n",
          "strategies: {a: {type: lazy-jwt, login: {bogus: 1, url: 'https://a', json: {p: %s}}}}\n",
          "strategies: {a: {type: form-login, login: {url: x, form: {p: %s}, bogus: 1}}}\nrules: []\n",
          "strategies: {a: {type: lazy-jwt, login: {bogus: 1, url: x, headers: {P: %s}}}}\n",
          "strategies:\n  a:\n    type: lazy-jwt\n    login:\n      url: x\n      json:\n"
              + "        p: %s\n        q: ${foo:x}\n",
          "strategies: {a: {type: oauth2-client-credentials, client-secret: %s, bogus: 1}}\n",
          "strategies: {a: {type: api-key, prefix: %s, bogus: 1, header: X, value: x}}\n",
          "vars: {a: %s, b: [c]}\nrules: []\n",
          "secrets: {pkcs12: {file: f, password: %s, bogus: 1}}\nrules: []\n",
          "http: {trust-store: {file: f, password: %s, bogus: 1}}\nrules: []\n");

  @Test
  void noSecretThatYamlTakesForSomethingElseIsShown() {
    List<String> leaks = new ArrayList<>();
    for (String around : AROUND) {
      for (String shape : SHAPES) {
        Path file = Configs.write(directory, "authgraft.yml", around.formatted(shape));
        try {
          Authgraft.load(file).close();
        } catch (ConfigException refused) {
          for (ConfigProblem problem : refused.problems()) {
            String shown = problem + " >> " + problem.excerpt();
            if (shown.contains("s3cret")) leaks.add(around + " with " + shape + ": " + shown);
          }
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  /** What a message quotes is not blacked out with the line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategies: {s: {type: basic, username: u, password: a,s3cret}}\nrules: []\n",
        "strategies: {s: {type: basic, username: u, password:s3cret}}\nrules: []\n",
        "strategies: {s: {type: api-key, value: {s3cret}}}\nrules: []\n",
        "strategies: {s: {type: api-key, value: x, header: 'Authorization: s3cret'}}\nrules: []\n",
        "strategies: {s: {type: api-key, value: x, cookie: 'a=s3cret'}}\nrules: []\n",
        "strategies: {s: {type: lazy-jwt, login: {url: 'https://a', token: s3cret}}}\nrules: []\n",
        "strategies: {s: {type: lazy-jwt, login: {url: 'u:s3cret@a.example'}}}\nrules: []\n",
        "strategies: {s: {type: lazy-jwt, login: {url: 'ftp://u:s3?cret@a.example'}}}\nrules: []\n",
        "rules: [{host: 'https://u:s3cret@a.example', strategy: none}]\n",
        "rules: [{host: 'u:s3cret@a.example', strategy: none}]\n",
        "rules: [{host: a.example, path: '/x?key=s3cret', strategy: none}]\n",
        "rules: [{host: a.example, path: 'https://u:s3cret@a.example/x', strategy: none}]\n",
      })
  void noSecretIsQuotedByAMessage(String yaml) {
    assertThat(problems(yaml, null))
        .isNotEmpty()
        .allSatisfy(
            problem ->
                assertThat(problem + problem.excerpt().line()).doesNotContain("s3cret", "s3?"));
  }

  @Test
  void aBrokenLineIsShownAsFarAsItIsPlain() {
    assertThat(shown("rules:\n  - host: a.example\n   strategy: none\n"))
        .containsExactly("   «s»trategy: none");
    assertThat(shown("rules:\n  - {host: a.example, strategy: none\n")).containsExactly("« »");
    assertThat(shown("rules:\n\t- host: a.example\n")).containsExactly("«\t»- host: a.example");
  }

  @Test
  void aMissingEndOfALineIsUnderlinedBehindIt() {
    assertThat(shown("rules: [ # s3cret")).first().asString().startsWith("rules: [").endsWith("»");
  }

  @Test
  void aLineEndOfAnyKindEndsALine() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      assertThat(shown(String.join(end, "vars: {a: b}", "rules: 7", ""))).contains("rules: «7»");
    }
    assertThat(shown("\ufeffrules: 7\n")).containsExactly("rules: «7»");
  }

  @Test
  void eachProblemIsShownInItsOwnFileAndAllAreSorted() {
    Configs.write(directory, "authgraft-prod.yml", "http:\n  timeout: soon\nextra: 1\n");
    List<ConfigProblem> problems =
        problems("rules: 7\nhttp: {connect-timeout: 5}\nvars: {a: [b]}\n", "prod");
    assertThat(problems)
        .extracting(
            problem -> Path.of(problem.file()).getFileName() + ":" + problem.line(),
            problem -> problem.excerpt().line())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("authgraft.yml:1", "rules: 7"),
            org.assertj.core.groups.Tuple.tuple("authgraft.yml:2", "http: {connect-timeout: 5}"),
            org.assertj.core.groups.Tuple.tuple("authgraft.yml:3", "vars: {a: [██]}"),
            org.assertj.core.groups.Tuple.tuple("authgraft-prod.yml:2", "  timeout: soon"),
            org.assertj.core.groups.Tuple.tuple("authgraft-prod.yml:3", "extra: ██"));
  }

  @Test
  void aFileAsAWholeHasNoLine() {
    assertThatThrownBy(() -> Authgraft.load(directory.resolve("none.yml")))
        .isInstanceOfSatisfying(
            ConfigException.class,
            refused -> assertThat(refused.problems().get(0).excerpt()).isNull());
  }
}
