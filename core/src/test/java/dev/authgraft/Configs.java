package dev.authgraft;

import dev.authgraft.testing.JdkLoginTransport;
import dev.authgraft.testing.RecordingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configs as tests write them: text, in a directory of the test's. */
final class Configs {
  /** What a login may take where no test is about that: a slow machine must not end one. */
  static final String PATIENCE = "http: {timeout: 10m, connect-timeout: 10m}\n";

  private Configs() {}

  static Path write(Path directory, String name, String yaml) {
    try {
      return Files.writeString(directory.resolve(name), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a builder that uses the test's log, a real transport and {@link #PATIENCE}. */
  static Authgraft.Builder builder(Path directory, RecordingLog log, String yaml) {
    boolean saysIt = ("\n" + yaml).contains("\nhttp:");
    String patient = saysIt ? yaml : yaml + (yaml.endsWith("\n") ? "" : "\n") + PATIENCE;
    return Authgraft.builder(write(directory, "authgraft.yml", patient))
        .log(log)
        .transport(new JdkLoginTransport());
  }
}
