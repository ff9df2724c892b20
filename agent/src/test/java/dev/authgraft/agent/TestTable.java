package dev.authgraft.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A table of {@code src/test}: what the tests run, a line for each. */
final class TestTable {
  private TestTable() {}

  /** Returns the fields of every line. */
  static Stream<String[]> all(String name) {
    try {
      return Files.readAllLines(Path.of("src/test", name)).stream()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split(" +"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the fields of the lines to run: those of {@code always}, or with -Pmatrix the rest. */
  static Stream<String[]> read(String name) {
    String when = Boolean.getBoolean("authgraft.matrix") ? "matrix" : "always";
    return all(name).filter(fields -> fields[0].equals(when));
  }
}
