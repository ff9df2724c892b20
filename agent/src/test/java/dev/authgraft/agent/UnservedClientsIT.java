package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are not served, as they are published: each is named once, when it sends. */
@Tag("matrix")
@ParameterizedClass(name = "{0}")
@MethodSource("clients")
class UnservedClientsIT {
  /** A line of {@code src/test/unserved.txt}, which says what its fields mean. */
  record UnservedClient(String program, Jdk jdk, String client, String carried) {
    @Override
    public String toString() {
      return String.join(" ", program, client.split(":", 2)[1], jdk.name());
    }
  }

  private final UnservedClient client;
  @TempDir private Path directory;

  UnservedClientsIT(UnservedClient client) {
    this.client = client;
  }

  static List<UnservedClient> clients() {
    return TestTable.read("unserved.txt")
        .map(line -> new UnservedClient(line[1], Jdk.valueOf(line[2]), line[3], line[4]))
        .toList();
  }

  @Test
  void clientIsNamedOnceWhenItSendsAndNotWhenItIsOnlyCarried() throws Exception {
    try (RawLoginServer server =
        new RawLoginServer((request, wire) -> wire.answer("200 OK", "data"))) {
      Files.writeString(
          directory.resolve("authgraft.yml"),
          """
          strategies: {key: {type: api-key, header: x-api-key, value: canary}}
          rules: [{host: "127.0.0.1:%d", strategy: key}]
          """
              .formatted(server.port()));
      String jars = Lane.jars(client.client());
      String source = "unserved-clients/" + client.program();
      Path classes = Programs.compiled(source, jars, source);
      List<String> command = client.jdk().java("-javaagent:" + Programs.agent());
      command.addAll(List.of("-cp", classes + File.pathSeparator + jars, "Program"));
      command.addAll(List.of(client.carried(), server.url("/data")));
      try (Child child = Child.start(directory, command)) {
        assertThat(child.status()).as("%s", child.err()).isZero();
        assertThat(child.out()).contains("200");
        List<String> lines = lines(child);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isEqualTo("carries " + client.carried());
        assertThat(lines.get(1)).startsWith("authgraft ").contains(" is not served");
      }
      assertThat(server.requests("/data")).hasSize(2).noneMatch(one -> one.contains("canary"));
    }
  }

  /** Returns what the program and the agent say, apart from its start. */
  private static List<String> lines(Child child) {
    return child.err().stream()
        .filter(line -> line.matches("(carries|authgraft) .*") && !line.startsWith(Child.IS_ON))
        .toList();
  }
}
