package dev.authgraft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Notices that the files of a config have changed. Safe for use by several threads. */
final class Reloader {
  /* No watcher and no thread of its own: requests drive it, at most one look in two seconds, each a
   * stat of the one or two files. It follows links, so the swap of a link to a mounted directory is
   * seen like any other change. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A file that was written this short a time ago may be half written. */
  private static final long SETTLED_MILLIS = 500;

  private final Time time;
  private final AtomicLong nextLook;
  private List<String> files = Collections.emptyList();
  private String seen = "";

  Reloader(Time time) {
    this.time = time;
    this.nextLook = new AtomicLong(time.nanos() + PAUSE_NANOS);
  }

  /** From now on these files count, as they are. */
  synchronized void watch(List<String> watched) {
    files = new ArrayList<>(watched);
    seen = state();
  }

  /** Returns whether the files have changed since they were last read; true once for a change. */
  boolean isDue() {
    long due = nextLook.get();
    long now = time.nanos();
    if (now - due < 0 || !nextLook.compareAndSet(due, now + PAUSE_NANOS)) return false;
    return Privileged.get(this::hasChanged);
  }

  private synchronized boolean hasChanged() {
    String state = state();
    if (state.equals(seen) || state.isEmpty()) return false;
    seen = state;
    return true;
  }

  /** Returns what tells one version of the files from another, or "" while one is being written. */
  private String state() {
    StringBuilder state = new StringBuilder();
    for (String file : files) {
      Path path = Paths.get(file);
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        long modified = now.lastModifiedTime().toMillis();
        if (!seen.isEmpty() && Math.abs(time.millis() - modified) < SETTLED_MILLIS) return "";
        state.append(now.lastModifiedTime()).append('/').append(now.size());
        state.append('/').append(now.fileKey()).append('\n');
      } catch (IOException e) {
        state.append("missing\n");
      }
    }
    return state.toString();
  }
}
