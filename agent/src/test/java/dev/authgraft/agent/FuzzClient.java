package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.HttpClientContractClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The client of a program that calls one after the other, by one config after the other. All names
 * lead it to this machine.
 */
final class FuzzClient implements HttpClientContractClient {
  private final Child child;

  private FuzzClient(Child child) {
    this.child = child;
  }

  /** Starts the program of {@code lane}, with {@code options} for its JVM. */
  static FuzzClient start(Lane lane, Path hosts, String... options) throws Exception {
    String[] all = new String[options.length + 1];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = "-Djdk.net.hosts.file=" + hosts;
    Child child = Child.start(Programs.directory(), lane.command(all));
    try {
      assertThat(child.answer()).isEqualTo("ready");
      return new FuzzClient(child);
    } catch (Throwable e) {
      child.close();
      throw e;
    }
  }

  /** Lets the program go by {@code config}. */
  void useConfig(Path config) throws Exception {
    ChildClient.attachTo(child, "config=" + config);
  }

  /** Lets the program's client forget what it did before. */
  void forget() throws InterruptedException {
    assertThat(child.ask("1 forget")).isEqualTo("1 0");
  }

  @Override
  public Reply send(Call call) throws IOException {
    try {
      String[] answer = child.ask(ChildClient.line("1", call)).split(" ");
      if (!answer[1].equals("answered")) throw new IOException(decoded(answer[2]));
      return new Reply(
          Integer.parseInt(decoded(answer[2])), decoded(answer[3]), decoded(answer[4]));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String decoded(String field) {
    return new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8);
  }

  @Override
  public int connectionsInUse() {
    throw new UnsupportedOperationException("nobody asks");
  }

  /** Ends the program, which must not have said a secret. */
  @Override
  public void close() throws IOException {
    try (child) {
      assertThat(child.exit()).as("exit status").isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    assertThat(child.err()).noneMatch(line -> line.contains("canary"));
  }
}
