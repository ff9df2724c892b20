package dev.authgraft.spi;

import dev.authgraft.Authgraft;
import java.io.Closeable;
import java.io.IOException;

/**
 * Sends the requests of a login through a client of its own, which shares nothing with the clients
 * of the program: no interceptor, cookie store, listener, dispatcher or connection pool.
 *
 * <p>An implementation sends each request at most once (no retry after the request began to be
 * sent, no reuse of connections), follows no redirect, handles no cookie and answers no challenge.
 * It is found by {@link java.util.ServiceLoader}, one instance for each {@link Authgraft}. Safe for
 * use by several threads.
 */
public interface LoginTransport extends Closeable {
  /** The longest body that an implementation reads, in bytes. */
  int MAX_BODY_BYTES = 1 << 20;

  /**
   * Sends {@code request} and returns the whole answer, whatever its status.
   *
   * @param settings the same for every call on one instance
   * @throws IOException if there is no answer within {@link LoginRequest#timeout()}, or its body is
   *     longer than {@link #MAX_BODY_BYTES}
   */
  LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException;

  /** Ends the calls that are under way and refuses later ones, without waiting for either. */
  @Override
  void close();
}
