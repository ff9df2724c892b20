package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds the reading of a program's config until it is opened. An extension does it, as nothing
 * bounds the time that one takes to load: a config in a pipe would be given up after ten seconds.
 */
final class ConfigGate {
  private static final String JAR = "gate.jar";

  private final Path pipe;

  private ConfigGate(Path pipe) {
    this.pipe = pipe;
  }

  /** Returns a gate for a program that starts in {@code directory} with {@link #option}. */
  static ConfigGate in(Path directory) throws Exception {
    ExtensionJar.write(directory.resolve(JAR), "gate", "Gate", "example.Gate\n");
    Path pipe = directory.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return new ConfigGate(pipe);
  }

  /** Returns the agent's option. */
  String option() {
    return "extensions=" + JAR;
  }

  void open() throws IOException {
    Files.writeString(pipe, "open");
  }
}
