package dev.authgraft.okhttp;

import dev.authgraft.Authgraft;
import dev.authgraft.okhttp.internal.ChainHook;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractHook;
import dev.authgraft.testing.fuzz.RequestFuzz;
import dev.authgraft.testing.fuzz.RequestFuzz.Moved;
import example.Rewriting;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import okhttp3.OkHttpClient;
import okhttp3.internal.http.RealInterceptorChain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls at random. */
@Timeout(3600)
final class OkHttpRequestFuzzTest {
  private static volatile @Nullable Authgraft current;

  @TempDir private Path directory;

  @Test
  void executedCalls() throws Exception {
    RequestFuzz.run(
        directory, Moved.IS_SERVED, config -> byHand(config, false), config -> plain(false));
  }

  @Test
  void enqueuedCalls() throws Exception {
    RequestFuzz.run(
        directory, Moved.IS_SERVED, config -> byHand(config, true), config -> plain(true));
  }

  @Test
  void hookedCalls() throws Exception {
    HttpClientContractHook.install(
        ByteBuddyAgent.install(),
        RealInterceptorChain.class,
        ElementMatchers.isConstructor(),
        new ChainHook(() -> current));
    RequestFuzz.run(
        directory, Moved.IS_SERVED, OkHttpRequestFuzzTest::hooked, config -> plain(false));
  }

  private static HttpClientContractClient byHand(Path config, boolean isAsync) throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    OkHttpClient client = OkHttpAuth.install(builder(), authgraft).build();
    return new OkHttpTestClient(client, isAsync, authgraft);
  }

  private static HttpClientContractClient hooked(Path config) throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    HttpClientContractClient client = new OkHttpTestClient(builder().build(), false, authgraft);
    return new Hooked(client, authgraft);
  }

  private static HttpClientContractClient plain(boolean isAsync) {
    return new OkHttpTestClient(builder().build(), isAsync, () -> {});
  }

  private static OkHttpClient.Builder builder() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return OkHttpTestClient.builder(null)
        .dns(host -> List.of(loopback))
        .addInterceptor(new Rewriting(true))
        .addNetworkInterceptor(new Rewriting(false));
  }

  /** Is served while it sends. */
  private record Hooked(HttpClientContractClient client, Authgraft authgraft)
      implements HttpClientContractClient {
    @Override
    public Reply send(Call call) throws IOException {
      current = authgraft;
      try {
        return client.send(call);
      } finally {
        current = null;
      }
    }

    @Override
    public int connectionsInUse() {
      return client.connectionsInUse();
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }
}
