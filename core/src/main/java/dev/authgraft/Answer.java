package dev.authgraft;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The response to one hop, as far as it tells whether the credential was accepted. */
public interface Answer {
  /** Returns the HTTP status code. */
  int status();

  /** Returns the first value of the header {@code name}, or null if the response has none. */
  @Nullable String header(String name);

  /**
   * Returns the beginning of the body as text, {@code limit} bytes at most, and leaves the body for
   * the program to read from its start.
   */
  String peek(int limit) throws IOException;
}
