package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.DaemonThread;
import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.HelperThreads;
import dev.authgraft.internal.util.Printable;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
  static final int MOST_BYTES = 64 << 10;

  /** One login asks several times, and failures often come in a row. */
  private static final long JUST_NOW_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The time a source gets to report a timeout itself before its callers give up. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Longer than any file takes unless the file system hangs. */
  private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_HANGING = 2;

  /** Stands for a value that may differ at each reading. */
  private static final String EVER_NEW = "ever new";

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SecretSource source;
  private final String name;
  private final ConfiguredSourceSettings settings;
  private final Time time;
  private final String title;
  private final boolean quick;
  // Guarded by this.
  private @Nullable Reading reading;
  private @Nullable String lastValue;
  private int changesInARow;
  private int hanging;

  public SecretReference(
      SecretSource source, String name, ConfiguredSourceSettings settings, Time time) {
    this.source = source;
    this.name = name;
    this.settings = settings;
    this.time = time;
    // The arguments of a command are its own affair, and may be secrets.
    this.quick = source instanceof FileSecrets;
    int word = quick || source.isImmediate() ? -1 : name.trim().indexOf(' ');
    String shown = word < 0 ? name : name.trim().substring(0, word) + " …";
    this.title = "${" + source.scheme() + ":" + shown + "}";
  }

  /**
   * Returns the value.
   *
   * @throws PendingSecretException if it is not there yet and {@code policy} ends before
   */
  String read(ReadPolicy policy) throws SecretException {
    if (source.isImmediate()) return readNow();
    if (policy.isComparing() && isEverNew()) return EVER_NEW;
    Reading awaited = reading(policy);
    long start = time.nanos();
    while (true) {
      long left = settings.timeout().toNanos() + GRACE_NANOS - (time.nanos() - awaited.startedAt);
      try {
        if (awaited.value.isDone() || policy.waits() || awaited.isMomentary()) {
          return awaited.value.get(Math.min(Math.max(left, 1), SLICE_NANOS), TimeUnit.NANOSECONDS);
        }
        throw new PendingSecretException(title + " is being read");
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw new SecretException(cause == null ? title : String.valueOf(cause.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PendingSecretException("interrupted while waiting for " + title);
      } catch (TimeoutException e) {
        if (policy.isCanceled()) {
          throw new PendingSecretException("canceled while waiting for " + title);
        }
        if (left > 0) continue;
        awaited.interrupt();
        Duration waited = Duration.ofNanos(time.nanos() - start);
        throw new SecretException(
            title
                + " has not answered within "
                + Durations.show(settings.timeout().toMillis())
                + (waited.compareTo(settings.timeout()) < 0 ? ", and still does not" : ""));
      }
    }
  }

  /** Adds the files that are read, or run, for the value. */
  void addFiles(NamedFiles files, SourcePosition position) {
    settings.addFiles(files, position);
    try {
      if (source instanceof FileSecrets) files.add(position, settings.directory(), name);
      if (source instanceof CommandSecrets) {
        files.addProgram(position, settings.directory(), Command.words(name).get(0));
      }
      if (source instanceof KeyStoreSecrets) {
        files.add(position, settings.directory(), KeyStoreSecrets.file(name, settings));
      }
    } catch (SecretException e) {
      // What cannot be named has a problem of its own.
    }
  }

  /** Returns the reading that counts, under way or done. */
  private synchronized Reading reading(ReadPolicy policy) {
    Map<Object, Object> own = isForOneLogin() ? policy.own() : null;
    Object mine = own == null ? null : own.get(this);
    if (mine != null) return (Reading) mine;
    Reading present = reading;
    if (present == null
        || present.isOutdated(policy.isFresh())
        || isGivenUp(present)
        || (own != null && present.isSent && !present.value.isCompletedExceptionally())) {
      reading = present = new Reading();
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
    return source instanceof CommandSecrets || settings.cache().isZero();
  }

  /** Returns whether one value says nothing about the next. Then none is read to compare them. */
  private synchronized boolean isEverNew() {
    return !quick && (settings.cache().isZero() || changesInARow > 1);
  }

  private synchronized void note(String value) {
    boolean changed = lastValue != null && !lastValue.equals(value);
    changesInARow = changed ? changesInARow + 1 : 0;
    lastValue = value;
  }

  /** Returns whether {@code late} hangs for so long that another is worth a try. */
  private boolean isGivenUp(Reading late) {
    if (late.value.isDone() || !late.isLate()) return false;
    if (quick) return true; // What reads files sees to it that not too many hang.
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

  private String readNow() throws SecretException {
    String value;
    try {
      value = source.read(name, settings);
    } catch (SecretException e) {
      throw new SecretException(Printable.of(settings.redact(e.reason())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException(title + " has not answered in time");
    } catch (SecurityException e) {
      throw new SecretException(title + " may not be read");
    } catch (LinkageError e) { // Its message is a name of the source's own code.
      throw new SecretException(title + " cannot be read: its source lacks a class: " + e);
    } catch (Throwable e) {
      // Whose message may quote anything.
      throw new SecretException(title + " cannot be read: " + e.getClass().getName());
    }
    if (value == null) throw new SecretException(title + " is nothing: its source returned null");
    if (value.length() > MOST_BYTES || value.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new SecretException(title + " is longer than a secret can be, 64 KiB");
    }
    return value;
  }

  /** Returns the placeholder, without the arguments of a command. */
  @Override
  public String toString() {
    return title;
  }

  /** One question to the source. */
  private final class Reading implements Runnable {
    private final CompletableFuture<String> value = new CompletableFuture<>();
    private final long startedAt = time.nanos();
    private volatile long endedAt;
    private final long begunAt = System.nanoTime();
    private volatile @Nullable Thread thread;
    private boolean isSent; // guarded by the secret

    void start() {
      try {
        if (quick) {
          HelperThreads.execute(this);
          return;
        }
        Thread started = DaemonThread.of(this, "authgraft-secret");
        // As an extension expects it that looks for services of its own.
        started.setContextClassLoader(source.getClass().getClassLoader());
        thread = started;
        started.start();
      } catch (Throwable e) { // The system has no thread for it.
        fail(new SecretException("there is no thread to read " + title));
      }
    }

    @Override
    public void run() {
      try {
        String read = readNow();
        endedAt = time.nanos();
        note(read);
        value.complete(read);
      } catch (SecretException e) {
        fail(e);
      } catch (Throwable e) { // Whatever it is, those who wait must hear of it.
        fail(new SecretException(title + " cannot be read: " + e.getClass().getName()));
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

    /** Returns whether this will be there in a moment. By a time that goes on, in tests as well. */
    boolean isMomentary() {
      return quick && System.nanoTime() - begunAt < MOMENT_NANOS;
    }

    boolean isLate() {
      long allowed = settings.timeout().toNanos() + GRACE_NANOS + JUST_NOW_NANOS;
      return time.nanos() - startedAt >= allowed;
    }

    boolean isOutdated(boolean fresh) {
      if (!value.isDone()) return false;
      boolean brief = fresh || value.isCompletedExceptionally();
      long kept = settings.cache().toNanos();
      return time.nanos() - endedAt >= (brief ? Math.min(JUST_NOW_NANOS, kept) : kept);
    }

    void interrupt() {
      Thread running = thread;
      if (running != null) running.interrupt();
    }
  }
}
