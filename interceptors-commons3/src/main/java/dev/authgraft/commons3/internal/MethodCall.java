package dev.authgraft.commons3.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Target;
import dev.authgraft.internal.hook.ThreadCall;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import org.apache.commons.httpclient.HttpConnection;
import org.apache.commons.httpclient.HttpException;
import org.apache.commons.httpclient.HttpMethod;
import org.jspecify.annotations.Nullable;

/** A call of a {@code HttpMethodDirector}, which sends a hop and those it is redirected to. */
final class MethodCall extends ThreadCall {
  private final Authgraft authgraft;
  private final Director members;
  private final Object director;
  private final HttpMethod method;
  private boolean isEntered;
  private @Nullable Hop hop;

  /** What the server wants the program's own credential for. */
  private @Nullable Target refused;

  MethodCall(Authgraft authgraft, Director members, Object director, HttpMethod method) {
    this.authgraft = authgraft;
    this.members = members;
    this.director = director;
    this.method = method;
  }

  /** Returns the call of {@code director} that is under way on this thread, or null. */
  static @Nullable MethodCall current(@Nullable Object director) {
    ThreadCall call = ThreadCall.current();
    return call instanceof MethodCall && ((MethodCall) call).director == director
        ? (MethodCall) call
        : null;
  }

  /** Returns whether a hooked method is entered by this call itself, once. */
  boolean enters() {
    boolean enters = isEntered;
    isEntered = false;
    return enters;
  }

  /** Runs {@code executeMethod}. */
  void execute() throws IOException, IllegalAccessException {
    obtainAhead();
    begin();
    try {
      isEntered = true;
      members.executeMethod(director, method);
    } finally {
      end();
    }
  }

  /** Obtains the first credential before HttpClient takes a connection from its pool. */
  private void obtainAhead() throws IllegalAccessException {
    Target first = Targets.of(members.hostConfiguration(director), method);
    if (first == null) return;
    try {
      new Hop(authgraft, first, method).obtain();
    } catch (IOException e) {
      // The hop meets it again, unless HttpClient adds the program's own credential before.
    }
  }

  /** Runs {@code executeWithRetry} for one hop. Returns false if that is to run as it is. */
  boolean executeHop() throws IOException, IllegalAccessException {
    HttpConnection connection = members.connection(director);
    if (connection == null) return false;
    Target target = Targets.of(connection, method);
    Target over = refused;
    refused = null;
    if (over != null && over.equals(target)) return false;
    Hop next = new Hop(authgraft, target, method);
    if (!isObtained(next, connection)) return false;
    hop = next;
    try {
      do {
        next.begin();
        isEntered = true;
        members.executeWithRetry(director, method);
      } while (isSentAgain(next, connection));
    } finally {
      hop = null;
    }
    if (next.isOver()) refused = target;
    return true;
  }

  private boolean isObtained(Hop next, HttpConnection connection)
      throws IOException, IllegalAccessException {
    try {
      return next.obtain();
    } catch (Throwable e) {
      throw failure(e, connection);
    }
  }

  private boolean isSentAgain(Hop current, HttpConnection connection)
      throws IOException, IllegalAccessException {
    try {
      return current.isSentAgain(() -> Connections.close(connection));
    } catch (Throwable e) {
      throw failure(e, connection);
    }
  }

  /** Gives up the connection as HttpClient does where {@code executeWithRetry} fails. */
  private IOException failure(Throwable thrown, HttpConnection connection)
      throws IllegalAccessException {
    Connections.close(connection);
    members.releaseConnection(director);
    return Contained.failure(thrown);
  }

  @Override
  public Object sent(Object request) throws IOException {
    Hop current = hop;
    try {
      return current == null ? request : current.sent((HttpMethod) request);
    } catch (Throwable e) {
      // After most IOExceptions, HttpClient sends the request again.
      IOException failure = Contained.failure(e);
      throw new HttpException(failure.getMessage(), failure);
    }
  }
}
