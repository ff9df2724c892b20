package dev.authgraft.internal.engine;

import dev.authgraft.admin.ConfigState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the config in force was read, and whether a reload has failed since. Immutable. */
final class ReloadState implements ConfigState {
  private final List<String> files;
  private final Instant loadedAt;
  private final @Nullable Instant reloadFailedAt;
  private final List<String> reloadProblems;

  private ReloadState(
      List<String> files, Instant loadedAt, @Nullable Instant failedAt, List<String> problems) {
    this.files = files;
    this.loadedAt = loadedAt;
    this.reloadFailedAt = failedAt;
    this.reloadProblems = problems;
  }

  /** Returns the state after {@code files} were read at {@code now}. */
  static ReloadState loaded(List<String> files, Instant now) {
    return new ReloadState(copy(files), now, null, Collections.emptyList());
  }

  /** Returns the state after a reload that failed at {@code now}. */
  ReloadState failed(Instant now, List<String> problems) {
    return new ReloadState(files, loadedAt, now, copy(problems));
  }

  private static List<String> copy(List<String> lines) {
    return Collections.unmodifiableList(new ArrayList<>(lines));
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public Instant loadedAt() {
    return loadedAt;
  }

  @Override
  public @Nullable Instant reloadFailedAt() {
    return reloadFailedAt;
  }

  @Override
  public List<String> reloadProblems() {
    return reloadProblems;
  }

  @Override
  public String toString() {
    return files + " since " + loadedAt;
  }
}
