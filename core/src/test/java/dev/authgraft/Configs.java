package dev.authgraft;

import dev.authgraft.testing.JdkLoginTransport;
import dev.authgraft.testing.RecordingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configs as tests write them: text, in a directory of the test's. */
final class Configs {
  private Configs() {}

  static Path write(Path directory, String name, String yaml) {
    try {
      return Files.writeString(directory.resolve(name), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a builder that uses the test's log and a real transport. */
  static Authgraft.Builder builder(Path directory, RecordingLog log, String yaml) {
    return Authgraft.builder(write(directory, "authgraft.yml", yaml))
        .log(log)
        .transport(new JdkLoginTransport());
  }
}
