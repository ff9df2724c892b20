package dev.authgraft.client;

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
   * the program to read from its start, as if nothing had been read. Takes at most two seconds and
   * returns what has been received until then. If the body cannot be read it returns an empty text,
   * and the program meets the error when it reads. {@link dev.authgraft.internal.body.PeekedBody}
   * does all this for a stream.
   *
   * <p>It is asked only of an answer whose head says that it has a body of text; an integration
   * need not ask for the status, {@code Content-Type} or {@code Content-Encoding} itself.
   *
   * @throws IOException only what the integration means to catch around {@link
   *     Attempt#isRenewalDue}: that it has to wait for the body before it can answer
   */
  String peek(int limit) throws IOException;
}
