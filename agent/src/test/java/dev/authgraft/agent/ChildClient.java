package dev.authgraft.agent;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import dev.authgraft.agent.start.Status;
import dev.authgraft.testing.HttpClientContractClient;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The client of a program in another JVM. {@code Calls}, over there, says how they talk. */
final class ChildClient implements HttpClientContractClient {
  private static final Pattern SERVER = Pattern.compile("127\\.0\\.0\\.1:\\d+");

  private final Child child;
  private final List<Path> configs = new ArrayList<>();
  private final Set<String> servers = new HashSet<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, CompletableFuture<String[]>> answers = new ConcurrentHashMap<>();
  private final Thread reader = new Thread(this::read);

  private ChildClient(Child child, Path config) throws IOException {
    this.child = child;
    add(config);
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the program of {@code lane} with the agent, or attaches the agent to it. */
  static ChildClient open(Lane lane, Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    complete(config, lane);
    String agent = "-javaagent:" + Programs.agent() + "=config=" + config;
    List<String> command = lane.isAttached() ? lane.command() : lane.command(agent);
    if (program != null) {
      command.addAll(List.of(program.getUserName(), new String(program.getPassword())));
    }
    Child child = Child.start(Programs.directory(), command);
    try {
      assertThat(child.answer()).isEqualTo("ready");
      if (lane.isAttached()) attach(lane, child, config);
      return new ChildClient(child, config);
    } catch (Throwable e) {
      child.close();
      throw e;
    }
  }

  /** Attaches the agent to {@code child}, by the command line of its JVM's release. */
  static void attach(Lane lane, Child child, Path config) throws Exception {
    List<String> command =
        lane.jdk().java("-jar", Programs.agent().toString(), "attach", Long.toString(child.pid()));
    command.addAll(List.of("--config", config.toString(), "--log", "debug")); // no secret even then
    try (Child attaching = Child.start(config.getParent(), command)) {
      assertThat(attaching.exit()).as("%s", attaching.err()).isZero();
    }
  }

  /** Returns whether the program has never heard of a server that {@code config} names. */
  boolean knowsNoneOf(Path config) throws IOException {
    return Collections.disjoint(servers, serversOf(config));
  }

  /** Lets the program go by {@code config}, and its client forget what it did before. */
  void useConfig(Lane lane, Path config) throws Exception {
    complete(config, lane);
    add(config);
    try {
      assertThat(about("forget")).isEqualTo("0");
      attachTo(child, "config=" + config);
    } catch (Throwable e) {
      child.close();
      throw e;
    }
  }

  /** Attaches once more without the command line, and so without a JVM for that. */
  static void attachTo(Child child, String options) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(child.pid()));
    String before = status(machine);
    try {
      machine.loadAgent(Programs.agent().toString(), options);
    } catch (AgentLoadException | AgentInitializationException e) {
      // From an 8 success is not understood; the status tells.
    }
    String after = status(machine);
    machine.detach();
    assertThat(after).isNotEqualTo(before).endsWith(" " + Status.REPLACED);
  }

  private static String status(VirtualMachine machine) throws IOException {
    return machine.getSystemProperties().getProperty(Status.PROPERTY);
  }

  private void add(Path config) throws IOException {
    configs.add(config);
    servers.addAll(serversOf(config));
  }

  private static Set<String> serversOf(Path config) throws IOException {
    return SERVER
        .matcher(Files.readString(config))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** Adds what the lane needs; and the file may go before the program does. */
  private static void complete(Path config, Lane lane) throws IOException {
    String more = "reload: off\n";
    if (lane.relocated() != null) more += "agent: {relocated: ['" + lane.relocated() + "']}\n";
    Files.writeString(config, more, StandardOpenOption.APPEND);
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
    return Integer.parseInt(about());
  }

  /** Ends the program and checks what it said while it ran. */
  @Override
  public void close() throws IOException {
    try (child) {
      assertThat(child.exit()).as("exit status").isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      reader.interrupt();
    }
    assertThat(child.out())
        .allMatch(line -> line.matches("ready|\\d+ (\\d+|(answered|failed) .*)"));
    assertThat(child.err())
        .allMatch(line -> line.matches("authgraft (INFO|WARN|DEBUG) .*"))
        .noneMatch(line -> line.contains("canary"));
    assertThat(child.err().get(0)).startsWith(Child.IS_ON);
    assertThat(child.err())
        .filteredOn(line -> line.contains(": 1 rule, 1 strategy, config "))
        .extracting(line -> line.replaceFirst(".*, config ", ""))
        .containsExactlyElementsOf(configs.stream().map(Path::toString).toList());
  }

  /** Asks something of the program itself, and returns what it answers. */
  private String about(String... words) {
    String number = Integer.toString(asked.incrementAndGet());
    return ask(number, number + Arrays.stream(words).map(" "::concat).collect(joining()))[1];
  }

  private String[] ask(String number, String line) {
    CompletableFuture<String[]> answer = new CompletableFuture<>();
    answers.put(number, answer);
    child.send(line);
    try {
      return answer.get(Child.SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer; standard error: " + child.err(), e);
    }
  }

  private void read() {
    try {
      while (true) {
        String[] answer = child.nextAnswer().split(" ", -1);
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
