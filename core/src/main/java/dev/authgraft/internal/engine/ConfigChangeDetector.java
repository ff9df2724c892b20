package dev.authgraft.internal.engine;

import dev.authgraft.internal.util.FileState;
import dev.authgraft.internal.util.HelperThreads;
import dev.authgraft.internal.util.Time;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Notices that the files of a config have changed. Safe for use by several threads. */
final class ConfigChangeDetector {
  /* No watcher: requests drive it, at most one look in two seconds, each a stat of the one or two
   * files. It follows links, so the swap of a link to a mounted directory is seen like any other
   * change. A look has a thread of its own, since a dead mount may hang in it: no request waits, and
   * no login. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long QUIET_MILLIS = 500;

  /** What hangs, or may not be read, may be back without any change of the files that are seen. */
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Follows a change. */
  interface Following {
    /**
     * Returns whether it could be followed; if not, it is tried again in a while.
     *
     * @param again whether this is such a trial
     */
    boolean follow(boolean again);
  }

  private final Time time;
  private final AtomicLong nextLook;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile FileState seen;

  /** What could not be followed, and when. Of the one thread that looks. */
  private @Nullable FileState failed;

  private long failedAt;

  /**
   * @param read the files as they were before they were read
   */
  ConfigChangeDetector(Time time, FileState read) {
    this.time = time;
    this.nextLook = new AtomicLong(time.nanos() + PAUSE_NANOS);
    this.seen = read;
  }

  /** From now on these files count, as they were before they were read. */
  void watch(FileState read) {
    seen = read;
  }

  /** Returns whether it is time for a look; true once. */
  boolean isDue() {
    long due = nextLook.get();
    long now = time.nanos();
    return now - due >= 0 && nextLook.compareAndSet(due, now + PAUSE_NANOS);
  }

  /**
   * Looks, on another thread, whether the files have changed since they were read, or have changed
   * before and could not be followed.
   */
  void look(Following following) {
    if (!looking.compareAndSet(false, true)) return; // It takes a while.
    try {
      HelperThreads.execute(
          () -> {
            try {
              if (hasChanged()) follow(following, false);
              else if (isDueAgain()) follow(following, true);
            } finally {
              looking.set(false);
            }
          });
    } catch (OutOfMemoryError e) {
      looking.set(false); // There is no thread for it now.
    }
  }

  private void follow(Following following, boolean again) {
    FileState tried = seen;
    failed = null;
    if (following.follow(again)) return;
    failedAt = time.nanos();
    failed = tried;
  }

  private boolean isDueAgain() {
    return failed != null && failed == seen && time.nanos() - failedAt >= RETRY_NANOS;
  }

  private boolean hasChanged() {
    FileState before = seen;
    FileState now = FileState.of(before.names(), time);
    if (now.isSameAs(before) || now.isWrittenWithin(QUIET_MILLIS, time.millis())) return false;
    if (seen != before) return false; // Another config has taken the place meanwhile.
    seen = now;
    return true;
  }
}
