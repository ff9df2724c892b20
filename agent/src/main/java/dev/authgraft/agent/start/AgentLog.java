package dev.authgraft.agent.start;

import dev.authgraft.spi.Log;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code authgraft LEVEL line} to standard error or a file. Safe for use by several threads.
 */
public final class AgentLog implements Log {
  private final @Nullable Level last;
  private final PrintStream out;
  private final @Nullable LogFile file;

  /** Writes the lines up to level {@code last}, or no lines if it is null. */
  public AgentLog(@Nullable Level last, PrintStream out) {
    this(last, out, null);
  }

  private AgentLog(@Nullable Level last, PrintStream out, @Nullable LogFile file) {
    this.last = last;
    this.out = out;
    this.file = file;
  }

  /**
   * Opens the log that {@code options} name. If its file cannot be written, logs to standard error.
   */
  public static AgentLog open(Options options) {
    // The stream as it is now: a program may redirect it later into what sends its log by HTTP.
    PrintStream standard = System.err;
    File file = options.logFile();
    if (file == null || options.level() == null) return new AgentLog(options.level(), standard);
    try {
      return new AgentLog(options.level(), standard, LogFile.open(file));
    } catch (IOException e) {
      AgentLog log = new AgentLog(options.level(), standard);
      log.log(Level.WARN, "log-file cannot be written, logging here: " + e.getMessage());
      return log;
    }
  }

  @Override
  public boolean isEnabled(Level level) {
    return last != null && level.compareTo(last) <= 0;
  }

  @Override
  public void log(Level level, String line) {
    if (!isEnabled(level)) return;
    String whole = "authgraft " + level + " " + line;
    if (file == null) out.println(whole);
    else file.println(whole);
  }
}
