package dev.authgraft;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Notices that the files of a config have changed. Safe for use by several threads. */
final class Reloader {
  /* No watcher and no thread of its own: requests drive it, at most one look in two seconds, each a
   * stat of the one or two files. It follows links, so the swap of a link to a mounted directory is
   * seen like any other change. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long SETTLED_MILLIS = 500;

  private final Time time;
  private final AtomicLong nextLook;
  private FileState seen;

  /**
   * @param read the files as they were before they were read
   */
  Reloader(Time time, FileState read) {
    this.time = time;
    this.nextLook = new AtomicLong(time.nanos() + PAUSE_NANOS);
    this.seen = read;
  }

  /** From now on these files count, as they were before they were read. */
  synchronized void watch(FileState read) {
    seen = read;
  }

  /** Returns whether the files have changed since they were last read; true once for a change. */
  boolean isDue() {
    long due = nextLook.get();
    long now = time.nanos();
    if (now - due < 0 || !nextLook.compareAndSet(due, now + PAUSE_NANOS)) return false;
    return Privileged.get(this::hasChanged);
  }

  private synchronized boolean hasChanged() {
    FileState now = FileState.of(seen.names());
    if (now.isSameAs(seen) || now.isWrittenWithin(SETTLED_MILLIS, time.millis())) return false;
    seen = now;
    return true;
  }
}
