package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.admin.Inspector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each problem is named with its place and the remedy, and all are named together. */
public class ConfigProblemsTest {
  @TempDir private Path directory;

  /** Returns the problems of a config, without the directory. */
  private List<String> problems(String yaml) {
    return problems(yaml, null);
  }

  private List<String> problems(String yaml, String environment) {
    Path file = Configs.write(directory, "authgraft.yml", yaml);
    try {
      Authgraft.builder(file).environment(environment).load().close();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(problem -> problem.toString().replace(directory + "/", ""))
          .toList();
    }
  }

  private static final String RULES = "rules: [{host: a.example, strategy: none}]\n";

  @Test
  void allProblemsAreReportedTogetherInTheOrderOfTheirPlaces() {
    assertThat(
            problems(
                """
                strategies:
                  kyc:
                    type: form-login
                    login: {url: kyc.example/login, forms: {a: b}}
                    lifetime: -5s
                rules:
                  - {host: kyc.example, pathh: /x, strategy: kyk}
                  - {host: "*", strategy: none}
                extra: 1
                """))
        .containsExactly(
            "authgraft.yml:4:18: the url of login of strategy 'kyc' has no scheme:"
                + " kyc.example/login (write https://…)",
            "authgraft.yml:4:37: unknown key 'forms' in login of strategy 'kyc' (did you mean"
                + " 'form'?)",
            "authgraft.yml:5:15: lifetime must be positive: -5s (strategy 'kyc')",
            "authgraft.yml:7:25: unknown key 'pathh' in rule 1 (did you mean 'path'?)",
            "authgraft.yml:7:46: no strategy 'kyk' (did you mean 'kyc'?)",
            "authgraft.yml:8:12: host '*' may hold '*' as its first label only, with a name behind it"
                + " (*.example.com)",
            "authgraft.yml:9:1: unknown key 'extra' in the config (known here: vars, secrets,"
                + " mode, reload, agent, http, strategies, rules)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: api-kei, value: x} | unknown type 'api-kei' of strategy 's' (did you mean"
            + " 'api-key'?)",
        "{type: api-key} | strategy 's' has no 'value'",
        "{value: x} | strategy 's' has no 'type'",
        "{type: api-key, value: [x]} | 'value' of strategy 's' must be text, not a list",
        "text | strategy 's' must be a map of keys, not text",
        "{type: api-key, value: \"${foo:x}\"} | unknown kind of placeholder: ${foo:…}",
        "{type: api-key, value: \"${env:X\"} | a placeholder is not closed",
        "{type: api-key, value: \"${env:X:-${env:Y}}\"} | a placeholder cannot stand in another",
        "{type: api-key, value: \"${file:${var:x}/y}\"} | a placeholder cannot stand in another",
        "{type: api-key, value: \"${env:X:-$${Y}\"} | a placeholder cannot stand in another",
        "{type: api-key, value: \"${command:awk '{print}' x}\"} | (the placeholder ends at its first"
            + " '}': put what holds one into a script)",
        "{type: api-key, value: \"${var:x}\"} | no variable 'x' under vars",
        "{type: api-key, value: \"${token}\"} | unknown placeholder ${token}",
        "{type: api-key, value: x, header: \"${env:X}\"} | no placeholder can stand here but"
            + " ${var:NAME} of plain text",
        "{type: api-key, value: x, header: a b} | 'header' of strategy 's' is not a name",
        "{type: api-key, value: x, header: a, query: b} | names more than one of header, query",
        "{type: lazy-jwt} | strategy 's' has no 'login'",
        "{type: lazy-jwt, login: {url: \"https://a/\", token: x}} | 'token' of login of strategy 's' is not a JSON Pointer",
        "{type: lazy-jwt, login: {url: \"https://a/\"}, token: /x} | unknown key 'token' in strategy"
            + " 's' (write it within 'login')",
        "{type: lazy-jwt, login: {url: \"https://a/\"}, header: x} | (write it within 'apply')",
        "{type: api-key, value: x, status: 403} | (write it within 'rejected-when')",
        "{type: lazy-jwt, login: {url: \"https:///x\"}} | is not a URL",
        "{type: lazy-jwt, login: {url: \"https://a/\", cookies: [a]}} | unknown key 'cookies'",
        "{type: lazy-jwt, login: {url: \"https://a/\"}, lifetime: soon} | is not a duration: soon",
        "{type: lazy-jwt, login: {url: \"https://a/\"}, rejected-when: {status: 9}} | is not an"
            + " HTTP status",
        "{type: api-key, value: x, rejected-when: 403} | 'rejected-when' of strategy 's' must be a"
            + " map of keys, or a list of them, not a number",
        "{type: api-key, value: x, rejected-when: []} | 'rejected-when' of strategy 's' is an empty"
            + " list",
        "{type: api-key, value: x, rejected-when: [{}, 403]} | condition 2 in rejected-when of"
            + " strategy 's' must be a map of keys, not a number",
        "{type: api-key, value: x, rejected-when: [{}, {text: x}]} | unknown key 'text' in"
            + " condition 2 in rejected-when of strategy 's'",
        "{type: api-key, value: x, rejected-when: {body: []}} | 'body' of rejected-when of strategy"
            + " 's' is an empty list",
        "{type: pre-auth-2fa, login: {url: \"https://a/\"}} | strategy 's' has no 'pre-auth'",
        "{type: pre-auth-2fa, pre-auth: {url: \"https://a/\"}, code: {}, login: {url:"
            + " \"https://a/\"}} | needs one of totp, command, file and url",
        "{type: lazy-jwt, login: {url: 'https://a/', refused-when: {}}} | names neither status nor"
            + " body",
        "{type: lazy-jwt, login: {url: 'https://a/', refused-when: {status: 99}}} | is not an HTTP"
            + " status: 99",
        "{type: lazy-jwt, login: {url: 'https://a/', refused-when: {bdy: x}}} | unknown key 'bdy'",
        "{type: lazy-jwt, login: {url: 'https://a/', refused-when: x}} | must be a map of keys",
      })
  void aStrategysProblemIsNamed(String strategy, String problem) {
    assertThat(problems("strategies: {s: " + strategy + "}\n" + RULES))
        .singleElement()
        .asString()
        .startsWith("authgraft.yml:1:")
        .contains(problem);
  }

