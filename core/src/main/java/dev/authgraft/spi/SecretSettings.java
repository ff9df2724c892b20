package dev.authgraft.spi;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one source of secrets in a config: {@code secrets: {vault: {address: …}}}. Safe
 * for use by several threads; made by Authgraft alone.
 */
public interface SecretSettings {
  /** Returns the absolute directory that relative paths are relative to: the config's. */
  Path directory();

  /** Returns how long one reading may take. */
  Duration timeout();

  /**
   * Returns the present value of {@code key}, or null where the config has none.
   *
   * @throws SecretException if the value has a placeholder that cannot be read
   */
  @Nullable String get(String key) throws SecretException;

  /**
   * Returns the present value of {@code key}.
   *
   * @throws SecretException if the config has none, or what it refers to is missing
   */
  String require(String key) throws SecretException;
}
