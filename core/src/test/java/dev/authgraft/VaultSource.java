package dev.authgraft;

import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A vault that does what a test tells it. */
public final class VaultSource implements SecretSource {
  interface Answer {
    String of(String name, SecretSettings settings) throws IOException, InterruptedException;
  }

  static final AtomicInteger READ = new AtomicInteger();
  static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();
  static volatile Answer answer = (name, settings) -> "value of " + name;

  static void reset() {
    READ.set(0);
    THREADS.clear();
    answer = (name, settings) -> "value of " + name;
  }

  @Override
  public String scheme() {
    return "vault";
  }

  @Override
  public Set<String> settings() {
    return Set.of("token");
  }

  @Override
  public String read(String name, SecretSettings settings)
      throws IOException, InterruptedException {
    READ.incrementAndGet();
    THREADS.add(Thread.currentThread());
    return answer.of(name, settings);
  }
}
