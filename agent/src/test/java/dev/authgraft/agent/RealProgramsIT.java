package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.KycApi;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that nobody here wrote, unmodified: refused without the agent, served with it. Each
 * makes two calls, and prints their statuses.
 */
@Tag("matrix")
@ParameterizedClass(name = "{0}")
@MethodSource("programs")
class RealProgramsIT {
  /** A line of {@code src/test/real.txt}, which says what its fields mean. */
  record RealProgram(String name, Jdk jdk, String library) {
    @Override
    public String toString() {
      return String.join(" ", name, library.split(":", 2)[1], jdk.name());
    }
  }

  /** ASCII: not every locale lets a variable be more. */
  private static final String PASSWORD = "a&b=c+d% \"";

  private static final String CONFIG =
      """
      strategies:
        kyc:
          type: form-login
          login:
            url: %s
            form: {username: "${env:API_LOGIN}", password: "${env:API_PASSWORD}"}
      rules:
        - {host: "%s", path: /api/v1/**, strategy: kyc}
      """;

  private final RealProgram program;
  @TempDir private Path directory;

  RealProgramsIT(RealProgram program) {
    this.program = program;
  }

  static List<RealProgram> programs() {
    return TestTable.read("real.txt")
        .map(line -> new RealProgram(line[1], Jdk.valueOf(line[2]), line[3]))
        .toList();
  }

  @Test
  void programIsRefusedWithoutTheAgentAndServedWithIt() throws Exception {
    try (KycApi api = new KycApi("robot", PASSWORD)) {
      assertThat(run(api, null)).containsExactly("401", "401");
      assertThat(api.count("refused")).isEqualTo(2);

      String config = CONFIG.formatted(api.url("/auth/jwt/login"), api.authority());
      Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
      assertThat(run(api, file)).containsExactly("200", "200");
      assertThat(api.count("login")).isEqualTo(1);
      assertThat(api.count("api")).isEqualTo(4);
      assertThat(api.count("refused")).isEqualTo(2);
    }
  }

  /** Returns the statuses that the program prints. */
  private List<String> run(KycApi api, @Nullable Path config) throws Exception {
    List<String> command = command(config);
    command.add("http://" + api.authority());
    Map<String, String> secrets = Map.of("API_LOGIN", "robot", "API_PASSWORD", PASSWORD);
    try (Child child = Child.start(directory, secrets, command)) {
      assertThat(child.exit()).as("exit status; standard error: %s", child.err()).isZero();
      return child.out().stream().filter(line -> line.matches("\\d{1,3}")).toList();
    }
  }

  private List<String> command(@Nullable Path config) throws IOException {
    List<String> libraries = new ArrayList<>();
    for (String library : program.library().split("\\+")) libraries.add(Lane.jars(library));
    String jars = String.join(File.pathSeparator, libraries);
    String main = "real/" + program.name();
    Path classes = Programs.compiled(main + program.library().hashCode(), jars, main);
    List<String> command = program.jdk().java();
    if (config != null) command.add("-javaagent:" + Programs.agent() + "=config=" + config);
    command.addAll(List.of("-cp", classes + File.pathSeparator + jars, "Program"));
    return command;
  }
}
