package dev.authgraft.benchmarks;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.spi.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One hop of a request, by how many rules there are and what tells them apart. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Rules {
  @Param({"10", "10000"})
  private int rules;

  @Param({"host", "path"})
  private String differ;

  private Authgraft authgraft;
  private Path file;
  private final Target missed = Target.of("https", "other.example", -1, "/v1/x/y", "GET");
  private Target matched;

  /** Loads a config of so many rules. */
  @Setup
  public void load() throws IOException, ConfigException {
    StringBuilder yaml = new StringBuilder("strategies: {a: {type: api-key, value: x}}\nrules:\n");
    for (int i = 1; i <= rules; i++) {
      String host = differ.equals("host") ? "api" + i + ".example" : "api.example";
      String path = differ.equals("host") ? "/v1/**" : "/v1/resource" + i + "/**";
      yaml.append("  - {host: " + host + ", path: " + path + ", strategy: a}\n");
    }
    file = Files.writeString(Files.createTempFile("rules", ".yml"), yaml);
    authgraft = Authgraft.builder(file).log(new Silence()).load();
    String host = differ.equals("host") ? "api" + rules + ".example" : "api.example";
    String path = differ.equals("host") ? "/v1/x" : "/v1/resource" + rules + "/x";
    matched = Target.of("https", host, -1, path, "GET");
  }

  /** Forgets it. */
  @TearDown
  public void close() throws IOException {
    authgraft.close();
    Files.delete(file);
  }

  /** A request that no rule is about. */
  @Benchmark
  public @Nullable Attempt miss() {
    return authgraft.attempt(missed);
  }

  /** A request that the last rule is about. */
  @Benchmark
  public @Nullable Attempt match() {
    return authgraft.attempt(matched);
  }

  private static final class Silence implements Log {
    @Override
    public boolean isEnabled(Level level) {
      return false;
    }

    @Override
    public void log(Level level, String line) {}
  }
}
