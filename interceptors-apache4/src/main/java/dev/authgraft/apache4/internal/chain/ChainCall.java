package dev.authgraft.apache4.internal.chain;

import dev.authgraft.Authgraft;
import dev.authgraft.apache4.internal.hop.Connections;
import dev.authgraft.apache4.internal.hop.Hop;
import dev.authgraft.apache4.internal.hop.Overrides;
import dev.authgraft.internal.hook.ThreadCall;
import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthState;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.HttpClientUtils;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.jspecify.annotations.Nullable;

/** A call of the last part of a chain, which sends one hop. */
final class ChainCall extends ThreadCall {
  private static final Class<?>[] PARAMETERS = {
    HttpRoute.class, HttpRequestWrapper.class, HttpClientContext.class, HttpExecutionAware.class
  };

  private final ClientExecChain chain;
  private final HttpRoute route;
  private final HttpRequestWrapper request;
  private final HttpClientContext context;
  private final @Nullable HttpExecutionAware aware;
  private final Hop hop;
  private boolean isEntered;

  private ChainCall(@Nullable Object[] arguments, Authgraft authgraft) {
    this.chain = (ClientExecChain) argument(arguments, 0);
    this.route = (HttpRoute) argument(arguments, 1);
    this.request = (HttpRequestWrapper) argument(arguments, 2);
    this.context = (HttpClientContext) argument(arguments, 3);
    this.aware = (HttpExecutionAware) arguments[4];
    this.hop =
        new Hop(
            authgraft,
            route.getTargetHost(),
            request,
            request.getOriginal(),
            () -> aware != null && aware.isAborted());
  }

  private static Object argument(@Nullable Object[] arguments, int index) {
    Object argument = arguments[index];
    if (argument == null) throw new IllegalArgumentException("HttpClient refuses this call itself");
    return argument;
  }

  /**
   * Returns the call that begins with these arguments of {@code execute}; null if it is the one
   * that is under way already, or needs no credential.
   *
   * @param hooked the class whose {@code execute} is hooked
   */
  static @Nullable ChainCall of(
      Class<?> hooked, @Nullable Object[] arguments, @Nullable Authgraft authgraft) {
    if (authgraft == null) return null;
    ThreadCall current = ThreadCall.current();
    if (current instanceof ChainCall && ((ChainCall) current).enters(arguments)) return null;
    ChainCall call = new ChainCall(arguments, authgraft);
    if (!call.hop.isMatched()) return null;
    Overrides.check(call.chain, hooked, "execute", PARAMETERS);
    return call;
  }

  private boolean enters(@Nullable Object[] arguments) {
    if (isEntered || arguments[0] != chain || arguments[2] != request) return false;
    isEntered = true;
    return true;
  }

  /** Obtains the credential. */
  void obtain() throws HttpException, IOException {
    AuthState state = context.getTargetAuthState();
    hop.obtain(state != null && state.getAuthScheme() != null && state.getCredentials() != null);
  }

  /** Runs the method that is hooked. */
  CloseableHttpResponse execute() throws HttpException, IOException {
    isEntered = false;
    begin();
    try {
      return chain.execute(route, request, context, aware);
    } finally {
      end();
    }
  }

  @Override
  public Object sent(Object other) throws HttpException, IOException {
    return hop.isOf(other) ? hop.sent() : other;
  }

  /** Returns whether the chain is to send again, in place of this response. */
  boolean isSentAgain(HttpResponse response) throws HttpException, IOException {
    return hop.isSentAgain(response, () -> Connections.close(context));
  }

  /** Returns whether {@code response} is dropped, for another one that is to be received. */
  boolean isReplaced(CloseableHttpResponse response) throws HttpException, IOException {
    boolean isReplaced = true;
    try {
      isReplaced = hop.isSentAgain(response, () -> HttpClientUtils.closeQuietly(response));
      return isReplaced;
    } finally {
      if (isReplaced) HttpClientUtils.closeQuietly(response); // Also where that failed.
    }
  }
}
