package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.async.AsyncHopExecChain;
import dev.authgraft.apache.internal.classic.HopExecChain;
import java.util.Objects;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Adds authentication to the clients of Apache HttpClient 5 that a program builds itself: classic,
 * asynchronous and caching ones. A minimal client takes no extension; only the agent serves it.
 */
public final class ApacheAuth {
  private static final String NAME = "AUTHGRAFT";

  private ApacheAuth() {}

  /**
   * Makes every client that {@code client} builds send the credential that {@code authgraft} has
   * for the target of each hop, and renew a credential that the server rejects.
   *
   * <p>A credential is obtained before the hop takes a connection, and written after all of the
   * program's interceptors have run. A hop that is served twice, by two calls of this method or by
   * an agent as well, carries one credential: the agent's, or that of the last call, if it has one
   * for the target. A failed login reaches the program as a {@code ClientProtocolException} with
   * the same message, because HttpClient repeats a request after any other exception.
   *
   * @return {@code client}
   */
  public static HttpClientBuilder install(HttpClientBuilder client, Authgraft authgraft) {
    Objects.requireNonNull(authgraft, "authgraft");
    return client.addExecInterceptorAfter(
        ChainElement.PROTOCOL.name(),
        NAME,
        (request, scope, chain) -> new HopExecChain(chain, authgraft).proceed(request, scope));
  }

  /**
   * Does the same for asynchronous clients, of HTTP/1.1 and HTTP/2. No thread of the client or of
   * its callers waits for a login: the call is resumed on one of Authgraft's threads. A failed
   * login fails the call with an {@code HttpException} with the same message, for the same reason.
   *
   * @return {@code client}
   */
  public static HttpAsyncClientBuilder install(HttpAsyncClientBuilder client, Authgraft authgraft) {
    return client.addExecInterceptorAfter(ChainElement.PROTOCOL.name(), NAME, handler(authgraft));
  }

  /**
   * Does the same for asynchronous clients that speak HTTP/2 only.
   *
   * @return {@code client}
   */
  public static H2AsyncClientBuilder install(H2AsyncClientBuilder client, Authgraft authgraft) {
    return client.addExecInterceptorAfter(ChainElement.PROTOCOL.name(), NAME, handler(authgraft));
  }

  private static AsyncExecChainHandler handler(Authgraft authgraft) {
    Objects.requireNonNull(authgraft, "authgraft");
    return (request, body, scope, chain, callback) ->
        new AsyncHopExecChain(chain, authgraft).proceed(request, body, scope, callback);
  }
}
