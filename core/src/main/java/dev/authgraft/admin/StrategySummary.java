package dev.authgraft.admin;

import org.jspecify.annotations.Nullable;

/** One strategy of a config. Immutable. */
public interface StrategySummary {
  /** Returns its name in the config. */
  String name();

  /** Returns its type: {@code lazy-jwt}, for example. */
  String type();

  /**
   * Returns the header, cookie or query parameter that it sets, with the secret redacted: {@code
   * Authorization: Bearer ██}.
   */
  String sets();

  /** Returns the URL of its login, secrets redacted, or null where there is no login. */
  @Nullable String loginUrl();
}
