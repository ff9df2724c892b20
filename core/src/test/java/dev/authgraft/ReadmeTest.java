package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows can be used as it stands. */
final class ReadmeTest {
  @TempDir private Path directory;

  @Test
  void configsOfAGuideAreValid() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    String start = "```yaml\n";
    int from = readme.indexOf(start) + start.length();
    String yaml = readme.substring(from, readme.indexOf("```", from));
    Path file = Configs.write(directory, "authgraft.yml", yaml);
    try (Inspector inspector = Authgraft.builder(file).inspect()) {
      assertThat(inspector.summary()).isEqualTo("1 rule, 1 strategy");
      Target target = Target.of("https", "api.example.com", -1, "/v1/users", "GET");
      assertThat(inspector.explain(target).strategy()).isEqualTo("api");
    }
  }

  @Test
  void readmeIsShort() throws IOException {
    assertThat(Files.readAllLines(Path.of("../README.md"))).hasSizeLessThanOrEqualTo(120);
  }
}
