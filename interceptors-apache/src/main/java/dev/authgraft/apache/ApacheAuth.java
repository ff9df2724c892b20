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
 * Grafts authentication onto the clients of Apache HttpClient 5 that the program builds itself:
 * classic, asynchronous, caching. The minimal ones take no extension; only the agent serves them.
 */
public final class ApacheAuth {
  private static final String NAME = "AUTHGRAFT";

  private ApacheAuth() {}

  /**
   * Makes every client that {@code client} builds present the credentials that {@code authgraft}
   * has for the target of each hop, and renew those that a server rejects.
   *
   * <p>A credential is obtained before the hop takes a connection, and written after every
   * interceptor of the program's has run. Where a hop is served twice, by two calls of this or by
   * an agent as well, it carries one credential: the agent's, or that of the last call, if it has
   * one for the target. A failed login reaches the program as a {@code ClientProtocolException}
   * with the same message, because HttpClient repeats a request after any other.
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
   * its callers waits for a login: the call goes on on a thread of Authgraft's. A failed login
   * fails it with an {@code HttpException} with the same message, for the same reason.
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
