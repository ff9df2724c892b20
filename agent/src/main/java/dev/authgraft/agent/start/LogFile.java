package dev.authgraft.agent.start;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/*
 * Opening and writing a file may hang forever, on a dead mount or on a pipe that nobody reads. So a
 * separate thread does both; it ends after a while without lines. A thread that logs waits until
 * its line is written, so that no line is missing when the JVM exits. After one wait of ten
 * seconds, nobody waits again until the file has caught up.
 */
/** A log file. Safe for use by several threads. */
final class LogFile {
  static final int MOST_LINES = 1_000;
  private static final long MOST_MILLIS = 10_000;
  private static final long IDLE_MILLIS = 10_000;

  private final File file;
  // Guarded by this.
  private final Queue<String> lines = new ArrayDeque<>();
  private @Nullable PrintStream out;
  private @Nullable IOException failure;
  private boolean givenUp;
  private boolean writing;
  private boolean late;
  private long accepted;
  private long written;
  private long lost;

  private LogFile(File file) {
    this.file = file;
  }

  /**
   * Opens {@code file} for appending.
   *
   * @throws IOException if it cannot be written, or if opening it takes longer than ten seconds
   */
  static LogFile open(File file) throws IOException {
    LogFile log = new LogFile(file);
    AgentThread.start(
        "log",
        new Runnable() { // No lambda: it runs before main.
          @Override
          public void run() {
            log.open();
          }
        });
    log.awaitOpening();
    return log;
  }

  private synchronized void awaitOpening() throws IOException {
    long end = in(MOST_MILLIS);
    while (out == null && failure == null && waitUntil(end)) {}
    if (out != null) return;
    givenUp = true;
    if (failure != null) throw failure;
    throw new IOException(
        file
            + ": opening it has not ended within "
            + MOST_MILLIS / 1000
            + "s (is its mount dead, or is it a pipe that nobody reads?)");
  }

  /** Writes {@code line}, or queues it until the file can be written again; at most 1,000 lines. */
  synchronized void println(String line) {
    if (lines.size() >= MOST_LINES || !startWriting()) {
      lost++;
      return;
    }
    lines.add(line);
    long mine = ++accepted;
    notifyAll();
    long end = in(MOST_MILLIS);
    while (!late && written < mine) late = !waitUntil(end);
  }

  private boolean startWriting() {
    if (writing) return true;
    try {
      AgentThread.start(
          "log",
          new Runnable() {
            @Override
            public void run() {
              write();
            }
          });
      writing = true;
    } catch (OutOfMemoryError e) {
      // The JVM has no thread to spare now; the next line tries again.
    }
    return writing;
  }

  private void open() {
    try {
      PrintStream opened = new PrintStream(new FileOutputStream(file, true), true, "UTF-8");
      if (!accept(opened)) opened.close();
    } catch (IOException e) {
      fail(e);
    }
  }

  private synchronized boolean accept(PrintStream opened) {
    if (givenUp) return false;
    out = opened;
    notifyAll();
    return true;
  }

  private synchronized void fail(IOException e) {
    failure = e;
    notifyAll();
  }

  private void write() {
    PrintStream out = requireNonNull(this.out); // Set once, before open() returned.
    for (String line = next(); line != null; line = next()) {
      out.println(line);
      noteWritten();
    }
  }

  private synchronized @Nullable String next() {
    long end = in(IDLE_MILLIS);
    while (lines.isEmpty() && lost == 0 && waitUntil(end)) {}
    String line = lines.poll();
    if (line != null) return line;
    writing = lost > 0;
    if (!writing) return null;
    accepted++;
    line = "authgraft WARN the log-file could not be written for a while: lines lost: " + lost;
    lost = 0;
    return line;
  }

  private synchronized void noteWritten() {
    written++;
    if (written == accepted) late = false;
    notifyAll();
  }

  private static long in(long millis) {
    return System.nanoTime() + millis * 1_000_000;
  }

  /** Returns false once {@code end} has passed. Keeps an interrupt, which is the program's. */
  private boolean waitUntil(long end) {
    boolean interrupted = false;
    try {
      long left = (end - System.nanoTime() + 999_999) / 1_000_000;
      if (left <= 0) return false;
      wait(left);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) Thread.currentThread().interrupt();
    return !interrupted;
  }
}
