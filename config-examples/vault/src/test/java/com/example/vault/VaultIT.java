package com.example.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The source as an extension of the agent, which the program does not see. */
@Timeout(600)
final class VaultIT {
  private static final Path AGENT = Path.of("../../agent/target/authgraft-agent.jar");
  private static final Path EXTENSIONS = Path.of("target/extensions").toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void theAgentReadsTheKeyFromTheVault() throws Exception {
    try (StandIn standIn = new StandIn()) {
      Path token = Files.writeString(directory.resolve("token"), StandIn.TOKEN + "\n");
      String example =
          Files.readString(Path.of("authgraft.yml"))
              .replace("/run/secrets/vault-token", token.toString())
              .replace("partner.example", "127.0.0.1:" + standIn.port());
      Path config = Files.writeString(directory.resolve("authgraft.yml"), example);
      String agent =
          "-javaagent:"
              + AGENT.toAbsolutePath()
              + "=config="
              + config
              + ",log=debug,extensions="
              + EXTENSIONS;
      String url = standIn.address() + "/api/x";
      Path said = directory.resolve("said");
      run(standIn, said, agent, "-cp", classPath(), Program.class.getName(), url, url);
      assertThat(standIn.keys()).containsExactly(StandIn.KEY, StandIn.KEY);
      assertThat(standIn.reads()).hasSize(1); // It is kept for a while.
      assertThat(Files.readString(said)).contains("is on").doesNotContain("canary");

      run(
          standIn,
          said,
          "-jar",
          AGENT.toString(),
          "check",
          "--config",
          config.toString(),
          "--extensions",
          EXTENSIONS.toString());
      assertThat(Files.readString(said)).contains("good: 1 rule").doesNotContain("missing");
      assertThat(standIn.reads()).hasSize(2);
    }
  }

  /** Returns the program and its client, and nothing of Authgraft's. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(path -> path.matches(".*(test-classes|httpc|slf4j).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void run(StandIn standIn, Path said, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Dfile.encoding=" + StandardCharsets.UTF_8);
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VAULT_ADDR", standIn.address());
    Process program = builder.redirectOutput(said.toFile()).start();
    try {
      assertThat(program.waitFor()).as(() -> read(said)).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
