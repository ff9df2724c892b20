package dev.authgraft.client;

import dev.authgraft.internal.util.Resumption;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Drives one hop of a client that must not block. It takes the steps of an {@link Attempt} in their
 * order, like {@link BlockingHop}; no thread waits for a login. The client supplies what only it
 * can do, as a {@link Client}.
 *
 * <p>{@link #execute} sends the first request. The client then asks {@link #isReplaced} about each
 * response; if the answer is true, it discards the response and sends again.
 *
 * <p>Stateless and safe for use by several threads; a {@link Client} belongs to its hop.
 */
public final class NonBlockingHop {
  private static final CompletableFuture<Boolean> HANDED_ON =
      CompletableFuture.completedFuture(false);

  private NonBlockingHop() {}

  /**
   * The operations of a client that the driver calls for one hop.
   *
   * @param <X> what a call of the client fails with, apart from {@code IOException}
   */
  public interface Client<X extends Exception> {
    /**
     * Returns the attempt for what was sent last, or is sent next. It changes where the program
     * rewrites the request on its way and {@link dev.authgraft.Authgraft#rematch} finds another.
     */
    Attempt attempt();

    /** Returns whether the body can be sent twice, as far as is known now. */
    boolean isRepeatable();

    /** Starts to send the request as it is: it carries no credential. */
    void sendUnchanged() throws IOException, X;

    /** Starts to send a copy of the request to which the credential is applied. */
    void send() throws IOException, X;

    /**
     * Notes that the call waits for a login.
     *
     * @param cancel ends the wait, for a program that cancels the call; it returns false if the
     *     call has gone on already, and true if the client is to tell the program
     */
    void waits(BooleanSupplier cancel);

    /**
     * Returns the exception that the call fails with because a step failed.
     *
     * @throws IOException if that is what the call fails with
     */
    X failure(Throwable thrown) throws IOException;

    /**
     * Fails the call, whose {@link #execute} has returned already.
     *
     * @param thrown what a step, {@link #send} or {@link #sendUnchanged} threw
     */
    void failed(Throwable thrown);
  }

  /**
   * Sends a hop whose request {@link Attempt#isWantedBy wants} the credential: at once if the
   * credential is at hand, otherwise after the login, on one of Authgraft's threads.
   *
   * @throws IOException what the client's methods throw; nothing is thrown once a login is awaited
   */
  public static <X extends Exception> void execute(Client<X> client) throws IOException, X {
    CompletableFuture<Boolean> obtained;
    try {
      obtained = client.attempt().obtainAsync(client.isRepeatable()).toCompletableFuture();
      if (!obtained.isDone()) {
        executeLater(client, obtained);
        return;
      }
    } catch (Throwable e) {
      throw client.failure(e);
    }
    send(client, obtained);
  }

  private static <X extends Exception> void executeLater(
      Client<X> client, CompletableFuture<Boolean> obtained) {
    // Whoever sets it decides: the login that has ended, or the program that cancels.
    AtomicBoolean ended = new AtomicBoolean();
    client.waits(() -> ended.compareAndSet(false, true));
    Resumption.whenDone(
        obtained,
        () -> {
          if (ended.compareAndSet(false, true)) send(client, obtained);
        },
        client::failed);
  }

  private static <X extends Exception> void send(
      Client<X> client, CompletableFuture<Boolean> obtained) throws IOException, X {
    boolean hasCredential;
    try {
      hasCredential = obtained.join();
    } catch (CompletionException e) {
      throw client.failure(e.getCause() == null ? e : e.getCause());
    }
    if (hasCredential) client.send();
    else client.sendUnchanged();
  }

  /**
   * Returns whether {@code answer} is to be replaced by the response to a replay, since it rejected
   * the credential and there is another one. The future does not fail. It is done already unless a
   * login is awaited; {@link Resumption#whenDone} goes on after that.
   *
   * @throws IOException what {@link Answer#peek} throws: ask again once the body has come
   */
  public static CompletableFuture<Boolean> isReplaced(Client<?> client, Answer answer)
      throws IOException {
    Attempt sent = client.attempt();
    if (!sent.isRenewalDue(answer)) return HANDED_ON;
    return sent.renewAsync(client.isRepeatable()).toCompletableFuture();
  }
}
