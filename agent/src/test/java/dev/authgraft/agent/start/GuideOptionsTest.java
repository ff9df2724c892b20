package dev.authgraft.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options that the README and the guides give to the agent are options of the agent. */
class GuideOptionsTest {
  /** What stands behind the jar, up to what ends a word in a shell, a unit or YAML. */
  private static final Pattern AGENT =
      Pattern.compile("-javaagent:[^\\s\"'`=]*authgraft-agent\\.jar(?:=([^\\s\"'`]*))?");

  /** One option or variable in the text: {@code log=debug}, {@code AUTHGRAFT_ENV=prod}. */
  private static final Pattern IN_TEXT =
      Pattern.compile("`(?:AUTHGRAFT_([A-Z_]+)|([a-z]+(?:-[a-z]+)*))=([\\w./-]*)`");

  static List<Path> documents() throws IOException {
    try (Stream<Path> guides = Files.list(Path.of("../docs/guides"))) {
      Stream<Path> all = Stream.concat(Stream.of(Path.of("../README.md")), guides.sorted());
      return all.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyOptionIsKnown(Path document) throws IOException {
    String text = Files.readString(document);
    Matcher agents = AGENT.matcher(text);
    int found = 0;
    for (; agents.find(); found++) assertUnderstood(agents.group(1));
    assertThat(found).as("how often %s starts the agent", document).isPositive();

    Matcher single = IN_TEXT.matcher(text);
    while (single.find()) {
      String variable = single.group(1);
      String key =
          variable == null ? single.group(2) : variable.toLowerCase(Locale.ROOT).replace('_', '-');
      assertUnderstood(key + "=" + (single.group(3).isEmpty() ? "any" : single.group(3)));
    }
  }

  private static void assertUnderstood(String options) {
    assertThatCode(() -> Options.of(options)).as(options).doesNotThrowAnyException();
  }
}
