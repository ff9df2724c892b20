package dev.authgraft.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.agent.start.AgentLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caret stands below what it is about, cell by cell. */
class ConfigProblemPrinterTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  /** Returns the lines below the first problem's own. */
  private List<String> printed(String yaml, boolean color, int width) throws IOException {
    Path file = Files.writeString(directory.resolve("authgraft.yml"), yaml);
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> Authgraft.builder(file).log(new AgentLog(null, System.err)).inspect().close());
    List<String> lines =
        new ConfigProblemPrinter(color, width).print(refused.problems().get(0)).lines().toList();
    assertThat(lines.get(0).replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(refused.problems().get(0).toString().replace('\u001b', '\ufffd'));
    return lines.subList(1, lines.size());
  }

  private List<String> printed(String yaml) throws IOException {
    return printed(yaml, false, 80);
  }

  @Test
  void plainTextIsUnderlined() throws IOException {
    assertThat(printed("rules:\n  - {host: a.example, strategy: nun}\n"))
        .containsExactly(
            " 2 |   - {host: a.example, strategy: nun}", //
            "   |                                 ^^^");
  }

  @Test
  void wideCharactersTakeTwoCells() throws IOException {
    assertThat(printed("rules:\n  - {host: 日本.example, strategy: 認証}\n"))
        .containsExactly(
            " 2 |   - {host: 日本.example, strategy: 認証}",
            "   |                                    ^^^^");
  }

  @Test
  void combiningMarksTakeNone() throws IOException {
    assertThat(printed("rules:\n  - {host: e\u0301.example, strategy: nun}\n"))
        .containsExactly(
            " 2 |   - {host: e\u0301.example, strategy: nun}",
            "   |                                 ^^^");
  }

  @Test
  void tabTakesFourCells() throws IOException {
    assertThat(printed("rules:\n  - {host: a.example,\tstrategy: nun}\n"))
        .containsExactly(
            " 2 |   - {host: a.example,    strategy: nun}",
            "   |                                    ^^^");
  }

  @Test
  void longLineIsCutAroundThePlace() throws IOException {
    String long_ = "/a".repeat(200);
    List<String> lines =
        printed(
            "rules:\n  - {host: a, path: " + long_ + ", strategy: nun, method: GET, scheme: any}\n",
            false,
            60);
    assertThat(lines).allMatch(line -> line.length() <= 60);
    assertThat(lines.get(0)).contains("…").contains("strategy: nun");
    assertThat(lines.get(1).indexOf('^')).isEqualTo(lines.get(0).indexOf("nun"));
  }

  @Test
  void aLongWordIsCut() throws IOException {
    List<String> lines =
        printed("rules:\n  - {host: a, strategy: " + "nun".repeat(99) + "}\n", false, 60);
    assertThat(lines).allMatch(line -> line.length() <= 60);
    assertThat(lines.get(1).trim()).endsWith("^^^");
  }

  @Test
  void nothingOfTheFileControlsTheTerminal() throws IOException {
    assertThat(printed("rules:\n  - {host: a.example, \"p\\e[31m\": x, strategy: none}\n"))
        .first()
        .asString()
        .doesNotContain("\u001b");
    assertThat(printed("rules:\r\n  - {host: a, strategy: nun}\r\n"))
        .allMatch(l -> !l.contains("\r"));
  }

  @Test
  void firstOfTwoIsShownToo() throws IOException {
    assertThat(printed("vars:\n  a: x\n  b: y\n  a: z\nrules: []\n"))
        .containsExactly(
            " 2 |   a: ██", //
            "   |   - first here",
            " 4 |   a: ██",
            "   |   ^");
  }

  @Test
  void colorsAreSwitchedOffAgain() throws IOException {
    List<String> lines = printed("rules: [{host: a, strategy: nun}]\n", true, 80);
    assertThat(lines).allMatch(line -> line.contains("\u001b[0m"));
    assertThat(lines.get(1)).contains("\u001b[1;31m^^^\u001b[0m");
  }

  @Test
  void colorAndWidthFollowTheEnvironment() {
    assertThat(Terminal.wantsColor(java.util.Map.of())).isTrue();
    assertThat(Terminal.wantsColor(java.util.Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Terminal.wantsColor(java.util.Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.wantsColor(java.util.Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.width(null)).isEqualTo(80);
    assertThat(Terminal.width("x")).isEqualTo(80);
    assertThat(Terminal.width("120")).isEqualTo(120);
    assertThat(Terminal.width("1")).isEqualTo(40);
  }
}
