package dev.authgraft;

import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import dev.authgraft.testing.JdkLoginTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whatever Authgraft calls: time, log, chance, the transport of logins, two sources of secrets. One
 * entry into them, counted over all, throws what a test says.
 */
public final class Sabotage {
  private final AtomicLong millis = new AtomicLong(1_772_366_400_000L);
  private final AtomicInteger entries = new AtomicInteger();
  private volatile int sabotaged;
  private volatile Error thrown = new AssertionError();
  private volatile boolean done;

  /** Makes the {@code n}th entry from now on throw {@code error}. */
  public void arm(int n, Error error) {
    thrown = error;
    entries.set(0);
    sabotaged = n;
  }

  /** Returns whether that entry was reached. */
  public boolean isDone() {
    return done;
  }

  /** Moves the time, which else stands still. */
  public void advance(Duration step) {
    millis.addAndGet(step.toMillis());
  }

  /**
   * Returns what {@code config} says. In it, {@code ${now:NAME}} is read by the caller and {@code
   * ${later:NAME}} by another thread; their values are their names.
   */
  public Authgraft load(Path config) throws ConfigException {
    return Authgraft.builder(config)
        .log(log())
        .time(time())
        .random(
            () -> {
              enter();
              return 0.5;
            })
        .sources(
            new SecretSourceRegistry(List.of(source("now", true), source("later", false)), null))
        .transport(transport())
        .load();
  }

  private void enter() {
    if (entries.incrementAndGet() != sabotaged) return;
    done = true;
    throw thrown;
  }

  private Log log() {
    return new Log() {
      @Override
      public boolean isEnabled(Level level) {
        enter();
        return true;
      }

      @Override
      public void log(Level level, String line) {
        enter();
      }
    };
  }

  private Time time() {
    return new Time() {
      @Override
      public long millis() {
        enter();
        return millis.get();
      }

      @Override
      public long nanos() {
        enter();
        return millis.get() * 1_000_000;
      }

      @Override
      public void sleep(long duration) {
        enter();
        millis.addAndGet(duration);
      }
    };
  }

  private SecretSource source(String scheme, boolean isImmediate) {
    return new SecretSource() {
      @Override
      public String scheme() {
        return scheme;
      }

      @Override
      public boolean isImmediate() {
        return isImmediate;
      }

      @Override
      public String read(String name, SecretSettings settings) {
        enter();
        return name;
      }
    };
  }

  private LoginTransport transport() {
    LoginTransport real = new JdkLoginTransport();
    return new LoginTransport() {
      @Override
      public LoginResponse send(LoginRequest request, HttpSettings settings)
          throws java.io.IOException {
        enter();
        LoginResponse answer = real.send(request, settings);
        enter();
        return answer;
      }

      @Override
      public void close() {
        real.close();
      }
    };
  }
}
