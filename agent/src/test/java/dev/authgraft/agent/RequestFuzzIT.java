package dev.authgraft.agent;

import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.fuzz.RequestFuzz;
import dev.authgraft.testing.fuzz.RequestFuzz.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls at random of programs under the agent, by configs that are replaced by attaching. */
@Timeout(3600)
class RequestFuzzIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of(
        lane("okhttp", "sync", Jdk.JDK_17, "com.squareup.okhttp3:okhttp:4.12.0"),
        lane("okhttp", "async", Jdk.JDK_25, "com.squareup.okhttp3:okhttp-jvm:5.5.1"),
        apache("apache", "sync", Jdk.JDK_11),
        apache("apache", "async", Jdk.JDK_21),
        apache("kinds", "minimal", Jdk.JDK_17),
        apache("kinds", "minimal-async", Jdk.JDK_17));
  }

  private static Lane apache(String program, String calls, Jdk jdk) {
    return lane(program, calls, jdk, Lane.of("httpclient5:5.6.5").client());
  }

  private static Lane lane(String program, String calls, Jdk jdk, String client) {
    return new Lane("always", program, calls, "attach", jdk, client, null);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void calls(Lane lane) throws Exception {
    Path hosts = Files.writeString(directory.resolve("hosts"), RequestFuzz.hostsFile());
    try (FuzzClient without = FuzzClient.start(lane, hosts);
        Served served = new Served(lane, hosts)) {
      RequestFuzz.run(directory, Moved.IS_SERVED, served::open, unserved -> again(without));
    }
  }

  private static HttpClientContractClient again(FuzzClient client) throws Exception {
    client.forget();
    return new Lent(client);
  }

  /** The program under the agent, from its first config on. */
  private static final class Served implements AutoCloseable {
    private final Lane lane;
    private final Path hosts;
    private @Nullable FuzzClient client;

    Served(Lane lane, Path hosts) {
      this.lane = lane;
      this.hosts = hosts;
    }

    HttpClientContractClient open(Path config) throws Exception {
      FuzzClient client = this.client;
      if (client == null) {
        String agent = "-javaagent:" + Programs.agent() + "=config=" + config;
        client = FuzzClient.start(lane, hosts, agent);
        this.client = client;
      } else {
        client.useConfig(config);
      }
      return again(client);
    }

    @Override
    public void close() throws IOException {
      FuzzClient client = this.client;
      if (client != null) client.close();
    }
  }

  /** Outlives the config that it was lent for. */
  private record Lent(FuzzClient client) implements HttpClientContractClient {
    @Override
    public Reply send(Call call) throws IOException {
      return client.send(call);
    }

    @Override
    public int connectionsInUse() {
      return client.connectionsInUse();
    }

    @Override
    public void close() {}
  }
}
