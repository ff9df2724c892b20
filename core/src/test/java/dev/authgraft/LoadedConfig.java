package dev.authgraft;

import com.sun.management.ThreadMXBean;
import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Target;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.config.ConfigFiles;
import dev.authgraft.internal.secret.CommandSecrets;
import dev.authgraft.internal.secret.EnvironmentSecrets;
import dev.authgraft.internal.secret.FileSecrets;
import dev.authgraft.internal.secret.KeyStoreSecrets;
import dev.authgraft.internal.secret.PropertySecrets;
import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads what may be a config and looks at all of it, as the agent and the command line do. Nothing
 * that a placeholder names is read or run.
 */
public final class LoadedConfig {
  private static final long MOST_BYTES = 64 << 20;

  /** What is larger is read in a heap of 64 MiB: see {@link #main}. */
  private static final int SMALL = 64 << 10;

  private static final long MOST_NANOS = 100_000_000_000L;

  /** What stands between a base and the file of an environment, where an input is both. */
  private static final String OVERLAY = "\n%%%%\n";

  /** What a config is full of, in the shapes that cost most. */
  private static final String[] PIECES = {
    "a",
    "- a\n",
    "- 1\n",
    "-\n",
    "a: b\n",
    "#\n",
    "[",
    "{",
    "? ",
    "- - - - a\n",
    "[],",
    "'",
    "\"\\n",
    "\n",
    " ",
    "${var:a}",
    "${env:A}",
    "- &a a\n- *a\n",
    "\u00e9",
    "\ud83d\ude00",
    "|\n a\n",
    "- {host: a.example, strategy: none}\n",
    "- {hots: a}\n",
    "- {host: '*.a', x: 1}\n"
  };

  private static final SecretSourceRegistry SOURCES =
      new SecretSourceRegistry(
          List.of(
              new Harmless(new EnvironmentSecrets()),
              new Harmless(new PropertySecrets()),
              new Harmless(new FileSecrets()),
              new Harmless(new KeyStoreSecrets()),
              new Harmless(new CommandSecrets())),
          null);

  private LoadedConfig() {}

  /**
   * Loads {@code input} in {@code directory}.
   *
   * @throws AssertionError if that takes more than twenty seconds of the processor's time, or for a
   *     small one creates objects of more than 64 MiB, or throws anything but a {@link
   *     ConfigException} that says what to do
   */
  public static void check(Path directory, byte[] input) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    Path file = write(directory, input);
    String environment = Files.exists(directory.resolve("authgraft-x.yml")) ? "x" : null;
    long bytes = threads.getThreadAllocatedBytes(self);
    long nanos = threads.getCurrentThreadCpuTime();
    load(file, environment);
    nanos = threads.getCurrentThreadCpuTime() - nanos;
    bytes = threads.getThreadAllocatedBytes(self) - bytes;
    if (input.length <= SMALL && bytes > MOST_BYTES)
      throw new AssertionError(bytes + " bytes were allocated");
    if (nanos > MOST_NANOS) throw new AssertionError(nanos / 1_000_000 + " ms were spent");
  }

  /** Loads each of what costs most, in a JVM whose heap the test has made small. */
  public static void main(String[] directory) {
    Path in = Path.of(directory[0]);
    for (String piece : PIECES) {
      int length = piece.getBytes(StandardCharsets.UTF_8).length;
      int count = (int) ConfigFiles.LONGEST_BYTES / length;
      check(in, piece.repeat(count));
      check(in, "rules:\n" + piece.repeat(count - 100 / length));
      check(
          in,
          "strategies:\n  a: {type: api-key, value: '"
              + piece.repeat(count - 100 / length)
              + "'}\n");
      check(in, piece.repeat(count / 2) + OVERLAY + piece.repeat(count / 2));
    }
    StringBuilder keys = new StringBuilder("vars:\n");
    for (int i = 0; keys.length() < ConfigFiles.LONGEST_BYTES - 20; i++) {
      keys.append(" v" + i + ": a\n");
    }
    check(in, keys.toString());
    System.out.println("good");
  }

  private static void check(Path directory, String input) {
    check(directory, input.getBytes(StandardCharsets.UTF_8));
  }

  private static Path write(Path directory, byte[] input) {
    try {
      Path file = directory.resolve("authgraft.yml");
      Path overlay = directory.resolve("authgraft-x.yml");
      String text = new String(input, StandardCharsets.ISO_8859_1);
      int at = text.indexOf(OVERLAY);
      Files.deleteIfExists(overlay);
      if (at < 0) return Files.write(file, input);
      String over = text.substring(at + OVERLAY.length());
      Files.write(overlay, over.getBytes(StandardCharsets.ISO_8859_1));
      return Files.write(file, text.substring(0, at).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void load(Path file, String environment) {
    Authgraft.Builder builder =
        Authgraft.builder(file).environment(environment).sources(SOURCES).log(new Lines());
    try (Inspector inspector = builder.inspect()) {
      for (ConfigProblem warning : inspector.warnings()) check(warning);
      inspector.strategies();
      inspector.rules();
      inspector.explain(Target.of("https", "a.example", -1, "/a/b", "GET")).passedOver();
    } catch (ConfigException e) {
      if (e.problems().isEmpty()) throw new AssertionError("no problem", e);
      for (ConfigProblem problem : e.problems()) check(problem);
    }
  }

  private static void check(ConfigProblem problem) {
    if (problem.text().isEmpty()) throw new AssertionError("no text");
    if (problem.toString().length() > 10_000) throw new AssertionError("a text without end");
  }

  /** A log that is read, as a log is. */
  private static final class Lines implements Log {
    private final List<String> lines = new ArrayList<>();

    @Override
    public boolean isEnabled(Level level) {
      return true;
    }

    @Override
    public void log(Level level, String line) {
      lines.add(line);
    }
  }

  /** Checks names as the real source does, and reads nothing. */
  private static final class Harmless implements SecretSource {
    private final SecretSource real;

    Harmless(SecretSource real) {
      this.real = real;
    }

    @Override
    public String scheme() {
      return real.scheme();
    }

    @Override
    public java.util.Set<String> settings() {
      return real.settings();
    }

    @Override
    public boolean isImmediate() {
      return true;
    }

    @Override
    public void check(String name) throws SecretException {
      real.check(name);
    }

    @Override
    public String read(String name, SecretSettings settings) throws SecretException {
      if (name.length() % 3 == 0) throw new SecretException("there is no " + name.length());
      return name;
    }
  }
}
