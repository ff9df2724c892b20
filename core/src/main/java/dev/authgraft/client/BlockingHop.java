package dev.authgraft.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Drives one hop of a client that sends a request and reads its response on the calling thread. It
 * takes the steps of an {@link Attempt} in their order: it obtains the credential, sends, and after
 * a rejection renews once and sends again. The client supplies what only it can do, as a {@link
 * Client}.
 *
 * <p>Stateless and safe for use by several threads; a {@link Client} belongs to its hop.
 */
public final class BlockingHop {
  private BlockingHop() {}

  /**
   * The operations of a client that the driver calls for one hop.
   *
   * @param <R> a response of the client
   * @param <X> what a call of the client fails with, apart from {@code IOException}
   */
  public interface Client<R, X extends Exception> {
    /**
     * Returns the attempt for what was sent last, or is sent next. It changes where the program
     * rewrites the request on its way and {@link dev.authgraft.Authgraft#rematch} finds another.
     */
    Attempt attempt();

    /** Returns whether the body can be sent twice, as far as is known before it is sent. */
    boolean isRepeatable();

    /** Returns whether the body, which has been sent once, can be sent again. */
    boolean canSendAgain();

    /** Returns whether the program has canceled the call. It is asked while a login is awaited. */
    boolean isCanceled();

    /** Sends the request as it is: it carries no credential. */
    R sendUnchanged() throws IOException, X;

    /** Sends a copy of the request to which the credential is applied. */
    R send() throws IOException, X;

    /**
     * Returns {@code response} as the attempt reads it, or null if the request that was sent
     * carried no credential after all.
     */
    @Nullable Answer answer(R response);

    /**
     * Discards {@code rejected}, and makes the request and the connection ready for {@link #send}.
     * It is called once another credential has been obtained, and not before.
     */
    void discard(R rejected) throws IOException, X;

    /**
     * Returns the exception that the call fails with because a step failed.
     *
     * @param response what has been received and is not handed on, to be closed; null before it
     * @throws IOException if that is what the call fails with
     */
    X failure(Throwable thrown, @Nullable R response) throws IOException;
  }

  /**
   * Sends a hop whose request {@link Attempt#isWantedBy wants} the credential, and returns the
   * response that the program gets.
   *
   * <p>What {@link Client#sendUnchanged} and {@link Client#send} throw passes as it is; whatever a
   * step throws goes through {@link Client#failure}.
   */
  public static <R, X extends Exception> R execute(Client<R, X> client) throws IOException, X {
    if (!isObtained(client)) return client.sendUnchanged();
    R response = client.send();
    while (isReplaced(client, response)) response = client.send();
    return response;
  }

  private static <R, X extends Exception> boolean isObtained(Client<R, X> client)
      throws IOException, X {
    try {
      return client.attempt().obtain(client.isRepeatable(), client::isCanceled);
    } catch (Throwable e) {
      throw client.failure(e, null);
    }
  }

  /**
   * Returns whether {@code response} was rejected and has been discarded, since there is another
   * credential. The attempt is renewed at most once: the response to the replay is handed on.
   */
  private static <R, X extends Exception> boolean isReplaced(Client<R, X> client, R response)
      throws IOException, X {
    try {
      Answer answer = client.answer(response);
      if (answer == null) return false;
      Attempt sent = client.attempt();
      if (!sent.isRenewalDue(answer)) return false;
      // Not before the renewal: without another credential, this is the program's response.
      if (!sent.renew(client.canSendAgain(), client::isCanceled)) return false;
      client.discard(response);
      return true;
    } catch (Throwable e) {
      throw client.failure(e, response);
    }
  }
}
