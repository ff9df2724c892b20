package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.KycApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  void loginShowsTheTokenToWhoAsksForIt(Jdk jdk) throws Exception {
    Run run = run(jdk, 0, "login", "kyc", "--show-token");
    URI url = api.url("/api/v1/items");
    String token = run.out.get(run.out.size() - 1);
    HttpRequest request =
        HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
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
    for (String command : List.of("check", "explain", "login", "attach", "ps")) {
      assertThat(run(jdk, 0, command, "--help").out).first().asString().contains(command);
    }
  }

  /** Runs a command and searches what it says for every secret of the config. */
  private Run run(Jdk jdk, int status, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(jdk.tool("java"), "-jar", Programs.agent().toString()));
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
