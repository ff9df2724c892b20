package dev.authgraft.internal.util;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Accesses files with a time limit: a mount may be dead, or a pipe have no writer. */
public final class FileAccess {
  /*
   * Nothing interrupts the system's open, read or stat there, so each may block its thread for
   * ever. Blocked threads are counted for each file and its identity, so that a file that has
   * replaced a pipe is read. Two threads may block in each; then no further one tries until one of
   * them returns.
   */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int MOST_HANGING = 2;
  private static final long SLICE_MILLIS = 50;

  /** Since when each access goes on, by what it touches. Guarded by itself. */
  private static final Map<String, Map<Object, Long>> OPEN = new HashMap<>();

  private FileAccess() {}

  /** Touches a file. */
  public interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Returns what {@code action} on {@code file} returns, on a thread of its own.
   *
   * @throws IOException of the action, or that it has not ended within {@link #LIMIT}
   */
  public static <T> T within(Time time, Path file, Action<T> action) throws IOException {
    return within(time, () -> guarded(time, file, action));
  }

  /** Does the same for what counts by itself how often it hangs. */
  public static <T> T within(Time time, Action<T> action) throws IOException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Action<T> permitted = asCaller(action);
    HelperThreads.execute(
        () -> {
          try {
            result.complete(permitted.run());
          } catch (Throwable e) { // Rethrown below.
            result.completeExceptionally(e);
          }
        });
    return await(time, result);
  }

  /** Does the same for what is counted as {@code key}. */
  public static <T> T within(Time time, String key, Action<T> action) throws IOException {
    return within(time, () -> counted(time, key, action));
  }

  private static <T> T await(Time time, CompletableFuture<T> result) throws IOException {
    long start = time.nanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true; // It does not cut the reading short, as it would not without us.
        } catch (TimeoutException e) {
          if (time.nanos() - start < LIMIT.toNanos()) continue;
          throw hanging("reading it has not ended within " + Durations.show(LIMIT.toMillis()));
        } catch (ExecutionException e) {
          Throwable cause = e.getCause();
          if (cause instanceof IOException) throw (IOException) cause;
          if (cause instanceof RuntimeException) throw (RuntimeException) cause;
          if (cause instanceof Error) throw (Error) cause;
          throw new IOException(String.valueOf(cause));
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns what {@code action} on {@code file} returns, on this thread.
   *
   * @throws IOException of the action, or that too many threads hang in that file already
   */
  public static <T> T guarded(Time time, Path file, Action<T> action) throws IOException {
    String present =
        counted(
            time,
            file.toString(),
            () -> {
              BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
              return file + "/" + now.lastModifiedTime() + "/" + now.fileKey();
            });
    return counted(time, present, action);
  }

  private static <T> T counted(Time time, String key, Action<T> action) throws IOException {
    Object access = new Object();
    long now = time.nanos();
    synchronized (OPEN) {
      Map<Object, Long> open = OPEN.computeIfAbsent(key, any -> new HashMap<>());
      long hanging = open.values().stream().filter(at -> now - at >= LIMIT.toNanos()).count();
      if (hanging >= MOST_HANGING) throw hanging("reading it earlier has not ended yet");
      open.put(access, now);
    }
    try {
      return action.run();
    } finally {
      synchronized (OPEN) {
        Map<Object, Long> open = OPEN.get(key);
        if (open != null && open.remove(access) != null && open.isEmpty()) OPEN.remove(key);
      }
    }
  }

  private static IOException hanging(String what) {
    return new IOException(what + " (is its mount dead, or is it a pipe that nobody writes to?)");
  }

  /** Under a security manager a caller reads what it may read itself, on whatever thread. */
  private static <T> Action<T> asCaller(Action<T> action) {
    if (System.getSecurityManager() == null) return action;
    AccessControlContext caller = AccessController.getContext();
    return () -> {
      try {
        return AccessController.doPrivileged((PrivilegedExceptionAction<T>) action::run, caller);
      } catch (PrivilegedActionException e) {
        throw (IOException) e.getException();
      }
    };
  }
}
