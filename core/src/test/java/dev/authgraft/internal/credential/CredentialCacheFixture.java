package dev.authgraft.internal.credential;

import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;

/** A cache whose source and time a test sets. */
abstract class CredentialCacheFixture {
  final FakeTime time = new FakeTime();
  final FakeSource source = new FakeSource(time);
  final LoginThreads threads = new LoginThreads();
  final LoginThreads two = new LoginThreads(2);
  final RecordingLog log = new RecordingLog();
  final CredentialCache cache =
      new CredentialCache(
          StrategyActivity.silent("test", time), source, threads, time, () -> 0.5, log);
  final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    cache.close();
    threads.close();
    two.close();
    callers.shutdownNow();
  }

  Credential get() throws Exception {
    return cache.get(false, () -> false);
  }

  List<Future<Credential>> call(int count) {
    return call(count, cache);
  }

  List<Future<Credential>> call(int count, CredentialCache of) {
    List<Future<Credential>> calls = new ArrayList<>();
    Callable<Credential> call = () -> of.get(false, () -> false);
    for (int i = 0; i < count; i++) calls.add(callers.submit(call));
    return calls;
  }

  static Set<Credential> results(List<Future<Credential>> calls) throws Exception {
    Set<Credential> results = new java.util.HashSet<>();
    for (Future<Credential> call : calls) results.add(call.get());
    return results;
  }

  /** Waits until a background fetch has ended and its outcome is in force. */
  void awaitFetches(int count) throws Exception {
    Await.until("fetch " + count, () -> source.fetches() >= count);
    cache.get(true, () -> false);
  }
}
