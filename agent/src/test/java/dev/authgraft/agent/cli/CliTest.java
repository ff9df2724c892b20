package dev.authgraft.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.authgraft.agent.terminal.DisplayWidth;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** What commands write, for people and for machines. */
class CliTest {
  private static final List<String> COMMANDS =
      List.of("check", "explain", "login", "ps", "attach", "init", "schema", "completion");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private String good = "";
  private String bad = "";

  @BeforeEach
  void writeConfigs() throws IOException {
    StringBuilder yaml = new StringBuilder("strategies:\n");
    for (int i = 1; i <= 20; i++) {
      yaml.append("  a-strategy-with-a-long-name-%d:\n".formatted(i))
          .append("    type: lazy-jwt\n    login: {url: 'https://login-server-%d.".formatted(i))
          .append("region.example.com/auth/realms/company/protocol/openid-connect/token'}\n");
    }
    yaml.append("rules:\n");
    for (int i = 1; i <= 20; i++) {
      yaml.append(
              "  - host: [api-%d.eu-central.example.com, '*.apps-%d.example.com']\n"
                  .formatted(i, i))
          .append("    path: [/api/v1/files/**, /api/v1/provider-profile/*/documents/**, /x]\n")
          .append("    method: [GET, POST, PUT, DELETE]\n")
          .append("    strategy: a-strategy-with-a-long-name-%d\n".formatted(i));
    }
    good = Files.writeString(directory.resolve("authgraft.yml"), yaml).toString();
    bad =
        Files.writeString(
                directory.resolve("bad.yml"),
                "strategies: {k: {type: api-key, valeu: canary}}\nrules: 7\n")
            .toString();
  }

  private record Run(int status, String out, String err) {
    List<String> lines() {
      return (out + err).lines().toList();
    }

    Map<?, ?> json() {
      assertThat(err).isEmpty();
      return new Yaml().load(out); // JSON is YAML
    }
  }

