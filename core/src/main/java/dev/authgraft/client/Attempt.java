package dev.authgraft.client;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * One hop with one credential: the steps that every client integration takes, and their order.
 * {@link BlockingHop} and {@link NonBlockingHop} take them for a client that hands over a whole
 * hop. If the client has a request loop of its own, the integration takes them from hooks in that
 * loop:
 *
 * <ol>
 *   <li>{@link #isWantedBy}: false means that the program's own credential wins; stop here.
 *   <li>{@link #obtain} or {@link #obtainAsync}: false means to send the hop as it is; stop here.
 *   <li>Where the program may have changed the request meanwhile, {@link
 *       dev.authgraft.Authgraft#rematch} what is sent: it may want another attempt, or none.
 *   <li>{@link #applyTo} the copy of the request that is sent, and send it.
 *   <li>{@link #isRenewalDue} after each response, the one to the replay as well: false means to
 *       hand the response on.
 *   <li>{@link #renew} or {@link #renewAsync}: false means to hand the response on as it came; true
 *       means to discard it, to {@link #applyTo} a fresh copy of the request and to send that.
 * </ol>
 *
 * <p>The attempt itself sees to it that a hop is renewed at most once, that a credential is only
 * forgotten where the body cannot be sent again, and that an accepted replay is noted.
 *
 * <p>Each step throws {@code IOException} only, whatever fails inside. A failure before the
 * response counts as a failed login; after a failure that follows the response, the program gets
 * the response. Errors of the calling thread or its memory, such as {@code OutOfMemoryError}, pass
 * through unchanged.
 *
 * <p>Not safe for use by several threads at once: it belongs to its hop.
 */
public interface Attempt {
  /** Returns the target that the rule was matched with. */
  Target target();

  /** Returns whether a credential has been obtained. */
  boolean isObtained();

  /**
   * Returns whether {@code request} is to carry the credential: it has none of its own in that
   * place, or the rule says {@code existing: replace}. If reading the request fails, the next step
   * fails; but this is false if the rule says {@code on-failure: pass}.
   */
  boolean isWantedBy(RequestEditor request);

  /**
   * Obtains the credential. It waits for a login only if there is no usable credential.
   *
   * @param repeatable whether the hop's body can be sent again; if not, a credential that is near
   *     its end is renewed first
   * @param canceled asked now and then while this waits; once it answers true, or the thread is
   *     interrupted, the wait ends with a {@link java.io.InterruptedIOException}
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
   * Does what {@link #obtain} does, for a thread that must not wait: if the credential needs a
   * login, this starts the login and then behaves as if the login had failed.
   */
  boolean obtainAtHand(boolean repeatable) throws CredentialException;

  /**
   * Writes the obtained credential into {@code request}.
   *
   * @throws CredentialException if that fails: some of it may have been written
   */
  void applyTo(RequestEditor request) throws CredentialException;

  /**
   * Returns whether {@code answer} rejects the credential and the hop has not been renewed yet:
   * then either {@link #renew} or {@link #invalidate} follows. Records the rejection or the
   * acceptance of the credential.
   *
   * @throws IOException what {@link Answer#peek} throws
   */
  boolean isRenewalDue(Answer answer) throws IOException;

  /**
   * Forgets the credential that was sent, unless it has been replaced already. For a rejected hop
   * that cannot be sent again, for example because its caller has canceled the call.
   */
  void invalidate();

  /**
   * Forgets the credential that was sent and obtains another.
   *
   * @param canSendAgain whether the body, which has been sent once, can be sent again; if not, the
   *     credential is forgotten and no other is obtained
   * @return false if the response stands; the log has the reason at level DEBUG
   * @throws java.io.InterruptedIOException as {@link #obtain} does
   */
  boolean renew(boolean canSendAgain, BooleanSupplier canceled) throws IOException;

  /** Does what {@link #renew} does and never blocks; the stage does not fail. */
  CompletionStage<Boolean> renewAsync(boolean canSendAgain);
}
