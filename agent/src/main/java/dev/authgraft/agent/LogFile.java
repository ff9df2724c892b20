package dev.authgraft.agent;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/*
 * The system's open and write may hang for ever, on a dead mount or in a pipe that nobody reads. So
 * a thread of its own does both. Who logs waits until its line is written, so that none is missing
 * when the JVM ends; once that took a second, nobody waits until the file has caught up.
 */
/** The lines of a log in a file. Safe for use by several threads. */
final class LogFile implements Runnable {
  static final int MOST_LINES = 1_000;
  private static final long OPENING_MILLIS = 10_000;
  private static final long WRITING_MILLIS = 1_000;

  private final File file;
  // Guarded by this.
  private final Queue<String> lines = new ArrayDeque<>();
  private @Nullable IOException failure;
  private boolean opened;
  private boolean givenUp;
  private boolean late;
  private long accepted;
  private long written;
  private long lost;

  private LogFile(File file) {
    this.file = file;
  }

  /**
   * Opens {@code file}, whose lines stay.
   *
   * @throws IOException if it cannot be written, or opening it has not ended within ten seconds
   */
  static LogFile open(File file) throws IOException {
    LogFile log = new LogFile(file);
    AgentThread.start("log", log);
    log.awaitOpening();
    return log;
  }

  private synchronized void awaitOpening() throws IOException {
    long end = in(OPENING_MILLIS);
    while (!opened && failure == null && waitUntil(end)) {}
    if (opened) return;
    givenUp = true;
    if (failure != null) throw failure;
    throw new IOException(
        file
            + ": opening it has not ended within "
            + OPENING_MILLIS / 1000
            + "s (is its mount dead, or is it a pipe that nobody reads?)");
  }

  /** Writes {@code line}, or keeps it until the file can be written again; at most 1,000 such. */
  synchronized void println(String line) {
    if (lines.size() >= MOST_LINES) {
      lost++;
      return;
    }
    lines.add(line);
    long mine = ++accepted;
    notifyAll();
    long end = in(WRITING_MILLIS);
    while (!late && written < mine) late = !waitUntil(end);
  }

  @Override
  public void run() {
    try (PrintStream out = new PrintStream(new FileOutputStream(file, true), true, "UTF-8")) {
      if (!isWanted()) return;
      while (true) {
        out.println(next());
        noteWritten();
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      // Nobody has a reason to.
    }
  }

  private synchronized boolean isWanted() {
    opened = true;
    notifyAll();
    return !givenUp;
  }

  private synchronized void fail(IOException e) {
    failure = e;
    notifyAll();
  }

  private synchronized String next() throws InterruptedException {
    while (lines.isEmpty() && lost == 0) wait();
    String line = lines.poll();
    if (line != null) return line;
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

  /** Returns false once {@code end} has come. An interrupt is for the program: it stays. */
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
