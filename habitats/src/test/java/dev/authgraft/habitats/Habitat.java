package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program in another JVM that calls an API which wants a token, of which it knows nothing. */
@Tag("matrix")
@Timeout(1200)
abstract class Habitat {
  final TokenApi api = new TokenApi();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void writeConfig() throws IOException {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          api: {type: lazy-jwt, login: {url: "http://%1$s/token", json: {user: a}}}
        rules:
          - {host: "%1$s", path: /api/**, strategy: api}
        """
            .formatted(api.authority()));
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  /** Returns {@code always}, or with {@code -Pmatrix} the others. */
  @SafeVarargs
  static <T> List<T> lanes(T always, T... matrix) {
    return Boolean.getBoolean("authgraft.matrix") ? List.of(matrix) : List.of(always);
  }

  /** Returns the option that starts the agent with the config of this test. */
  final String agent() {
    return "-javaagent:" + Workshop.agent() + "=config=" + directory.resolve("authgraft.yml");
  }

  /** Starts a JVM, with {@code words} after the flags that make it start faster. */
  final Child start(Jdk jdk, List<String> words) throws IOException {
    List<String> command = jdk.java();
    command.addAll(words);
    return Child.start(directory, command);
  }

  /** Attaches the agent to {@code program}, by the command line. */
  final void attach(Jdk jdk, Child program) throws Exception {
    String pid = Long.toString(program.pid());
    List<String> command = jdk.java("-jar", Workshop.agent().toString(), "attach", pid);
    try (Child attaching = Child.start(directory, command)) {
      assertThat(attaching.exit()).as("%s", attaching.err()).isZero();
    }
  }

  /** Returns a URL that wants the token. */
  final String url(String path) {
    return api.url("/api/" + path).toString();
  }

  /** The server saw so many calls, each with the token, and one login. */
  final void assertServed(int calls) {
    assertThat(api.requests())
        .filteredOn(request -> request.path().startsWith("/api/"))
        .hasSize(calls)
        .allMatch(request -> request.bearer() != null, "carries one token");
    assertThat(api.counts()).containsEntry("login", 1).containsEntry("refused", 0);
  }
}
