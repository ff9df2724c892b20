package dev.authgraft.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which config is in force in a running instance: a snapshot. Immutable; holds no secret. */
public interface ConfigState {
  /** Returns the files that were read. */
  List<String> files();

  /** Returns when they were read, by the local clock. */
  Instant loadedAt();

  /** Returns when a reload failed since then, or null if none did. */
  @Nullable Instant reloadFailedAt();

  /** Returns what the log said about that failed reload; nothing if none failed. */
  List<String> reloadProblems();
}
