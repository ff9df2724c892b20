package dev.authgraft.testing;

import dev.authgraft.spi.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every line, down to debug. */
public final class RecordingLog implements Log {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public boolean isEnabled(Level level) {
    return true;
  }

  @Override
  public void log(Level level, String line) {
    lines.add(level + " " + line);
  }

  /** Returns the lines so far, each with its level before it. */
  public List<String> lines() {
    return lines;
  }
}
