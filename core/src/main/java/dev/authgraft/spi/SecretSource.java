package dev.authgraft.spi;

import java.io.IOException;
import java.util.Collections;
import java.util.Set;

/**
 * A source of secrets for the placeholders {@code ${SCHEME:NAME}} of one scheme.
 *
 * <p>An implementation is found by {@link java.util.ServiceLoader}, so a jar beside Authgraft's
 * adds one: a vault's client, say. It caches nothing; the config says how long a value is kept.
 * Safe for use by several threads.
 */
public interface SecretSource {
  /** Returns the scheme, the part before the colon: lower-case letters, digits and hyphens. */
  String scheme();

  /** Returns the keys that {@code secrets: {SCHEME: {…}}} of a config may have for this. */
  default Set<String> settings() {
    return Collections.emptySet();
  }

  /**
   * Returns whether reading never blocks: then the calling thread reads the value each time that it
   * is used. Otherwise a thread of Authgraft's reads, is interrupted after {@link
   * SecretSettings#timeout()}, and what it read is kept for a short time.
   */
  default boolean isImmediate() {
    return false;
  }

  /**
   * Refuses a name that can never be read, when the config is loaded. Reads nothing and waits for
   * nothing: one that has not answered after 10 s makes the config unusable.
   *
   * @throws SecretException that says what is wrong with {@code name} and how to write it
   */
  default void check(String name) throws SecretException {}

  /**
   * Returns the value of {@code name}; it may be empty.
   *
   * @throws SecretException if there is none; its message reaches logs and callers, so it says what
   *     is missing and what to do, and holds no secret
   * @throws IOException if reading fails; as for unchecked exceptions, only the class of the
   *     exception is logged
   */
  String read(String name, SecretSettings settings) throws IOException, InterruptedException;
}
