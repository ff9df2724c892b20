package dev.authgraft.internal.login;

import dev.authgraft.spi.Log;

/** Writes to another log and never throws: a failed log line must not fail a call or a login. */
final class QuietLog implements Log {
  private final Log log;

  private QuietLog(Log log) {
    this.log = log;
  }

  /** Returns {@code log}, made quiet. */
  static QuietLog of(Log log) {
    return log instanceof QuietLog ? (QuietLog) log : new QuietLog(log);
  }

  @Override
  public boolean isEnabled(Level level) {
    try {
      return log.isEnabled(level);
    } catch (Throwable e) { // a handler or a filter of the program's, say
      return false;
    }
  }

  @Override
  public void log(Level level, String line) {
    try {
      log.log(level, line);
    } catch (Throwable e) {
      // There is no place to report it.
    }
  }
}
