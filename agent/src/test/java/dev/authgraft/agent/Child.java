package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that a test starts. It is gone when the test is, and is never waited for without end.
 */
public final class Child implements AutoCloseable {
  /** The version of this build, which the build tells its tests. */
  static final String VERSION =
      Objects.requireNonNull(System.getProperty("authgraft.version"), "authgraft.version");

  /** The beginning of the line that says that the agent is on. */
  public static final String IS_ON = "authgraft INFO " + VERSION + " is on: ";

  /** What hangs is told late, and what is slow on a busy machine is no failure. */
  static final int SECONDS = 240;

  private final Process process;
  private final PrintStream in;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final Thread outReader;
  private final Thread errReader;

  private Child(Process process) {
    this.process = process;
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    outReader = reader(process.getInputStream(), out, answers);
    errReader = reader(process.getErrorStream(), err, null);
  }

  public static Child start(Path directory, List<String> command) throws IOException {
    return start(directory, Map.of(), command);
  }

  /**
   * Starts {@code command} with {@code variables}, and nothing else in its environment that
   * concerns a JVM or Authgraft.
   */
  public static Child start(Path directory, Map<String, String> variables, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("AUTHGRAFT_.*|_?JAVA_.*|JDK_JAVA_.*"));
    if (!"UTF-8".equals(System.getProperty("native.encoding"))) {
      builder.environment().put("LC_ALL", "C.UTF-8"); // what is said is read as UTF-8
    }
    builder.environment().putAll(variables);
    return new Child(builder.start());
  }

  public void send(String line) {
    in.println(line);
  }

  /** Sends a line and returns the line that comes back. */
  public String ask(String line) throws InterruptedException {
    send(line);
    return answer();
  }

  /** Waits until the program says that no thread of Authgraft's is left. */
  void awaitNoThreads() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (String threads; !(threads = ask("threads")).equals("threads "); ) {
      if (System.nanoTime() - end >= 0) throw new AssertionError("in vain: " + threads);
    }
  }

  /** Returns the next line of standard output. */
  public String answer() throws InterruptedException {
    String answer = answers.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(answer).as("answer; standard error: %s", err).isNotNull();
    return answer;
  }

  /** Returns the next line of standard output, however long the program says nothing. */
  String nextAnswer() throws InterruptedException {
    return answers.take();
  }

  /** Ends its standard input and returns its exit status. */
  public int exit() throws InterruptedException {
    in.close();
    return status();
  }

  /** Returns the status that it exits with of itself. */
  public int status() throws InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", process).isTrue();
    for (Thread reader : List.of(outReader, errReader)) {
      reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
      assertThat(reader.isAlive()).as("%s leaves somebody its streams", process).isFalse();
    }
    return process.exitValue();
  }

  public long pid() {
    return process.pid();
  }

  public List<String> out() {
    return out;
  }

  /** Returns standard error without what the JVM says of itself. */
  public List<String> err() {
    return err.stream().filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS")).toList();
  }

  /** Ends it, if it has not ended, and waits for that: it may still write into a directory. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread reader(
      InputStream stream, List<String> lines, @Nullable BlockingQueue<String> answers) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line; (line = reader.readLine()) != null; ) {
                  lines.add(line);
                  if (answers != null) answers.add(line);
                }
              } catch (IOException e) {
                lines.add(e.toString());
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
