package dev.authgraft.spi;

/** Receives Authgraft's log lines. Implementations must not throw. */
public interface Log {
  /** How much a line matters, most first. */
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
