package dev.authgraft.apache4.internal.director;

import dev.authgraft.Authgraft;
import dev.authgraft.apache4.internal.hop.Connections;
import dev.authgraft.apache4.internal.hop.Hop;
import dev.authgraft.internal.hook.ThreadCall;
import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.RequestDirector;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.impl.client.RequestWrapper;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A call of a {@code DefaultRequestDirector}, which sends a hop and those it is redirected to. */
@SuppressWarnings("deprecation") // what it serves is, from 4.3 on
final class DirectorCall extends ThreadCall {
  private final Authgraft authgraft;
  private final RequestDirector director;
  private final @Nullable HttpHost target;
  private final HttpRequest request;
  private final HttpContext context;
  private @Nullable Hop hop;
  private @Nullable Throwable failure;
  private boolean isEntered;

  DirectorCall(
      Authgraft authgraft,
      RequestDirector director,
      @Nullable HttpHost target,
      HttpRequest request,
      HttpContext context) {
    this.authgraft = authgraft;
    this.director = director;
    this.target = target;
    this.request = request;
    this.context = context;
  }

  /** Returns the call of {@code director} that is under way on this thread, or null. */
  static @Nullable DirectorCall current(@Nullable Object director) {
    ThreadCall call = ThreadCall.current();
    return call instanceof DirectorCall && ((DirectorCall) call).director == director
        ? (DirectorCall) call
        : null;
  }

  /** Returns whether the hooked method is entered by {@link #execute}, once. */
  boolean enters() {
    if (isEntered) return false;
    isEntered = true;
    return true;
  }

  /** Runs the method that is hooked, with the credential of its first hop at hand. */
  HttpResponse execute() throws HttpException, IOException {
    if (target != null)
      new Hop(authgraft, target, request, request, this::isCanceled).obtain(false);
    begin();
    try {
      return director.execute(target, request, context);
    } finally {
      end();
    }
  }

  /** Begins a hop, unless {@code wrapper} is sent again. */
  void prepare(HttpHost host, RequestWrapper wrapper) throws HttpException, IOException {
    Hop current = hop;
    if (current != null && current.isOf(wrapper)) return;
    current = new Hop(authgraft, host, wrapper, wrapper.getOriginal(), this::isCanceled);
    hop = current;
    current.obtain(false);
  }

  /**
   * Begins a hop that the call is redirected to, before its connection is taken. A failure is kept
   * for {@link #failure}: it belongs to that hop.
   */
  void prepareEarly(HttpHost host, RequestWrapper wrapper) {
    try {
      prepare(host, wrapper);
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Returns why {@link #prepareEarly} failed, once; null if it did not. */
  @Nullable Throwable failure() {
    Throwable early = failure;
    failure = null;
    return early;
  }

  private boolean isCanceled() {
    return request instanceof HttpUriRequest && ((HttpUriRequest) request).isAborted();
  }

  @Override
  public Object sent(Object other) throws HttpException, IOException {
    Hop current = hop;
    return current != null && current.isOf(other) ? current.sent() : other;
  }

  /** Returns whether {@code wrapper} is to be sent again, in place of {@code response}. */
  boolean isSentAgain(RequestWrapper wrapper, HttpResponse response)
      throws HttpException, IOException {
    Hop current = hop;
    return current != null
        && current.isOf(wrapper)
        && current.isSentAgain(response, () -> Connections.close(context));
  }
}
