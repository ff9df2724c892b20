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
  /*
   * There is no watcher thread. At most every two seconds a request triggers a check, a stat of one
   * or two files. It follows links, so a replaced link to a mounted directory is noticed like any
   * other change. The check runs on a thread of its own, because a dead mount may block it; no
   * request and no login waits for it.
   */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long QUIET_MILLIS = 500;

  /** A file that could not be read may become readable without a visible change. */
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

  /** The file states of the last failed reload and its time. Confined to the checking thread. */
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
