package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of {@code src/test/unchanged.txt}, which says what its fields mean. */
record Unchanged(String program, String calls, Jdk jdk, String client) {
  private static final String TABLE = "unchanged.txt";

  /** Returns the lines to run. */
  static List<Unchanged> toRun() {
    return TestTable.read(TABLE).map(Unchanged::of).toList();
  }

  private static Unchanged of(String[] fields) {
    return new Unchanged(fields[1], fields[2], Jdk.valueOf(fields[3]), fields[4]);
  }

  /** Runs every case, with the agent if there is a config, and returns what was seen. */
  Transcript run(Path directory, @Nullable Path config) throws Exception {
    Path classes = Programs.compiled(program, jars(lowest()), "unchanged", program);
    List<String> command = jdk.java();
    command.add("-Dunchanged.keys=" + TestKeys.directory());
    command.add("-Dhttp.auth.digest.reEnabledAlgorithms=MD5"); // newer JDKs refuse and log it
    command.add("-Djdk.net.hosts.file=" + hosts(directory)); // for clients that take no resolver
    if (config != null) command.add("-javaagent:" + Programs.agent() + "=config=" + config);
    command.addAll(List.of("-cp", classes + File.pathSeparator + jars(client), "Program", calls));
    try (Child child = Child.start(directory, command)) {
      assertThat(child.exit()).as("exit status; standard error: %s", child.err()).isZero();
      assertThat(child.err()).allMatch(line -> line.matches("authgraft (INFO|WARN) .*"));
      return Transcript.of(child.out());
    }
  }

  @Override
  public String toString() {
    String name = isJdk(client) ? client : client.split(":", 2)[1];
    return String.join(" ", name, calls, jdk.name());
  }

  private static boolean isJdk(String client) {
    return client.indexOf(':') < 0;
  }

  private static String jars(String client) throws IOException {
    return isJdk(client) ? "" : Lane.jars(client);
  }

  private static Path hosts(Path directory) throws IOException {
    String names = "127.0.0.1 localhost one.test other.test two.test\n";
    return Files.writeString(directory.resolve("hosts"), names);
  }

  /** Returns the client that the program is compiled against. */
  private String lowest() {
    return TestTable.all(TABLE)
        .map(Unchanged::of)
        .filter(line -> line.program.equals(program))
        .findFirst()
        .orElseThrow()
        .client;
  }
}
