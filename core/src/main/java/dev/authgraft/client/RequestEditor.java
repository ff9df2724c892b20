package dev.authgraft.client;

import org.jspecify.annotations.Nullable;

/**
 * The request of one hop, as far as a strategy may read and change it. Each client integration
 * implements this over a copy of the request that no other hop will see.
 */
public interface RequestEditor {
  /** Returns the first value of the header {@code name}, or null if the request has none. */
  @Nullable String header(String name);

  /** Replaces every header {@code name} by one with this value. */
  void setHeader(String name, String value);

  /** Returns the encoded query without its question mark, or null if the URL has none. */
  @Nullable String query();

  /** Replaces the encoded query, given without a question mark. */
  void setQuery(String query);
}
