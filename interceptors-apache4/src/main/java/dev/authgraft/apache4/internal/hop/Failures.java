package dev.authgraft.apache4.internal.hop;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import org.apache.http.HttpException;

/**
 * Converts a failure of one of Authgraft's steps into the exception that the HttpClient call fails
 * with.
 */
public final class Failures {
  private Failures() {}

  /**
   * Returns what to throw in place of {@code thrown}.
   *
   * @throws IOException {@code thrown}, if the connection or the caller is why
   * @throws Error {@code thrown}, if it is the program's own
   */
  public static HttpException of(Throwable thrown) throws IOException {
    if (thrown instanceof HttpException) return (HttpException) thrown;
    if (thrown instanceof IOException && !(thrown instanceof CredentialException)) {
      throw (IOException) thrown;
    }
    // After most IOExceptions, HttpClient sends an idempotent request again.
    IOException failure = Contained.failure(thrown);
    return new HttpException(failure.getMessage(), failure);
  }

  /** Returns {@code thrown} as a hook answers it, to have the hooked method throw it. */
  public static Throwable answer(Throwable thrown) {
    try {
      return of(thrown);
    } catch (Throwable e) {
      return e;
    }
  }
}
