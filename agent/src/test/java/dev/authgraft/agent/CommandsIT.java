package dev.authgraft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.KycApi;
import dev.authgraft.testing.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** The command line, run as a user does. */
class CommandsIT {
  private final KycApi api = new KycApi();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void writeConfig() throws IOException {
    Files.writeString(directory.resolve("password"), ApiServer.AWKWARD_PASSWORD + "\n");
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          kyc:
            type: form-login
            login:
              url: %s
              form: {username: %s, password: "${file:password}", grant_type: password}
          key: {type: api-key, header: x-api-key, value: canary}
        rules:
          - {host: kyc.example, path: /api/v1/**, strategy: kyc}
          - {host: assured.example, strategy: key}
        """
            .formatted(api.url("/auth/jwt/login"), KycApi.USERNAME));
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void checkShowsWhatAGoodConfigSays(Jdk jdk) throws Exception {
    Run run = run(jdk, 0, "check");
    assertThat(run.err).isEmpty();
    assertThat(run.out)
        .anyMatch(line -> line.matches(" +1 +any +kyc\\.example +/api/v1/\\*\\* +kyc +.*"))
        .anyMatch(line -> line.matches(" +key +api-key +x-api-key: .*"))
        .last()
        .isEqualTo("good: 2 rules, 2 strategies");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void checkNamesEveryProblem(Jdk jdk) throws Exception {
    Path bad = directory.resolve("bad.yml");
    Files.writeString(bad, "strategies: {k: {type: api-key, valeu: canary}}\nrules: 7\n");
    Files.writeString(directory.resolve("bad-prod.yml"), "http: {timeout: soon}\n");
    Run run = run(jdk, 78, "check", "--config", "bad.yml", "--env", "prod");
    assertThat(run.out).isEmpty();
    assertThat(run.err)
        .allMatch(line -> line.matches("\\Q" + directory + "\\E/bad(-prod)?\\.yml:\\d+:\\d+: .+"))
        .anyMatch(line -> line.startsWith(bad + ":1:"))
        .anyMatch(line -> line.startsWith(bad + ":2:"))
        .anyMatch(line -> line.startsWith(directory.resolve("bad-prod.yml") + ":1:"));
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void missingConfigIsABadOne(Jdk jdk) throws Exception {
    for (String command : List.of("check", "explain GET http://a/", "login kyc")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--config", "none.yml"));
      Run run = run(jdk, 78, words.toArray(new String[0]));
      assertThat(run.out).isEmpty();
      assertThat(run.err).singleElement().asString().contains("none.yml");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void explainTellsTheRuleAndWhyNotTheOthers(Jdk jdk) throws Exception {
    Run run = run(jdk, 0, "explain", "get", "https://assured.example/api/v1/files?a=b");
    assertThat(run.err).isEmpty();
    assertThat(run.out)
        .anyMatch(line -> line.startsWith("  not rule 1 (authgraft.yml:9:5): "))
        .anyMatch(line -> line.equals("decided by rule 2 (authgraft.yml:10:5): strategy key"))
        .anyMatch(line -> line.startsWith("sets x-api-key: "));

    assertThat(run(jdk, 1, "explain", "GET", "https://kyc.example/other").out)
        .last()
        .isEqualTo("no rule matches: the request is sent untouched");
    assertThat(run(jdk, 2, "explain", "GET", "kyc.example").err).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void loginTellsWhatCameBackButNotTheToken(Jdk jdk) throws Exception {
    Run run = run(jdk, 0, "login", "kyc");
    assertThat(run.err).isEmpty();
    assertThat(run.out.get(0)).matches("logged in after \\d+ ms: JWT");
    assertThat(run.out.get(1)).matches("expires 20\\S+Z, renewed from 20\\S+Z on");
    assertThat(run.out.get(2)).isEqualTo("renewed by logging in again");
    assertThat(run.out.subList(3, run.out.size()))
        .anyMatch(line -> line.matches("  sub: \\S+"))
        .anyMatch(line -> line.equals("  aud: [fastapi-users:auth]"))
        .anyMatch(line -> line.matches("  exp: \\d+ \\(20\\S+Z\\)"))
        .hasSize(3);
    assertThat(run.out).noneMatch(line -> line.contains("eyJ")); // as every JWT starts
    assertThat(api.counts()).containsEntry("login", 1).containsEntry("login-refused", 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void loginShowsTheTokenIfAskedTo(Jdk jdk) throws Exception {
    Run run = run(jdk, 0, "login", "kyc", "--show-token");
    URI url = api.url("/api/v1/items");
    String token = run.out.get(run.out.size() - 1);
    HttpRequest request =
        HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  /** Numbers that are no time, and letters that a terminal obeys. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void loginShowsClaimsThatMakeNoSense(Jdk jdk) throws Exception {
    String claims = "{\"exp\":1000000000000000000,\"iat\":1e999,\"sub\":\"\\u001b[31m\\u0007x\"}";
    String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
    Reply token = Reply.json(200, Map.of("access_token", "e30." + payload + ".x"));
    api.answerNext("/auth/jwt/login", token, token);
    Run run = run(jdk, 0, "login", "kyc");
    assertThat(run.err).isEmpty();
    assertThat(run.out)
        .contains("  exp: 1000000000000000000", "  sub: \ufffd[31m\ufffdx")
        .noneMatch(line -> line.indexOf('\u001b') >= 0);
    Run json = run(jdk, 0, "login", "kyc", "--json");
    try (JsonParser parser = new JsonFactory().createParser(String.join("\n", json.out))) {
      while (parser.nextToken() != null) parser.getText();
    }
    assertThat(json(json).get("claims")).asString().startsWith("{exp=1000000000000000000, iat=");
  }

  /**
   * java.time takes an offset for an instant from 12 on; what a program gets must not depend on it.
   */
  @ParameterizedTest
  @EnumSource
  void anEndWithAnOffsetIsTheSameOnEveryJdk(Jdk jdk) throws Exception {
    String[] ends = {
      "2124-03-01T14:00:00+01:00", "2124-03-01 13:00:00+00:00", "+1000000000-12-31T0"
    };
    for (String end : ends) {
      Map<String, Object> answer = Map.of("access_token", "opaque", "expires_in", end);
      api.answerNext("/auth/jwt/login", Reply.json(200, answer));
    }
    for (int i = 0; i < 2; i++) {
      Object expires = json(run(jdk, 0, "login", "kyc", "--json")).get("expiresAt");
      assertThat(Instant.parse(String.valueOf(expires)))
          .isBetween(Instant.parse("2124-03-01T12:50:00Z"), Instant.parse("2124-03-01T13:10:00Z"));
    }
    Map<String, Object> unknown = json(run(jdk, 0, "login", "kyc", "--json"));
    assertThat(unknown).containsEntry("result", "logged-in");
    assertThat(unknown.get("expiresAt")).isNull();
  }

  /** Its 422 has all that was sent in its body. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void refusedLoginRepeatsNothingOfItsAnswer(Jdk jdk) throws Exception {
    Path config = directory.resolve("authgraft.yml");
    Files.writeString(config, Files.readString(config).replace("username: ", "user: "));
    Run run = run(jdk, 1, "login", "kyc");
    assertThat(api.count("login-refused")).isEqualTo(1);
    assertThat(run.out).isEmpty();
    assertThat(run.err).singleElement().asString().startsWith("no login: ").contains("422");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void wrongUsageIsTold(Jdk jdk) throws Exception {
    assertThat(run(jdk, 2, "login", "kyk").err).anyMatch(line -> line.contains("kyk"));
    assertThat(run(jdk, 2, "chek").err).anyMatch(line -> line.contains("check"));
    assertThat(run(jdk, 2).err).anyMatch(line -> line.contains("login"));
    for (String command : List.of("check", "explain", "login", "attach", "ps", "init", "schema")) {
      assertThat(run(jdk, 0, command, "--help").out).first().asString().contains(command);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void resultsOfCommandsAreJson(Jdk jdk) throws Exception {
    assertThat(json(run(jdk, 0, "check", "--json")).get("result")).isEqualTo("good");
    assertThat(json(run(jdk, 1, "explain", "--json", "GET", "https://kyc.example/other")))
        .containsEntry("result", "no-rule");
    assertThat(json(run(jdk, 78, "login", "kyc", "--json", "--config", "none.yml")))
        .containsEntry("result", "bad-config");
    assertThat(json(run(jdk, 0, "ps", "--json"))).containsKey("processes");
    assertThat(json(run(jdk, 1, "attach", "999999999", "--json")))
        .containsEntry("result", "failed")
        .hasEntrySatisfying("error", e -> assertThat(e).asString().contains("cannot attach"));
    Map<String, Object> login = json(run(jdk, 0, "login", "kyc", "--json"));
    assertThat(login.keySet().toString())
        .isEqualTo("[command, result, millis, kind, expiresAt, renewedFrom, refresh, claims]");
    assertThat(login).containsEntry("kind", "JWT").containsEntry("result", "logged-in");
    Map<String, Object> shown = json(run(jdk, 0, "login", "kyc", "--json", "--show-token"));
    assertThat(shown.get("token")).asString().startsWith("eyJ");
    assertThat(api.count("login")).isEqualTo(2);
    api.close();
    assertThat(json(run(jdk, 1, "login", "kyc", "--json"))).containsEntry("result", "no-login");
  }

  private static Map<String, Object> json(Run run) {
    assertThat(run.err).isEmpty();
    return new Yaml().load(String.join("\n", run.out)); // JSON is YAML
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void checkCoversEachEnvironment(Jdk jdk) throws Exception {
    Path base = Path.of("../config-examples/environments/authgraft.yml").toAbsolutePath();
    for (String environment : List.of("dev", "staging", "prod")) {
      Run run = run(jdk, 0, "check", "--config", base.toString(), "--env", environment);
      assertThat(run.out).last().asString().startsWith("good: ");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void initWritesAConfigThatCheckAccepts(Jdk jdk) throws Exception {
    Files.writeString(
        directory.resolve("api.yaml"),
        """
        openapi: 3.1.0
        info: {title: T, version: "1"}
        servers: [{url: "https://api.example/v1"}]
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
        security: [{key: []}]
        paths: {/a: {get: {}}, "/b/{id}": {get: {}}}
        """);
    assertThat(run(jdk, 2, "init", "api.yaml").err).first().asString().contains("--force");
    assertThat(run(jdk, 0, "init", "api.yaml", "-o", "new.yml").out)
        .first()
        .isEqualTo("wrote new.yml: 2 operations");
    assertThat(run(jdk, 0, "check", "--config", "new.yml").out)
        .last()
        .isEqualTo("good: 1 rule, 1 strategy");
    assertThat(
            run(jdk, 0, "explain", "GET", "https://api.example/v1/b/7", "--config", "new.yml").out)
        .anyMatch(line -> line.startsWith("sets X-Key: "));
    run(jdk, 0, "init", "api.yaml", "-o", "new.yml", "--force");
    assertThat(run(jdk, 0, "init", "api.yaml", "-o", "-").out)
        .isEqualTo(Files.readAllLines(directory.resolve("new.yml")));
    assertThat(run(jdk, 1, "init", "none.yaml").err).containsExactly("none.yaml does not exist");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void jarCarriesTheSchemaAndTheCompletion(Jdk jdk) throws Exception {
    assertThat(run(jdk, 0, "schema").out)
        .isEqualTo(Files.readAllLines(Path.of("../config-examples/authgraft.schema.json")));
    assertThat(run(jdk, 0, "completion").out)
        .contains(
            "complete -F _complete_authgraft -o default authgraft authgraft.sh authgraft.bash");
  }

  /** Each stream is looked at by itself, whatever the others are. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_21", "JDK_25"})
  void caretIsForATerminalAlone(Jdk jdk) throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    Files.writeString(directory.resolve("bad.yml"), "rules: [{host: a.example, strategy: nun}]\n");
    String java = String.join(" ", jdk.java());
    String check = java + " -jar " + Programs.agent() + " check --config bad.yml";
    String problem = ":1:37: no strategy 'nun' (known here: none)";
    assertThat(terminal(Map.of(), check))
        .anyMatch(line -> line.contains("\u001b[1;31m^^^\u001b[0m"));
    assertThat(terminal(Map.of("NO_COLOR", "1"), check))
        .anyMatch(line -> line.endsWith(problem))
        .anyMatch(line -> line.endsWith("|                                     ^^^"));
    assertThat(terminal(Map.of(), check + " 2>err.txt")).isEmpty();
    assertThat(Files.readAllLines(directory.resolve("err.txt")))
        .singleElement()
        .asString()
        .endsWith(problem);
    String start = java + " -javaagent:" + Programs.agent() + "=bad.yml -version 2>&1 >/dev/null";
    assertThat(terminal(Map.of("NO_COLOR", "1"), start + "| grep -v Picked | cat"))
        .noneMatch(line -> line.contains("^^^"));
  }

  /** Returns what a command writes to a terminal of its own. */
  private List<String> terminal(Map<String, String> variables, String command) throws Exception {
    List<String> words = List.of("/usr/bin/script", "-qec", command, "/dev/null");
    Map<String, String> terminal = new HashMap<>(variables);
    terminal.put("TERM", "xterm");
    terminal.put("COLUMNS", "200");
    try (Child child = Child.start(directory, terminal, words)) {
      child.status();
      return child.out();
    }
  }

  /** Runs a command and searches what it says for every secret of the config. */
  private Run run(Jdk jdk, int status, String... words) throws Exception {
    List<String> command = jdk.java("-jar", Programs.agent().toString());
    command.addAll(List.of(words));
    try (Child child = Child.start(directory, command)) {
      assertThat(child.exit()).as("%s: %s", List.of(words), child.err()).isEqualTo(status);
      for (List<String> said : List.of(child.out(), child.err())) {
        assertThat(said)
            .noneMatch(line -> line.contains("canary") || line.contains("a&b=c"))
            .noneMatch(line -> line.contains("\tat "));
      }
      return new Run(child.out(), child.err());
    }
  }

  private record Run(List<String> out, List<String> err) {}
}
