package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The secret that one placeholder refers to. Safe for use by several threads. */
public final class SecretReference {
  /* A source that takes time is asked by a thread of its own, one at a time: callers that come
   * meanwhile wait for the same reading, and those that must not wait go without. A source that
   * hangs holds that thread, and whoever waits is told after the timeout, later ones at once; a
   * while later it is asked again, with at most three threads.
   *
   * A file takes no time unless it hangs: it is read each time, and who must not wait does so for
   * the moment that it takes.
   *
   * What a command prints may be good for one use, so a login sends no value that another sent. One
   * that prints something else each time says nothing about a change of the secret: refused logins
   * are not repeated for it. */
  private static final int MOST_HANGING = 2;

  /** Stands for a value that may differ at each reading. */
  private static final String EVER_NEW = "ever new";

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SecretLookup lookup;
  private final Time time;
  // Guarded by this.
  private @Nullable SecretReading reading;
  private @Nullable String lastValue;
  private int changesInARow;
  private int hanging;

  public SecretReference(
      SecretSource source, String name, ConfiguredSourceSettings settings, Time time) {
    this.lookup = new SecretLookup(source, name, settings);
    this.time = time;
  }

  /**
   * Returns the value.
   *
   * @throws PendingSecretException if it is not there yet and {@code policy} ends before
   */
  String read(ReadPolicy policy) throws SecretException {
    if (lookup.isImmediate()) return lookup.ask();
    if (policy.isComparing() && isEverNew()) return EVER_NEW;
    SecretReading awaited = reading(policy);
    long start = time.nanos();
    while (true) {
      long left = awaited.leftNanos();
      try {
        if (awaited.isDone() || policy.waits() || awaited.isMomentary()) {
          return awaited.value.get(Math.min(Math.max(left, 1), SLICE_NANOS), TimeUnit.NANOSECONDS);
        }
        throw new PendingSecretException(lookup + " is being read");
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw new SecretException(
            cause == null ? lookup.toString() : String.valueOf(cause.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PendingSecretException("interrupted while waiting for " + lookup);
      } catch (TimeoutException e) {
        if (policy.isCanceled()) {
          throw new PendingSecretException("canceled while waiting for " + lookup);
        }
        if (left > 0) continue;
        awaited.interrupt();
        throw notAnswered(Duration.ofNanos(time.nanos() - start));
      }
    }
  }

  private SecretException notAnswered(Duration waited) {
    Duration timeout = lookup.settings.timeout();
    return new SecretException(
        lookup
            + " has not answered within "
            + Durations.show(timeout.toMillis())
            + (waited.compareTo(timeout) < 0 ? ", and still does not" : ""));
  }

  /** Adds the files that are read, or run, for the value. */
  void addFiles(NamedFiles files, SourcePosition position) {
    lookup.addFiles(files, position);
  }

  /** Returns the reading that counts, under way or done. */
  private synchronized SecretReading reading(ReadPolicy policy) {
    Map<Object, Object> own = isForOneLogin() ? policy.own() : null;
    Object mine = own == null ? null : own.get(this);
    if (mine != null) return (SecretReading) mine;
    SecretReading present = reading;
    if (present == null
        || present.isOutdated(policy.isFresh())
        || isGivenUp(present)
        || (own != null && present.isSent && !present.hasFailed())) {
      reading = present = new SecretReading(lookup, time, this::note);
      present.start();
    }
    if (own != null) {
      own.put(this, present);
      present.isSent = true;
    }
    return present;
  }

  /** Returns whether each login wants a value of its own. */
  private boolean isForOneLogin() {
    return lookup.isCommand() || lookup.settings.cache().isZero();
  }

  /** Returns whether one value says nothing about the next. Then none is read to compare them. */
  private synchronized boolean isEverNew() {
    return !lookup.isFile() && (lookup.settings.cache().isZero() || changesInARow > 1);
  }

  private synchronized void note(String value) {
    boolean changed = lastValue != null && !lastValue.equals(value);
    changesInARow = changed ? changesInARow + 1 : 0;
    lastValue = value;
  }

  /** Returns whether {@code late} hangs for so long that another is worth a try. */
  private boolean isGivenUp(SecretReading late) {
    if (late.isDone() || !late.isLate()) return false;
    if (lookup.isFile()) return true; // What reads files sees to it that not too many hang.
    if (hanging >= MOST_HANGING) return false;
    hanging++;
    late.value.whenComplete(
        (value, thrown) -> {
          synchronized (this) {
            hanging--;
          }
        });
    return true;
  }

  /** Returns the placeholder, without the arguments of a command. */
  @Override
  public String toString() {
    return lookup.toString();
  }
}
