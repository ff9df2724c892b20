package dev.authgraft.client;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * One hop with one credential. A client integration takes these steps, in this order:
 *
 * <ol>
 *   <li>{@link #isWantedBy}: false means that the program's own credential wins; stop here.
 *   <li>{@link #obtain} or {@link #obtainAsync}: false means to send the hop as it is; stop here.
 *   <li>Where the program may have changed the request meanwhile, {@link
 *       dev.authgraft.Authgraft#rematch} what is sent: it may want another attempt, or none.
 *   <li>{@link #applyTo} the copy of the request that is sent, and send it.
 *   <li>{@link #isRejectedBy} the answer? If the body cannot be sent again, {@link #invalidate} and
 *       hand the answer on. Otherwise {@link #renew} or {@link #renewAsync}: false means to hand
 *       the answer on as it came; true, to discard it, {@link #applyTo} a fresh copy of the request
 *       and send that. Whatever comes then is the answer; it is shown to {@link #isRejectedBy} as
 *       well, so that an acceptance is noted.
 * </ol>
 *
 * <p>No step throws anything but an {@code IOException}, whatever fails inside: what comes before
 * the answer then counts as a login that failed, and where it comes after, the answer stands. Only
 * what tells of the calling thread or of its memory passes as it is, like an {@code
 * OutOfMemoryError}.
 *
 * <p>Not safe for use by several threads at once: it belongs to its hop.
 */
public interface Attempt {
  /** Returns what the rule was matched with. */
  Target target();

  /** Returns whether a credential has been obtained. */
  boolean isObtained();

  /**
   * Returns whether {@code request} is to carry the credential: it has none of its own in that
   * place, or the rule says {@code existing: replace}. Where that cannot be told, the step that
   * follows fails, or the rule says {@code on-failure: pass} and this is false.
   */
  boolean isWantedBy(RequestEditor request);

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
  boolean obtain(boolean repeatable, BooleanSupplier canceled) throws IOException;

  /**
   * Does what {@link #obtain} does and never blocks. The stage completes on the calling thread, if
   * no login is needed, or on one of Authgraft's; it fails with a {@link CredentialException}.
   */
  CompletionStage<Boolean> obtainAsync(boolean repeatable);

  /**
   * Does what {@link #obtain} does, for a thread that cannot wait: a credential that is not at hand
   * is not obtained, though a login for it begins.
   */
  boolean obtainAtHand(boolean repeatable) throws CredentialException;

  /**
   * Writes the obtained credential into {@code request}.
   *
   * @throws CredentialException if that fails: some of it may have been written
   */
  void applyTo(RequestEditor request) throws CredentialException;

  /** Returns whether {@code answer} says that the server does not accept the credential. */
  boolean isRejectedBy(Answer answer) throws IOException;

  /** Forgets the credential that was sent, unless it has been replaced already. */
  void invalidate();

  /**
   * Forgets the credential that was sent and obtains another.
   *
   * @return false if there is no other: the answer that rejected the first one stands. The reason
   *     is in the log.
   * @throws java.io.InterruptedIOException as {@link #obtain} does
   */
  boolean renew(BooleanSupplier canceled) throws IOException;

  /** Does what {@link #renew} does and never blocks; the stage does not fail. */
  CompletionStage<Boolean> renewAsync();
}