  private static Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Cli.commands(words);
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = commands.execute(words);
    return new Run(status, out.toString(), err.toString());
  }

  private static void assertFits(Run run) {
    assertThat(run.lines()).isNotEmpty().allMatch(line -> DisplayWidth.count(line) <= 80, "fits");
  }

  @Test
  void tablesOfCheckFit() {
    Run run = run("check", "--config", good);
    assertThat(run.status).isZero();
    assertThat(run.lines())
        .filteredOn(line -> line.startsWith("  "))
        .hasSizeGreaterThan(60)
        .allMatch(line -> DisplayWidth.count(line) <= 80, "fits");
    assertThat(run.out).contains(" LINE\n", " 63:5\n", " 139:5\n");
  }

  @Test
  void helpFitsAndListsTheExitStatus() {
    for (String command : COMMANDS) {
      Run run = run(command, "--help");
      assertThat(run.status).isZero();
      assertFits(run);
      assertThat(run.out).contains("Usage: authgraft " + command, "Exit status:", "  78   the");
    }
    assertFits(run("--help"));
    assertThat(run("--help").out).contains(COMMANDS);
  }

  @Test
  void explainTellsOfEachOfTwentyRulesWhyNot() {
    Run run = run("explain", "GET", "https://api-20.eu-central.example.com/x", "--config", good);
    assertThat(run.status).isZero();
    assertThat(run.lines()).filteredOn(line -> line.startsWith("  not rule ")).hasSize(19);
    assertThat(run.out)
        .contains(
            "  not rule 7 (authgraft.yml:87:5): the host is not api-7.eu-central.example.com or"
                + " *.apps-7.example.com\n");
    String host = "https://api-1.eu-central.example.com";
    assertThat(run("explain", "PATCH", host + "/x", "--config", good).out)
        .contains("rule 1 (authgraft.yml:63:5): the method is PATCH, not GET, POST, PUT or DELETE");
    assertThat(run("explain", "GET", host + "/y", "--config", good).out)
        .contains(
            "the path is not /api/v1/files/**, /api/v1/provider-profile/*/documents/** or /x");
    assertThat(run("explain", "GET", host + ":8443/x", "--config", good).out)
        .contains("the port is 8443, which 'api-1.eu-central.example.com' does not mean");
  }

  /** OkHttp asks for one by http or https, and so rules see it. */
  @Test
  void aWebSocketIsTheRequestThatItBeginsAs() {
    String host = "://api-1.eu-central.example.com";
    for (String scheme : List.of("wss", "WSS")) {
      assertThat(run("explain", "GET", scheme + host + "/x?y", "--config", good).lines())
          .startsWith("GET https" + host + "/x")
          .anyMatch(line -> line.startsWith("decided by rule 1 (authgraft.yml:63:5): strategy"));
    }
    assertThat(run("explain", "GET", "ws" + host + "/x", "--config", good).out)
        .startsWith("GET http" + host + "/x\n")
        .contains("rule 1 (authgraft.yml:63:5): the scheme is http; the rule says nothing of it");
    for (String none : List.of("wsx" + host, "ws:/x", "https://a.example:65536/", "ftp" + host)) {
      Run run = run("explain", "GET", none, "--config", good);
      assertThat(run.status).isEqualTo(2);
      assertThat(run.err).startsWith("not an absolute http, https, ws or wss URL: " + none);
    }
    assertThat(run("explain", "GET", "https://a.example\\@b.example/", "--config", good).status)
        .isEqualTo(2);
  }

  @Test
  void explainSaysWhatKeepsACredentialFromBeingSent() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("keeping.yml"),
            """
            mode: apply
            strategies: {k: {type: api-key, header: X-Key, value: canary}}
            rules:
              - {host: a.example, path: /keep, strategy: k}
              - {host: a.example, path: /replace, strategy: k, existing: replace}
              - {host: a.example, path: /none, strategy: none}
            """);
    assertThat(lastOfExplain("keep", config))
        .isEqualTo("sets X-Key: ██, unless the program does so itself (existing: keep)");
    assertThat(lastOfExplain("replace", config)).isEqualTo("sets X-Key: ██");
    assertThat(lastOfExplain("none", config)).isEqualTo("sent untouched");
    assertThat(
            run("explain", "GET", "https://a.example/keep", "--config", config.toString()).lines())
        .contains("rejected by status 401");
    Files.writeString(config, Files.readString(config).replace("mode: apply", "mode: observe"));
    assertThat(lastOfExplain("replace", config))
        .isEqualTo("would set X-Key: ██; but sent untouched: the config says mode: observe");
  }

  private static String lastOfExplain(String path, Path config) {
    String url = "https://a.example/" + path;
    List<String> lines = run("explain", "GET", url, "--config", config.toString()).lines();
    return lines.get(lines.size() - 1);
  }

  @Test
  void everyLineOfExplainFitsWhereATerminalShowsIt() {
    Run run = run("explain", "GET", "https://other.example/x", "--config", good);
    for (String line : run.lines()) {
      assertThat(Wrapping.sentence(line, 80).lines())
          .allMatch(piece -> DisplayWidth.count(piece) <= 80, "fits");
    }
  }

  @Test
  void problemsAreLinesOnAPipeAndHaveACaretWithColor() {
    Run plain = run("check", "--config", bad);
    assertThat(plain.status).isEqualTo(78);
    assertThat(plain.err.lines())
        .allMatch(line -> line.matches("\\Q" + bad + "\\E:\\d+:\\d+: .*"))
        .hasSize(3);
    Run colored = run("check", "--config", bad, "--color=always");
    assertThat(colored.status).isEqualTo(78);
    assertThat(colored.err).contains("\u001b[1;31m^").doesNotContain("canary");
    assertThat(run("check", "--config", bad, "--color", "never").err).isEqualTo(plain.err);
  }

  @Test
  void checkIsJson() {
    Map<?, ?> json = run("check", "--json", "--config", good).json();
    assertThat(json.keySet().toString())
        .isEqualTo("[command, result, warnings, rules, strategies]");
    assertThat(json.get("command")).isEqualTo("check");
    assertThat(json.get("result")).isEqualTo("good");
    Map<?, ?> rule = (Map<?, ?>) ((List<?>) json.get("rules")).get(1);
    assertThat(rule.toString())
        .isEqualTo(
            "{number=2, methods=[GET, POST, PUT, DELETE],"
                + " hosts=[api-2.eu-central.example.com, *.apps-2.example.com],"
                + " paths=[/api/v1/files/**, /api/v1/provider-profile/*/documents/**, /x],"
                + " strategy=a-strategy-with-a-long-name-2, position=authgraft.yml:67:5}");
    Map<?, ?> strategy = (Map<?, ?>) ((List<?>) json.get("strategies")).get(0);
    assertThat(strategy.keySet().toString()).isEqualTo("[name, type, sets, login]");
  }

  @Test
  void problemsAreJson() {
    Run run = run("check", "--json", "--config", bad);
    assertThat(run.status).isEqualTo(78);
    assertThat(run.json().get("result")).isEqualTo("bad-config");
    List<?> problems = (List<?>) run.json().get("problems");
    assertThat(problems).hasSize(3);
    assertThat(((Map<?, ?>) problems.get(0)).keySet().toString())
        .isEqualTo("[file, line, column, text]");
    assertThat(run.out).doesNotContain("canary");
  }

  @Test
  void explanationIsJson() {
    Run run = run("explain", "--json", "GET", "https://b.apps-3.example.com/x", "--config", good);
    assertThat(run.status).isZero();
    assertThat(run.json().toString())
        .startsWith(
            "{command=explain, result=decided, target=GET https://b.apps-3.example.com/x,"
                + " ambiguousPath=false, passedOver=[rule 1 ")
        .endsWith(
            "rule=rule 3 (authgraft.yml:71:5), strategy=a-strategy-with-a-long-name-3,"
                + " keepsExisting=true, observed=false, sets=Authorization: Bearer ██,"
                + " rejectedBy=status 401}");
    Run none = run("explain", "--json", "GET", "https://other.example/x", "--config", good);
    assertThat(none.status).isEqualTo(1);
    assertThat(none.json().get("result")).isEqualTo("no-rule");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 usage check --nope",
        "2 usage explain GET nothing",
        "2 usage login",
        "2 usage login nobody",
        "78 bad-config check --config none.yml",
        "2 usage check --log shout",
        "78 bad-config attach 999999999 --config none.yml",
      })
  void mistakesAreJson(String expected) {
    String[] parts = expected.split(" ", 3);
    List<String> words = new ArrayList<>(List.of(parts[2].split(" ")));
    words.add("--json");
    if (!parts[2].contains("--config")) {
      words.addAll(List.of("--config", good));
    }
    Run run = run(words.toArray(new String[0]));
    assertThat(run.status).isEqualTo(Integer.parseInt(parts[0]));
    assertThat(run.json().get("result")).isEqualTo(parts[1]);
    assertThat(run.json().get("command")).isEqualTo(words.get(0));
  }

  @Test
  void attachNamesAMissingConfigAndWhatToDoAboutIt() {
    String none = directory.resolve("none.yml").toString();
    Run run = run("attach", "999999999", "--config", none);
    assertThat(run.status).isEqualTo(78);
    assertThat(run.out).isEmpty();
    assertThat(run.err.trim())
        .isEqualTo(
            "not attached to 999999999: config file not found: %s (name another with --config FILE)"
                .formatted(none));
  }

  @Test
  void whatAFullDiskDidNotTakeIsKnown() throws IOException {
    assumeThat(Path.of("/dev/full")).exists();
    StandardOutput full = new StandardOutput(new FileOutputStream("/dev/full"));
    new PrintWriter(full.writer(), true).println("{}");
    assertThat(full.isBroken()).isTrue();
  }

  @Test
  void processesAreJson() {
    Run run = run("ps", "--json");
    assertThat(run.status).isZero();
    assertThat((List<?>) run.json().get("processes"))
        .anySatisfy(
            process ->
                assertThat(((Map<?, ?>) process).get("pid"))
                    .isEqualTo(String.valueOf(ProcessHandle.current().pid())));
  }

  @Test
  void everyMemberAndCommandIsDocumented() throws IOException {
    String document = Files.readString(Path.of("../docs/command-line.md"));
    Set<String> members = new TreeSet<>();
    for (Run run :
        List.of(
            run("check", "--json", "--config", good),
            run("check", "--json", "--config", bad),
            run("check", "--json", "--nope"),
            run("explain", "--json", "GET", "https://other.example/x", "--config", good),
            run("ps", "--json"))) {
      addMembers(run.json(), members);
    }
    assertThat(members).hasSizeGreaterThan(20);
    for (String member : members) assertThat(document).contains("`" + member + "`");
    for (String command : COMMANDS) assertThat(document).contains("| `" + command);
  }

  private static void addMembers(Object value, Set<String> members) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, item) -> {
            members.add(String.valueOf(name));
            addMembers(item, members);
          });
    }
    if (value instanceof List<?> list) for (Object item : list) addMembers(item, members);
  }

  @Test
  void schemaIsTheOneOfTheExamples() throws IOException {
    Run run = run("schema");
    assertThat(run.status).isZero();
    assertThat(run.out)
        .isEqualToNormalizingNewlines(
            Files.readString(Path.of("../config-examples/authgraft.schema.json")));
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path script = Files.writeString(directory.resolve("completion.sh"), run("completion").out);
    assertThat(completed(script, "ch")).containsExactly("check");
    assertThat(completed(script, "check", "--co")).containsExactlyInAnyOrder("--color", "--config");
    assertThat(completed(script, "check", "--color", "al")).containsExactly("always");
    assertThat(completed(script, "init", "--for")).containsExactly("--force");
    String file = directory.resolve("bad.yml").toString();
    String start = directory.resolve("ba").toString();
    for (String option : List.of("--config", "--extensions")) {
      assertThat(completed(script, "check", option, start)).containsExactly(file);
      assertThat(completed(script, "attach", "17", option, start)).containsExactly(file);
    }
    assertThat(completed(script, "init", start)).containsExactly(file);
    assertThat(completed(script, "init", "-o", start)).containsExactly(file);
  }

  /** Returns what bash offers for the last of {@code words}. */
  private List<String> completed(Path script, String... words) throws Exception {
    String line =
        "source '%s'; compopt() { :; }; COMP_WORDS=(authgraft %s); COMP_CWORD=%d; _complete_authgraft;"
                .formatted(script, String.join(" ", words), words.length)
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    try {
      bash.getOutputStream().close();
      String offered = new String(bash.getInputStream().readAllBytes());
      assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return offered.lines().map(String::trim).toList();
    } finally {
      bash.destroyForcibly();
    }
  }

  @Test
  void wrappedTextLosesNothing() {
    String text = "a, bb/ccc.dddd 日本語日本語 " + "x".repeat(30);
    for (int width = 8; width < 60; width++) {
      int limit = width;
      List<String> lines = Wrapping.of(text, width);
      assertThat(lines).allMatch(line -> DisplayWidth.count(line) <= limit);
      assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }
  }
}
