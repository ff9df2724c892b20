package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** Each problem is named with its place and the remedy, and all are named together. */
public final class ConfigProblemsTest extends ConfigProblemsFixture {
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
}
