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

  /** Returns the fields of the lines to run, the first of which is {@code always} or else. */
  static Stream<String[]> read(String name) {
    boolean all = Boolean.getBoolean("authgraft.matrix");
    return all(name).filter(fields -> all || fields[0].equals("always"));
  }
}