  /** What one mistake would hide is reported with it, and what would only follow from it is not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: api-kye, value: x, haeder: y} | unknown type 'api-kye' | unknown key 'haeder'",
        "{type: Lazy_JWT, login: {url: a.test/x}} | unknown type 'Lazy_JWT' | has no scheme",
        "{typ: api-key, haeder: y, value: x} | has no 'type' | unknown key 'typ' | unknown key"
            + " 'haeder'",
        "{type: basic, username: '${evn:U}', header: a b} | has no 'password' | unknown kind of"
            + " placeholder: ${evn:…} | is not a name",
        "{type: oauth2-client-credentials, token-url: a.test/x, client-secret: '${evn:S}', scope:"
            + " '${foo:y}'} | has no 'client-id' | has no scheme | ${evn:…} | ${foo:…}",
        "{type: lazy-jwt, logn: {ulr: a, method: a b, token: x}} | unknown key 'logn' | has no 'url'"
            + " | unknown key 'ulr' | 'A B' is not a method | is not a JSON Pointer",
        "{type: lazy-jwt, login: {json: {a: '${foo:x}'}, method: a b}} | has no 'url' | ${foo:…} |"
            + " 'A B' is not a method",
        "{type: lazy-jwt, login: 'https://a/', lifetime: x, aply: {heder: x}} | must be a map of"
            + " keys, not text | is not a duration | unknown key 'aply' | unknown key 'heder'",
        "{type: lazy-jwt, login: {url: 'https://a/', json: {}, form: {a: '${foo:x}'}}} | has both json"
            + " and form | ${foo:…}",
        "{type: lazy-jwt, login: {url: 'https://a/', headers: {'a b': '${foo:x}'}}} | is not a"
            + " header's name | ${foo:…}",
        "{type: lazy-jwt, login: {url: 'https://${evn:H}/x', timeout: 1s}} | ${evn:…} | unknown key"
            + " 'timeout'",
        "{type: api-key, value: x, rejected-wen: {bdy: [x], stauts: [9]}} | unknown key"
            + " 'rejected-wen' | unknown key 'bdy' | unknown key 'stauts' | is not an HTTP status",
        "{type: pre-auth-2fa, pre-auth: x, login: {url: 'https://a/', json: {a: '${pre-auth.token}',"
            + " b: '${cod}'}}} | 'pre-auth' of strategy 's' must be a map | unknown placeholder"
            + " ${cod}",
        "{type: pre-auth-2fa, pre-auth: {url: 'https://a/'}, login: {url: 'https://a/'}, code: {totp:"
            + " x, file: y, digts: 6, digits: 60}} | needs one of totp | unknown key 'digts' | must be"
            + " a number from 6 to 10",
        "{type: pre-auth-2fa, pre-auth: {url: 'https://a/'}, login: {url: 'https://a/'}, code: {ttop:"
            + " x, digits: 60, period: 30}} | needs one of totp | unknown key 'ttop' | must be a number from 6 to 10",
        "{type: pre-auth-2fa, pre-auth: {url: 'https://a/'}, login: {url: 'https://a/'}, code: {totp:"
            + " [x], digits: 60}} | 'totp' of code of strategy 's' must be text | must be a number"
            + " from 6 to 10",
      })
  void aMistakeHidesNoOtherOfItsStrategy(ArgumentsAccessor row) {
    List<String> found = problems("strategies: {s: " + row.getString(0) + "}\n" + RULES);
    for (int i = 1; i < row.size(); i++) {
      assertThat(String.join("\n", found)).containsOnlyOnce(row.getString(i));
    }
    assertThat(found).hasSize(row.size() - 1);
  }

  @Test
  void aTypeThatIsLikeNoneIsReportedAlone() {
    assertThat(problems("strategies: {s: {type: digest, haeder: x}}\n" + RULES))
        .containsExactly(
            "authgraft.yml:1:24: unknown type 'digest' of strategy 's' (known here: api-key, basic,"
                + " lazy-jwt, pre-auth-2fa, form-login, oauth2-client-credentials)");
  }

  @Test
  void aMisspeltSectionIsReadAsTheOneThatWasMeant() {
    assertThat(
            problems(
                """
                var: {host: a.example}
                secret: {comand: {timeout: x}}
                htpp: {timeout: 1, truststore: {pasword: x}}
                strategeis: {kyc: {type: api-key}, none: {type: basic, username: x}}
                rulse: [7, {host: "${var:host}", strategy: kyc}, {hots: [a b], strategy: kcy}]
                """))
        .containsExactly(
            "authgraft.yml:1:1: unknown key 'var' in the config (did you mean 'vars'?)",
            "authgraft.yml:2:1: unknown key 'secret' in the config (did you mean 'secrets'?)",
            "authgraft.yml:2:10: unknown key 'comand' in secrets of the config (did you mean"
                + " 'command'?)",
            "authgraft.yml:2:28: 'timeout' of command of secrets of the config is not a duration: x"
                + " (write 500ms, 30s, 2h45m or ISO-8601)",
            "authgraft.yml:3:1: unknown key 'htpp' in the config (did you mean 'http'?)",
            "authgraft.yml:3:17: 'timeout' of http of the config is not a duration: 1 (write 500ms,"
                + " 30s, 2h45m or ISO-8601)",
            "authgraft.yml:3:20: trust-store of http of the config has no 'file' (name a PKCS#12 or"
                + " JKS file)",
            "authgraft.yml:3:20: unknown key 'truststore' in http of the config (did you mean"
                + " 'trust-store'?)",
            "authgraft.yml:3:33: unknown key 'pasword' in trust-store of http of the config (did you"
                + " mean 'password'?)",
            "authgraft.yml:4:1: unknown key 'strategeis' in the config (did you mean 'strategies'?)",
            "authgraft.yml:4:14: strategy 'kyc' has no 'value' (write ${env:NAME})",
            "authgraft.yml:4:36: a strategy cannot be called 'none', which in a rule means no"
                + " credential (rename it)",
            "authgraft.yml:4:36: strategy 'none' has no 'password' (write ${env:NAME})",
            "authgraft.yml:5:1: unknown key 'rulse' in the config (did you mean 'rules'?)",
            "authgraft.yml:5:9: rule 1 must be a map of keys, not a number",
            "authgraft.yml:5:51: unknown key 'hots' in rule 3 (did you mean 'host'?)",
            "authgraft.yml:5:58: host 'a b' has a character that no host has: ' '",
            "authgraft.yml:5:74: no strategy 'kcy' (did you mean 'kyc'?)");
  }

  /** A list of strategies is one mistake; that a rule's strategy is not among them is no second. */
  @Test
  void rulesAreNotBlamedForStrategiesThatCannotBeRead() {
    assertThat(
            problems(
                """
                strategies: [{type: api-key, value: x}]
                rules: [{host: a.example, strategy: kyc}]
                """))
        .containsExactly(
            "authgraft.yml:1:13: 'strategies' of the config must be a map of keys, not a list");
  }

