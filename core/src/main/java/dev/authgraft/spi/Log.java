package dev.authgraft.spi;

/**
 * Receives Authgraft's log lines. Implementations must not throw. They are called by several
 * threads at once.
 */
public interface Log {
  /** The level of a log line, the most severe first. */
  enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** Returns whether lines of {@code level} are kept. */
  boolean isEnabled(Level level);

  /** Writes one line, which holds no secret and no line break. */
  void log(Level level, String line);
}
