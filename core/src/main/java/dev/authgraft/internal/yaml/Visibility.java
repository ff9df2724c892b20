package dev.authgraft.internal.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Decides which keys and values of a file may be shown with a problem. The parser does not know the
 * keys of a config, so the package that declares them implements this. Implementations are
 * immutable.
 */
public interface Visibility {
  /** Returns the keys of the whole file. */
  MapKeys root();

  /** Returns the keys of a map whose path is unknown, since the parser did not reach it. */
  MapKeys anywhere();

  /** The keys that one map may have. */
  interface MapKeys {
    /** Returns whether {@code key} is a key of a config rather than a part of a secret. */
    boolean contains(String key);

    /**
     * Returns whether {@code value}, or a list with it, is known to be no secret behind the key.
     */
    boolean shows(String key, String value);

    /** Returns the keys of the maps behind {@code key}, or null if none can stand there. */
    @Nullable MapKeys within(String key);
  }
}
