package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.DaemonThread;
import dev.authgraft.internal.util.HelperThreads;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question to a source of secrets, asked on a thread of its own. For use by many threads. */
final class SecretReading implements Runnable {
  /** One login asks several times, and failures often come in a row. */
  private static final long JUST_NOW_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The time a source gets to report a timeout itself before its callers give up. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Longer than any file takes unless the file system hangs. */
  private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The answer, or a {@link SecretException}. */
  final CompletableFuture<String> value = new CompletableFuture<>();

  /** Whether a login sends the value: then no other login may. Guarded by the secret. */
  boolean isSent;

  private final SecretLookup lookup;
  private final Time time;
  private final Consumer<String> onValue;
  private final long startedAt;
  private final long begunAt = System.nanoTime();
  private volatile long endedAt;
  private volatile @Nullable Thread thread;

  /**
   * @param onValue told of the value before any caller gets it
   */
  SecretReading(SecretLookup lookup, Time time, Consumer<String> onValue) {
    this.lookup = lookup;
    this.time = time;
    this.onValue = onValue;
    this.startedAt = time.nanos();
  }

  void start() {
    try {
      if (lookup.isFile()) {
        HelperThreads.execute(this);
        return;
      }
      Thread started = DaemonThread.of(this, "authgraft-secret");
      // As an extension expects it that looks for services of its own.
      started.setContextClassLoader(lookup.loader());
      thread = started;
      started.start();
    } catch (Throwable e) { // The system has no thread for it.
      fail(new SecretException("there is no thread to read " + lookup));
    }
  }

  @Override
  public void run() {
    try {
      String read = lookup.ask();
      endedAt = time.nanos(); // Before the value: who sees that asks whether it is outdated.
      onValue.accept(read);
      value.complete(read);
    } catch (SecretException e) {
      fail(e);
    } catch (Throwable e) { // Whatever it is, those who wait must hear of it.
      fail(new SecretException(lookup + " cannot be read: " + e.getClass().getName()));
    } finally {
      thread = null;
    }
  }

  private void fail(SecretException e) {
    try {
      endedAt = time.nanos();
    } finally {
      value.completeExceptionally(e);
    }
  }

  boolean isDone() {
    return value.isDone();
  }

  boolean hasFailed() {
    return value.isCompletedExceptionally();
  }

  /** Returns how long callers still wait for the value; negative if they have waited enough. */
  long leftNanos() {
    return lookup.settings.timeout().toNanos() + GRACE_NANOS - (time.nanos() - startedAt);
  }

  /** Returns whether this will be there in a moment. By a time that goes on, in tests as well. */
  boolean isMomentary() {
    return lookup.isFile() && System.nanoTime() - begunAt < MOMENT_NANOS;
  }

  /** Returns whether it has taken so long that it hangs. */
  boolean isLate() {
    return leftNanos() <= -JUST_NOW_NANOS;
  }

  /**
   * Returns whether the value is to be read again.
   *
   * @param fresh whether only one that was read just now will do
   */
  boolean isOutdated(boolean fresh) {
    if (!isDone()) return false;
    boolean brief = fresh || hasFailed();
    long kept = lookup.settings.cache().toNanos();
    return time.nanos() - endedAt >= (brief ? Math.min(JUST_NOW_NANOS, kept) : kept);
  }

  void interrupt() {
    Thread running = thread;
    if (running != null) running.interrupt();
  }
}