  /** What the key may have meant has a value already, which is the one that counts. */
  @Test
  void aMisspeltKeyBesideTheRightOneIsOnlyNamed() {
    assertThat(problems("http: {timeout: 1s}\nhtpp: {timeout: x}\n" + RULES))
        .containsExactly(
            "authgraft.yml:2:1: unknown key 'htpp' in the config (did you mean 'http'?)");
  }

  @Test
  void thePasswordOfAStoreWithoutAFileIsRead() {
    assertThat(problems("http: {trust-store: {password: '${evn:P}'}}\n" + RULES))
        .hasSize(2)
        .anyMatch(line -> line.contains("has no 'file'"))
        .anyMatch(line -> line.contains("${evn:…} (did you mean 'env'?)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{strategy: none} | rule 1 has no 'host'",
        "{host: a.example} | rule 1 has no 'strategy'",
        "{host: \"https://a.example\", strategy: none} | is a host, not a URL",
        "{host: a.example/x, strategy: none} | is a host alone",
        "{host: \"z:b:c\", strategy: none} | has a character that no host has: 'z'",
        "{host: \"a.example:99999\", strategy: none} | has no valid port",
        "{host: \"a*.example\", strategy: none} | may hold '*' as its first label only",
        "{host: a.example, path: x, strategy: none} | must start with '/'",
        "{host: a.example, path: /a*, strategy: none} | may hold '*' as a whole segment only",
        "{host: a.example, path: \"/{id}\", strategy: none} | may hold no braces (write * for '{id}')",
        "{host: a.example, method: get, strategy: none} | is not a method",
        "{host: a.example, scheme: ftp, strategy: none} | it can be",
        "{host: a.example, existing: keeep, strategy: none} | (did you mean 'keep'?)",
        "{host: a.example, existing: \"${env:X}\", strategy: none} | no placeholder can stand here but"
            + " ${var:NAME} of plain text",
        "{host: \"${env:NO_SUCH_VARIABLE}\", strategy: none} | environment variable"
            + " NO_SUCH_VARIABLE is not set",
        "{host: \"${env:PTAH}\", strategy: none} | environment variable PTAH is not set (did you mean"
            + " 'PATH'?)",
        "7 | rule 1 must be a map of keys, not a number",
      })
  void aRulesProblemIsNamed(String rule, String problem) {
    assertThat(problems("rules:\n  - " + rule + "\n"))
        .singleElement()
        .asString()
        .startsWith("authgraft.yml:2:")
        .contains(problem);
  }

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
  void whatAVariableHoldsIsNotRepeated(String rule, String problem) {
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
