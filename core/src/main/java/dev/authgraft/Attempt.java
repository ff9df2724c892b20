package dev.authgraft;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * One hop with one credential. A client integration takes these steps, in this order:
 *
 * <ol>
 *   <li>{@link #isWantedBy}: false means that the program's own credential wins; stop here.
 *   <li>{@link #obtain} or {@link #obtainAsync}: false means to send the hop as it is; stop here.
 *   <li>{@link #applyTo} the copy of the request that is sent, and send it.
 *   <li>{@link #isRejectedBy} the answer? If the body cannot be sent again, {@link #invalidate} and
 *       hand the answer on. Otherwise {@link #renew} or {@link #renewAsync}: false means to hand
 *       the answer on as it came; true, to discard it, {@link #applyTo} a fresh copy of the request
 *       and send that. Whatever comes then is the answer.
 * </ol>
 *
 * <p>Not safe for use by several threads at once: it belongs to its hop.
 */
public final class Attempt {
  /**
   * Returns whether {@code request} is to carry the credential: it has none of its own in that
   * place, or the rule says {@code existing: replace}.
   */
  public boolean isWantedBy(RequestEditor request) {
    throw new IllegalStateException();
  }

  /**
   * Obtains the credential, waiting for a login only where there is none that is still usable.
   *
   * @param repeatable whether the hop's body can be sent again; if not, a credential that is near
   *     its end is renewed first
   * @param canceled asked now and then while this waits; once it answers true the wait ends with a
   *     {@link java.io.InterruptedIOException}, and so it does when the thread is interrupted
   * @return false if there is none and the rule says {@code on-failure: pass}
   * @throws CredentialException if there is none and the rule says {@code on-failure: fail}
   */
  public boolean obtain(boolean repeatable, BooleanSupplier canceled) throws IOException {
    throw new IllegalStateException();
  }

  /**
   * Does what {@link #obtain} does and never blocks. The stage completes on the calling thread, if
   * no login is needed, or on one of Authgraft's; it fails with a {@link CredentialException}.
   */
  public CompletionStage<Boolean> obtainAsync(boolean repeatable) {
    throw new IllegalStateException();
  }

  /** Writes the obtained credential into {@code request}. */
  public void applyTo(RequestEditor request) {
    throw new IllegalStateException();
  }

  /** Returns whether {@code answer} says that the server does not accept the credential. */
  public boolean isRejectedBy(Answer answer) throws IOException {
    throw new IllegalStateException();
  }

  /** Forgets the credential that was sent, unless it has been replaced already. */
  public void invalidate() {
    throw new IllegalStateException();
  }

  /**
   * Forgets the credential that was sent and obtains another.
   *
   * @return false if there is no other: the answer that rejected the first one stands. The reason
   *     is in the log.
   * @throws java.io.InterruptedIOException as {@link #obtain} does
   */
  public boolean renew(BooleanSupplier canceled) throws IOException {
    throw new IllegalStateException();
  }

  /** Does what {@link #renew} does and never blocks; the stage does not fail. */
  public CompletionStage<Boolean> renewAsync() {
    throw new IllegalStateException();
  }
}
