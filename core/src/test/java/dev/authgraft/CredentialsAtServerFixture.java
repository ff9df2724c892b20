package dev.authgraft;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.JdkLoginTransport;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.TokenApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that counts the logins, refreshes and calls of many callers. */
abstract class CredentialsAtServerFixture {
  @TempDir Path directory;

  final RecordingLog log = new RecordingLog();
  final FakeTime time = new FakeTime();
  final TokenApi api = new TokenApi();
  final ExecutorService callers = Executors.newCachedThreadPool();
  Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
    callers.shutdownNow();
  }

  TestClient load(String refresh) throws ConfigException {
    return load(refresh, new JdkLoginTransport());
  }

  TestClient load(String refresh, LoginTransport transport) throws ConfigException {
    authgraft =
        Configs.builder(
                directory,
                log,
                """
                http: {timeout: 10m}
                strategies:
                  a:
                    type: lazy-jwt
                    login: {url: "%1$s", json: {user: u, password: p}}
                    %2$s
                rules: [{host: "%3$s", path: /api/**, strategy: a}]
                """
                    .formatted(api.url("/token"), refresh, api.authority()))
            .transport(transport)
            .time(time)
            .load();
    return new TestClient(authgraft);
  }

  String refresh(boolean singleUse) {
    return "refresh: {url: \"%s\", json: {refresh_token: \"${refresh-token}\"}, single-use: %s}"
        .formatted(api.url("/refresh"), singleUse);
  }

  List<Integer> callFrom(int threads, TestClient client, URI url) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> calls = new ArrayList<>();
    Callable<Integer> call =
        () -> {
          start.await();
          return client.get(url).statusCode();
        };
    for (int i = 0; i < threads; i++) calls.add(callers.submit(call));
    start.countDown();
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> each : calls) statuses.add(each.get());
    return statuses;
  }

  /** Waits for the renewal that is under way, if there is one. */
  void settle() throws Exception {
    attempt().obtain(false, () -> false);
  }

  Attempt attempt() {
    return authgraft.attempt(Target.of("http", "127.0.0.1", api.port(), "/api/x", "GET"));
  }
}
