package dev.authgraft.agent;

import dev.authgraft.testing.HttpClientContractClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Programs of one lane that a test has done with and another one may use: to give one another
 * config takes a hundredth of what it takes to start one. Safe for use by several threads.
 */
final class IdlePrograms {
  private static final int MOST = 2;

  private final Lane lane;
  private final Deque<ChildClient> idle = new ArrayDeque<>();

  IdlePrograms(Lane lane) {
    this.lane = lane;
  }

  /** Returns a client that goes by {@code config}, of an idle program or of one that it starts. */
  HttpClientContractClient open(Path config) throws Exception {
    ChildClient client = next();
    if (client == null) return new Lent(ChildClient.open(lane, config, null));
    if (!client.knowsNoneOf(config)) {
      // A new server has the port of an old one: what is remembered of that would count.
      client.close();
      return open(config);
    }
    client.useConfig(lane, config);
    return new Lent(client);
  }

  /** Ends the programs, each of which checks what it said. */
  void close() throws IOException {
    for (ChildClient client; (client = next()) != null; ) client.close();
  }

  private synchronized @Nullable ChildClient next() {
    return idle.poll();
  }

  private synchronized boolean keeps(ChildClient client) {
    return idle.size() < MOST && idle.add(client);
  }

  /** A client whose program is idle once it is closed. */
  private final class Lent implements HttpClientContractClient {
    private final ChildClient client;

    Lent(ChildClient client) {
      this.client = client;
    }

    @Override
    public Reply send(Call call) throws IOException {
      return client.send(call);
    }

    @Override
    public int connectionsInUse() {
      return client.connectionsInUse();
    }

    @Override
    public void close() throws IOException {
      if (!keeps(client)) client.close();
    }
  }
}
