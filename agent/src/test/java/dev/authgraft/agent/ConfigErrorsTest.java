package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.agent.start.AgentLog;
import dev.authgraft.agent.terminal.ConfigProblemPrinter;
import dev.authgraft.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/config-errors.md shows what is shown. */
class ConfigErrorsTest {
  private static final Path DOCUMENT = Path.of("../docs/config-errors.md");
  private static final Pattern SECTION =
      Pattern.compile(
          "## (\\d+\\. .+?)\n\n```yaml\n(.*?)```\n\nAuthgraft:\n\n```text\n(.*?)```",
          Pattern.DOTALL);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  record Mistake(String title, String yaml, String shown) {
    @Override
    public String toString() {
      return title;
    }
  }

  static List<Mistake> mistakes() throws IOException {
    return SECTION
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(found -> new Mistake(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsShownAsTheDocumentSays(Mistake mistake) throws IOException {
    Path file = Files.writeString(directory.resolve("authgraft.yml"), mistake.yaml);
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> Authgraft.builder(file).log(new AgentLog(null, System.err)).inspect().close());
    assertThat(refused).isNotNull();
    ConfigProblemPrinter printer = new ConfigProblemPrinter(false, 80);
    String shown =
        refused.problems().stream()
            .map((ConfigProblem problem) -> printer.print(problem))
            .collect(Collectors.joining("\n", "", "\n"))
            .replace(System.lineSeparator(), "\n")
            .replace(directory + "/", "");
    assertThat(shown).isEqualTo(mistake.shown);
  }

  @Test
  void everySectionIsCompared() throws IOException {
    Matcher headings = Pattern.compile("(?m)^## ").matcher(Files.readString(DOCUMENT));
    assertThat(mistakes()).hasSize((int) headings.results().count()).hasSizeGreaterThan(7);
  }
}
