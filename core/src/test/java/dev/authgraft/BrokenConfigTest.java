package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no YAML, not safe to parse, or cannot be read at all. */
final class BrokenConfigTest extends ConfigProblemsFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: [ | authgraft.yml:2:1: YAML: ",
        "a: 1\\na: 2 | authgraft.yml:2:1: the key 'a' stands here twice, first at"
            + " authgraft.yml:1:1",
        "a: !!java.net.URL [x] | a tag is not supported",
        "a: !x y | a tag is not supported (quote a value that begins with '!')",
        "a: *b | an alias refers to nothing before it (quote a value that begins with '*')",
        "a: {b: c,d} | authgraft.yml:1:10: a key without ':' (quote a value that holds a comma)",
        "a: {b: c, d e} | authgraft.yml:1:11: a key without ':'",
        "a: b\\n? c | authgraft.yml:2:3: a key without ':'",
        "b: &b {c: d}\\na: {<<: *b} | authgraft.yml:2:5: '<<' does not merge maps here",
        "vars: &v {a: b}\\nrules: *v | authgraft.yml:2:8: 'rules' of the config must be a list",
        "a: 'b | authgraft.yml:2:1: YAML: found unexpected end of stream (close the quote of"
            + " authgraft.yml:1:4)",
        "a: \"\\q\" | YAML: found an unknown escape (put '…' around the value, or write \\\\ for a"
            + " backslash)",
        "a: b\\n...\\nc: d | authgraft.yml:3:1: YAML: expected '<document start>', but found"
            + " '<block mapping start>' (keep one document in a file)",
        "a: @b | YAML: found character '@' that cannot start any token (quote this value)",
        "a: b\u0001c | authgraft.yml:1:5: YAML: a control character, U+0001 (remove it)",
        "a\\0 | authgraft.yml:1:2: YAML: a control character, U+0000 (save it as UTF-8)",
        "a:\\n\\tb: c | (write spaces in place of tabs)",
        "- a | authgraft.yml:1:1: must be a map of keys, not a list",
        "? [a] : b | a key must be text, not a list",
        "a: b\\n--- \\nc: d | a second document",
        "a: \\tb: c | YAML: ",
      })
  void brokenYamlIsNamedWithItsPlace(String yaml, String problem) {
    assertThat(problems(yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0") + "\n"))
        .anySatisfy(found -> assertThat(found).contains(problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!s3cret",
        "!s3cret!x",
        "!s3cret x",
        "!<s3cret>",
        "*s3cret",
        "%s3cret",
        "@s3cret",
        "`s3cret",
        "'s3cret",
        "\"s3cret",
        "\"s3cret\\q\"",
        "[s3cret",
        "{s3cret",
        "s3cret: x",
        "|s3cret",
        ">s3cret",
        "\"${s3 cret}\"",
        "\"${s3cret\"",
        "\"a${s3:cret}\"",
        "&s3cret *s3",
        "-s3cret: - ? x",
        "\"\\us3cret\"",
        "'s3cret'x"
      })
  void aPasswordThatBreaksTheYamlIsNotRepeated(String password) {
    String yaml =
        """
        strategies:
          a:
            type: form-login
            login:
              url: https://a.example/
              form: {user: u, password: %s}
          b:
            type: form-login
            login:
              url: https://a.example/
              form:
                password: %s
        rules: [{host: a.example, strategy: a}]
        """;
    for (String each : List.of(yaml, yaml.replace("form: {user: u, password: %s}", "#%s"))) {
      assertThat(String.join("\n", problems(each.formatted(password, password))))
          .doesNotContain("s3cret")
          .doesNotContain("cret}");
    }
  }

  @Test
  void anEmptyFileIsNamed() {
    assertThat(problems("")).singleElement().asString().contains("authgraft.yml: is empty");
    assertThat(problems("# nothing\n")).singleElement().asString().contains("is empty");
    assertThat(problems("---\n")).singleElement().asString().contains("not nothing");
  }

  @Test
  void anAliasServesAndABombIsRefused() {
    assertThat(problems("vars: {a: &a x, b: *a}\n" + RULES)).isEmpty();
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    assertThat(problems(bomb.toString()))
        .anySatisfy(problem -> assertThat(problem).contains("more than 100000 values"));
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(problems("a: " + "[".repeat(10_000)))
        .anySatisfy(problem -> assertThat(problem).contains("nested deeper than 40 levels"));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    assertThatThrownBy(() -> Authgraft.load(directory.resolve("none.yml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.yml: does not exist (write it, or name another one");
    assertThatThrownBy(() -> Authgraft.load(directory))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it is a directory");
    Path endless = Path.of("/dev/zero");
    if (Files.exists(endless)) {
      assertThatThrownBy(() -> Authgraft.load(endless))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("it is larger than 2 MiB");
    }
    Path latin1 = directory.resolve("latin1.yml");
    Files.write(latin1, "a: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Authgraft.load(latin1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is not UTF-8");
  }
}
