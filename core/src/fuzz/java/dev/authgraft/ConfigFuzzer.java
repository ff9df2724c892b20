package dev.authgraft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Jazzer calls with one input after the other, each chosen for the code that it reaches. */
public final class ConfigFuzzer {
  private static final Path DIRECTORY = directory();

  static {
    try { // The first one pays for what Jazzer makes of the classes.
      fuzzerTestOneInput("rules: [{host: a, path: /b, strategy: none}]".getBytes(UTF_8));
    } catch (AssertionError e) {
      // It is no measure of a config.
    }
  }

  private ConfigFuzzer() {}

  private static Path directory() {
    try {
      Path directory = Files.createTempDirectory("authgraft-fuzz");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Loads {@code input} as a config. */
  public static void fuzzerTestOneInput(byte[] input) {
    LoadedConfig.check(DIRECTORY, input);
  }
}
