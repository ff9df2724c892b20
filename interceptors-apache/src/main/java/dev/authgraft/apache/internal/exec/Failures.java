package dev.authgraft.apache.internal.exec;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import org.apache.hc.core5.http.HttpException;

/** Converts a failure of one of Authgraft's steps into what a call of HttpClient fails with. */
public final class Failures {
  private Failures() {}

  /**
   * Returns what to throw in place of {@code thrown}.
   *
   * @throws IOException {@code thrown}, if the connection or the caller caused it
   * @throws Error {@code thrown}, if it concerns the program's thread or memory
   */
  public static HttpException of(Throwable thrown) throws IOException {
    if (thrown instanceof HttpException) return (HttpException) thrown;
    if (thrown instanceof IOException && !(thrown instanceof CredentialException)) {
      throw (IOException) thrown;
    }
    // After any IOException, HttpClient waits a second and sends an idempotent request again.
    IOException failure = Contained.failure(thrown);
    return new HttpException(failure.getMessage(), failure);
  }

  /** Returns {@code thrown} as a callback of HttpClient's can receive it. */
  public static Exception asException(Throwable thrown) {
    return thrown instanceof Exception
        ? (Exception) thrown
        : new HttpException(thrown.toString(), thrown);
  }
}
