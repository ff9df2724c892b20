package dev.authgraft.internal.engine;

import dev.authgraft.spi.Log;
import java.util.logging.Logger;

/** Writes to the logger of this package: the default where Authgraft is used in code. */
final class JavaUtilLog implements Log {
  private final Logger logger = Logger.getLogger("dev.authgraft");

  @Override
  public boolean isEnabled(Level level) {
    return logger.isLoggable(level(level));
  }

  @Override
  public void log(Level level, String line) {
    logger.logp(level(level), "dev.authgraft.Authgraft", null, line);
  }

  private static java.util.logging.Level level(Level level) {
    switch (level) {
      case ERROR:
        return java.util.logging.Level.SEVERE;
      case WARN:
        return java.util.logging.Level.WARNING;
      case INFO:
        return java.util.logging.Level.INFO;
      default:
        return java.util.logging.Level.FINE;
    }
  }
}
