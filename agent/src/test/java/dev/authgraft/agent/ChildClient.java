package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.HttpClientContractClient;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The client of a program in another JVM. {@code Calls}, over there, says how they talk. */
final class ChildClient implements HttpClientContractClient {
  private static final int SECONDS = 30;

  private final Child child;
  private final Path config;
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, CompletableFuture<String[]>> answers = new ConcurrentHashMap<>();
  private final Thread reader = new Thread(this::read);

  private ChildClient(Child child, Path config) {
    this.child = child;
    this.config = config;
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the program of {@code lane} with the agent, or attaches the agent to it. */
  static ChildClient open(Lane lane, Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    if (lane.relocated() != null) {
      String agent = "agent: {relocated: ['" + lane.relocated() + "']}\n";
      Files.writeString(config, agent, StandardOpenOption.APPEND);
    }
    String agent = "-javaagent:" + Programs.agent() + "=config=" + config;
    List<String> command = lane.isAttached() ? lane.command() : lane.command(agent);
    if (program != null) {
      command.addAll(List.of(program.getUserName(), new String(program.getPassword())));
    }
    Child child = Child.start(config.getParent(), command);
    assertThat(child.answer()).isEqualTo("ready");
    if (lane.isAttached()) attach(lane, child, config);
    return new ChildClient(child, config);
  }

  /** Attaches the agent to {@code child}, by the command line of its JVM's release. */
  static void attach(Lane lane, Child child, Path config) throws Exception {
    List<String> command =
        List.of(
            lane.jdk().tool("java"),
            "-jar",
            Programs.agent().toString(),
            "attach",
            Long.toString(child.pid()),
            "--config",
            config.toString(),
            "--log",
            "debug"); // not even then is a secret said
    try (Child attaching = Child.start(config.getParent(), command)) {
      assertThat(attaching.exit()).as("%s", attaching.err()).isZero();
    }
  }

  /** Returns the line that tells the program of {@code call}. */
  static String line(String number, Call call) {
    byte[] body = call.body();
    List<String> fields = new ArrayList<>(List.of(number));
    fields.add(encoded(call.method()));
    fields.add(encoded(call.url()));
    fields.add(body == null ? "-" : Base64.getEncoder().encodeToString(body));
    fields.add(call.isOneShot() ? "once" : "again");
    call.headers().forEach((name, value) -> fields.addAll(List.of(encoded(name), encoded(value))));
    return String.join(" ", fields);
  }

  @Override
  public Reply send(Call call) throws IOException {
    String number = Integer.toString(asked.incrementAndGet());
    String[] answer = ask(number, line(number, call));
    if (answer[1].equals("failed")) throw new IOException(decoded(answer[2]));
    assertThat(answer[1]).as(() -> decoded(answer[2])).isEqualTo("answered");
    return new Reply(Integer.parseInt(decoded(answer[2])), decoded(answer[3]), decoded(answer[4]));
  }

  @Override
  public int connectionsInUse() {
    String number = Integer.toString(asked.incrementAndGet());
    return Integer.parseInt(ask(number, number)[1]);
  }

  /** Ends the program and checks what it said while it ran. */
  @Override
  public void close() throws IOException {
    try (child) {
      assertThat(child.exit()).as("exit status").isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    reader.interrupt();
    assertThat(child.out())
        .allMatch(line -> line.matches("ready|\\d+ (\\d+|(answered|failed) .*)"));
    assertThat(child.err())
        .allMatch(line -> line.matches("authgraft (INFO|WARN|DEBUG) .*"))
        .noneMatch(line -> line.contains("canary"));
    assertThat(child.err().get(0))
        .matches("authgraft INFO [\\d.]+ is on: 1 rule, 1 strategy, config \\Q" + config + "\\E");
  }

  private String[] ask(String number, String line) {
    CompletableFuture<String[]> answer = new CompletableFuture<>();
    answers.put(number, answer);
    child.send(line);
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer; standard error: " + child.err(), e);
    }
  }

  private void read() {
    try {
      while (true) {
        String[] answer = child.answer().split(" ", -1);
        CompletableFuture<String[]> waiting = answers.remove(answer[0]);
        if (waiting != null) waiting.complete(answer); // what else it says, close() judges
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String field) {
    return new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8);
  }
}
