package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A line of {@code src/test/clients.txt}, which says what its fields mean. */
record Lane(
    String when,
    String program,
    String calls,
    String agent,
    Jdk jdk,
    String client,
    @Nullable String relocated) {
  private static final String TABLE = "clients.txt";

  /** Returns the lanes to run the whole contract with. */
  static List<Lane> toRun() {
    String named = System.getProperty("authgraft.lanes");
    return named == null
        ? TestTable.read(TABLE).map(Lane::of).toList()
        : all().filter(lane -> !lane.when.equals("kinds") && lane.isNamed(named)).toList();
  }

  /** Returns the lanes of the kinds of clients that the contract asks too much of. */
  static List<Lane> ofKinds() {
    String named = System.getProperty("authgraft.lanes");
    return all()
        .filter(lane -> lane.when.equals("kinds") && (named == null || lane.isNamed(named)))
        .toList();
  }

  private boolean isNamed(String expression) {
    return Pattern.compile(expression).matcher(program + " " + this).find();
  }

  /** Returns whether the client is the JDK's, and so needs no jar. */
  boolean isJdk() {
    return client.indexOf(':') < 0;
  }

  boolean isAttached() {
    return agent.equals("attach");
  }

  /** Returns the first lane of the client {@code artifact:version}. */
  static Lane of(String client) {
    return all().filter(lane -> lane.client.endsWith(":" + client)).findFirst().orElseThrow();
  }

  /** Returns what starts the program: its own classes, and its client with all that it needs. */
  List<String> command(String... options) throws IOException {
    Lane lowest = all().filter(lane -> lane.program.equals(program)).findFirst().orElseThrow();
    Path classes =
        relocated == null
            ? Programs.compiled(program, lowest.jars(), "calls", program)
            : Programs.relocated(program, relocated, jars(), "calls", program);
    List<String> command = command(classes, "Program", options);
    command.add(calls);
    return command;
  }

  /** Returns what starts {@code main} of {@code classes} with the client and all that it needs. */
  List<String> command(Path classes, String main, String... options) throws IOException {
    List<String> command = jdk.java();
    if (jdk.release() >= 21) {
      command.add("-XX:+EnableDynamicAgentLoading"); // the JVM warns of attaching otherwise
    }
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classes + File.pathSeparator + jars(), main));
    return command;
  }

  @Override
  public String toString() {
    String name = isJdk() ? client : client.split(":", 2)[1];
    return String.join(" ", name, calls, agent, jdk.name());
  }

  private static Stream<Lane> all() {
    return TestTable.all(TABLE).map(Lane::of);
  }

  private static Lane of(String... f) {
    return new Lane(f[0], f[1], f[2], f[3], Jdk.valueOf(f[4]), f[5], f.length > 6 ? f[6] : null);
  }

  String jars() throws IOException {
    return isJdk() ? "" : jars(client);
  }

  /** Returns what the build laid out for {@code client}. */
  static String jars(String client) throws IOException {
    String[] coordinates = client.split(":");
    Path directory = Path.of("target/clients", coordinates[1] + "-" + coordinates[2]);
    assertThat(directory).isDirectory();
    try (Stream<Path> jars = Files.list(directory)) {
      return jars.map(jar -> jar.toAbsolutePath().toString())
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
