package dev.authgraft.admin;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of one login or refresh. Immutable. */
public interface LoginOutcome {
  /** Returns when it ended, by the local clock. */
  Instant endedAt();

  /** Returns how long it took. */
  Duration duration();

  /** Returns whether it yielded a credential. */
  boolean isSuccess();

  /** Returns why it yielded none, redacted, or null if it succeeded. */
  @Nullable String reason();
}
