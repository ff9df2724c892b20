package dev.authgraft.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The response to one hop, as far as it tells whether the credential was accepted. Belongs to its
 * hop; not safe for use by several threads at once.
 */
public interface Answer {
  /** Returns the HTTP status code. */
  int status();

  /** Returns the first value of the header {@code name}, or null if the response has none. */
  @Nullable String header(String name);

  /**
   * Returns the beginning of the body as text, {@code limit} bytes at most, and leaves the body for
   * the program to read from its start, as if nothing had been read. Takes at most two seconds and
   * returns what has been received until then. If the body cannot be read it returns an empty text,
   * and the program meets the error when it reads. {@link dev.authgraft.internal.body.PeekedBody}
   * does all this for a stream.
   *
   * <p>Authgraft calls this only if the status and headers announce a text body, so an integration
   * need not check the status, {@code Content-Type} or {@code Content-Encoding} itself.
   *
   * @throws IOException if the body has not arrived and the integration must not block; the
   *     integration catches it around {@link Attempt#isRenewalDue}
   */
  String peek(int limit) throws IOException;
}
